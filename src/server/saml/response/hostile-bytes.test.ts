import { describe, expect, it } from "vitest";

import { encode, genuine, reasonOf, replaced } from "../../../../tests/support/idp/forgery";

describe("bytes that are no message are refused for", () => {
  it.each([
    [
      "rubbish inside the base64",
      "bad_base64",
      `${encode(genuine).slice(0, 100)}!!!!${encode(genuine).slice(100)}`,
    ],
    ["URL-safe base64", "bad_base64", "PHNhbWw-_w=="],
    ["missing padding", "bad_base64", "PHg"],
    ["loose bits", "bad_base64", "PHh="],
    ["bytes that are not UTF-8", "bad_utf8", Buffer.from([0x3c, 0xff, 0xfe]).toString("base64")],
    ["overlong UTF-8", "bad_utf8", Buffer.from([0xc0, 0xbc]).toString("base64")],
    ["UTF-16", "bad_utf8", Buffer.from(`\ufeff${genuine}`, "utf16le").toString("base64")],
    ["more than 256 KiB", "xml_too_large", encode("x".repeat(257 * 1024))],
    ["plain text", "malformed_xml", encode("hello")],
  ])("%s (%s)", async (_what, reason, response) => {
    expect(await reasonOf(response)).toBe(reason);
  });
});

/** Verifying 30 000 elements takes half a minute, so a gate that came too late fails by the runner's limit. */
describe("a message made to cost time", () => {
  const padding = (content: string) =>
    replaced("<samlp:Status>", `<samlp:Extensions>${content}</samlp:Extensions><samlp:Status>`);
  it.each([
    ["30 000 empty elements", "too_many_elements", padding("<a/>".repeat(30_000))],
    [
      "10 000 attributes",
      "too_many_attributes",
      padding(`<a ${Array.from({ length: 10_000 }, (_, at) => `a${at}="x"`).join(" ")}/>`),
    ],
    ["nesting of 1 000", "too_deep", padding("<a>".repeat(1000) + "</a>".repeat(1000))],
  ])("with %s is refused before a parser sees it", async (_what, reason, xml) => {
    expect(await reasonOf(encode(xml))).toBe(reason);
  });

  it("that fills every limit is refused like any other", async () => {
    const filled = padding(`<a b="${"x".repeat(60)}"/>`.repeat(1400));
    expect(
      await reasonOf(encode(filled.replace(">ada@acme.test</NameID>", ">root@acme.test</NameID>"))),
    ).toBe("signature_invalid");
  });
});
