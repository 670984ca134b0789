import { describe, expect, it } from "vitest";

import { decodeBase64, decodeUtf8 } from "./decode";
import { MAX_BODY_BYTES, readPostedForm } from "./form-gate";
import { assertBoundedMarkup, assertPlainMarkup, RESPONSE_LIMITS } from "./markup-gate";

const post = (body: BodyInit | null, type = "application/x-www-form-urlencoded") =>
  new Request("http://chalk.test/acs", { method: "POST", headers: { "content-type": type }, body });

async function reason(check: () => unknown): Promise<string | undefined> {
  try {
    await check();
    return "accepted";
  } catch (error) {
    return (error as { reason?: string }).reason;
  }
}

describe("the form", () => {
  it("gives the response and the relay state", async () => {
    const form = await readPostedForm(post("SAMLResponse=PHg%2BPg%3D%3D&RelayState=%2Fw%2Facme"));
    expect(form).toEqual({ samlResponse: "PHg+Pg==", relayState: "/w/acme" });
  });

  it("may name its character set and leave the relay state out", async () => {
    const form = await readPostedForm(
      post("SAMLResponse=PHg", "application/x-www-form-urlencoded; charset=UTF-8"),
    );
    expect(form).toEqual({ samlResponse: "PHg", relayState: null });
  });

  it("ignores a relay state that comes twice", async () => {
    expect((await readPostedForm(post("SAMLResponse=a&RelayState=/a&RelayState=/b"))).relayState).toBeNull();
  });

  it.each([
    ["JSON", "not_a_form", post('{"SAMLResponse":"PHg="}', "application/json")],
    ["multipart", "not_a_form", post("x", "multipart/form-data; boundary=x")],
    ["no body", "response_missing", post(null)],
    ["an empty field", "response_missing", post("SAMLResponse=")],
    ["the field in another case", "response_missing", post("samlresponse=PHg")],
    ["two fields", "response_repeated", post("SAMLResponse=a&SAMLResponse=b")],
    ["too many bytes", "body_too_large", post(`SAMLResponse=${"a".repeat(MAX_BODY_BYTES)}`)],
  ])("is refused for %s (%s)", async (_what, expected, request) => {
    expect(await reason(() => readPostedForm(request))).toBe(expected);
  });

  it("is given up at the limit, whatever length was announced", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(97));
      },
    });
    const init = {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: endless,
      duplex: "half",
    };
    expect(await reason(() => readPostedForm(new Request("http://chalk.test/acs", init)))).toBe(
      "body_too_large",
    );
    expect(pulled).toBeLessThan(MAX_BODY_BYTES * 2);
  });
});

describe("decoding", () => {
  it("undoes base64 and UTF-8 exactly", () => {
    const text = "<x>Grüße, 你好 🖍</x>";
    expect(decodeUtf8(decodeBase64(Buffer.from(text).toString("base64")))).toBe(text);
  });

  it.each(["", "=", "a", "ab=c", "YQ", "YQ==YQ==", "YR==", "Y\u00a0Q==", "data:YQ=="])(
    "refuses %s",
    async (value) => {
      expect(await reason(() => decodeBase64(value))).toBe("bad_base64");
    },
  );
});

describe("the markup gate", () => {
  const bounded = (xml: string) =>
    reason(() => assertBoundedMarkup(xml, { elements: 4, depth: 3, attributes: 3 }));

  it.each([
    ["<a/>", "accepted"],
    [`<?xml version="1.0"?>\n<a><b><c/></b></a>\n`, "accepted"],
    ["<a><b/><b/><b/></a>", "accepted"],
    ["<a><b/><b/><b/><b/></a>", "too_many_elements"],
    ["<a><b><c><d/></c></b></a>", "too_deep"],
    [`<a x="1" y='2'><b z="3"/></a>`, "accepted"],
    [`<a x="1" y='2'><b z="3" w="4"/></a>`, "too_many_attributes"],
    [`<a x="a>b" y='/>'><b/></a>`, "accepted"],
    ["<a x='<b>'/>", "malformed_xml"],
    ["<a", "malformed_xml"],
    ["<a x='", "malformed_xml"],
    ["<a>", "malformed_xml"],
    ["</a>", "malformed_xml"],
    ["<a/></a>", "malformed_xml"],
    ["<a/>text", "malformed_xml"],
    ["text<a/>", "malformed_xml"],
    ["<?xml version='1.0'?>text<a/>", "malformed_xml"],
    ["", "malformed_xml"],
    ["<a/", "malformed_xml"],
  ])("finds %s %s", async (xml, expected) => {
    expect(await bounded(xml)).toBe(expected);
  });

  // Quadratic work on these would take a minute: the runner's own time limit fails it.
  it("takes linear time", () => {
    expect(() => assertBoundedMarkup(`<a>${"<".repeat(250_000)}`, RESPONSE_LIMITS)).toThrow("malformed_xml");
    expect(() => assertPlainMarkup(`<?xml version="1.0"${" ".repeat(250_000)}`)).toThrow("forbidden_markup");
  });

  it.each([
    [`<?xml version="1.0"?><a/>`, "accepted"],
    [`<?xml version='1.0' encoding='utf-8' standalone="yes" ?><a/>`, "accepted"],
    [`<?xml version="1.0" encoding="ISO-8859-1"?><a/>`, "wrong_encoding"],
    [`<?xml version="1.1"?><a/>`, "forbidden_markup"],
    [` <?xml version="1.0"?><a/>`, "forbidden_markup"],
    [`<?xml-stylesheet href="x"?><a/>`, "forbidden_markup"],
    ["<a><!-- x --></a>", "forbidden_markup"],
    ["<a><![CDATA[x]]></a>", "forbidden_markup"],
    ["<!doctype a><a/>", "forbidden_markup"],
    ["<a>\ufffe</a>", "forbidden_markup"],
    ["<a>\u000b</a>", "forbidden_markup"],
    ["<a>\t\r\n</a>", "accepted"],
  ])("lets %s be %s", async (xml, expected) => {
    expect(await reason(() => assertPlainMarkup(xml))).toBe(expected);
  });
});
