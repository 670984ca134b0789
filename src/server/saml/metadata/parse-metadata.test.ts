import { describe, expect, it } from "vitest";

import { certificateBody, idpMetadataXml, makeSigningKey } from "../../../../tests/support/idp/index";
import { parseXml } from "../xml-tree";
import { parseIdpMetadata } from "./parse-metadata";
import { writeServiceProviderMetadata } from "./service-provider-metadata";

const day = 86_400_000;
const key = makeSigningKey({ name: "Active" });
const next = makeSigningKey({ name: "Next" });
const federation = makeSigningKey({ name: "Federation" });
const ENTITY = "https://sts.windows.net/11111111-2222-4333-8444-555555555555/";
const SSO = "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/saml2";
const entra = idpMetadataXml({
  entityId: ENTITY,
  ssoUrl: SSO,
  certificatePems: [key.certificatePem, next.certificatePem],
  federationPem: federation.certificatePem,
});
const single = (pem: string, ssoUrl = SSO) =>
  idpMetadataXml({ entityId: ENTITY, ssoUrl, certificatePems: [pem] });
const plain = single(key.certificatePem);
const without = (xml: string, part: RegExp | string) => {
  const changed = xml.replace(part, "");
  if (changed === xml) throw new Error("nothing was taken out");
  return changed;
};
const REDIRECT_SERVICE = /<SingleSignOnService Binding="[^"]*HTTP-Redirect"[^>]*>/;

describe("metadata in Entra's shape", () => {
  it("gives entity ID, sign-on address and every signing certificate of the SAML role", () => {
    const metadata = parseIdpMetadata(entra);
    expect(metadata).toMatchObject({ idpEntityId: ENTITY, ssoUrl: SSO, warnings: [] });
    expect(metadata.certificates.map((one) => one.subject)).toEqual(["CN=Active", "CN=Next"]);
    expect(metadata.certificates[0]!.fingerprintSha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(Date.parse(metadata.certificates[0]!.notAfter)).toBeGreaterThan(Date.now() + 1000 * day);
  });

  it.each([
    ["with a byte order mark and a line break in front", `\ufeff\n${plain}`],
    ["with comments", plain.replace("<IDPSSO", () => "<!-- from <the> portal --><IDPSSO")],
    [
      "with certificates broken into lines",
      plain.replace(/MII[^<]+/, (body) => body.replace(/(.{64})/g, "\n   $1")),
    ],
    ["with keys that do not say their use", plain.replaceAll(' use="signing"', "")],
    [
      "with the same certificate twice",
      plain.replace(/<KeyDescriptor[\s\S]*<\/KeyDescriptor>/, (one) => one + one),
    ],
    [
      "inside an EntitiesDescriptor of one",
      `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${without(plain, /<\?xml[^>]*>/)}</EntitiesDescriptor>`,
    ],
    [
      "with an encryption key too",
      plain.replace(
        /<KeyDescriptor[\s\S]*<\/KeyDescriptor>/,
        (one) =>
          one +
          one
            .replace("signing", "encryption")
            .replace(certificateBody(key.certificatePem), certificateBody(next.certificatePem)),
      ),
    ],
  ])("is read %s", (_what, xml) => {
    expect(parseIdpMetadata(xml).certificates.map((one) => one.subject)).toEqual(["CN=Active"]);
  });
});

describe("a warning", () => {
  it.each([
    [
      "an expired certificate",
      /expired on/,
      single(makeSigningKey({ notAfter: new Date(Date.now() - day) }).certificatePem),
    ],
    [
      "a certificate with three weeks left",
      /expires soon/,
      single(makeSigningKey({ notAfter: new Date(Date.now() + 21 * day) }).certificatePem),
    ],
    [
      "a certificate of next year",
      /not valid before/,
      single(makeSigningKey({ notBefore: new Date(Date.now() + 300 * day) }).certificatePem),
    ],
    ["no sign-on by redirect", /HTTP-Redirect/, without(plain, REDIRECT_SERVICE)],
    ["two sign-on addresses", /several/, plain.replace(REDIRECT_SERVICE, (one) => one + one)],
    ["a sign-on address without https", /not https/, single(key.certificatePem, "http://idp.test/sso")],
  ])("comes with %s", (_what, pattern, xml) => {
    const { warnings } = parseIdpMetadata(xml);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(pattern);
  });
});

describe("metadata is refused", () => {
  it.each([
    ["that is empty", "BAD_INPUT", ""],
    ["that is a web page", "BAD_INPUT", "<!doctype html><html></html>"],
    ["that is JSON", "BAD_INPUT", '{"entityID":"x"}'],
    ["that breaks off", "BAD_INPUT", plain.slice(0, -30)],
    ["of another root", "BAD_INPUT", "<a/>"],
    ["of a service provider", "BAD_INPUT", plain.replaceAll("IDPSSODescriptor", "SPSSODescriptor")],
    [
      "for SAML 1.1",
      "BAD_INPUT",
      plain.replace("urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.1:protocol"),
    ],
    ["without entity ID", "BAD_INPUT", plain.replace(/ entityID="[^"]*"/, "")],
    ["without certificates", "BAD_INPUT", without(plain, /<KeyDescriptor[\s\S]*<\/KeyDescriptor>/)],
    ["with an unreadable certificate", "BAD_INPUT", plain.replace(/MII[^<]+/, "MIIabcd=")],
    ["with a certificate that is no base64", "BAD_INPUT", plain.replace(/MII[^<]+/, "&lt;x>")],
    ["with a weak key", "BAD_INPUT", single(makeSigningKey({ bits: 1024 }).certificatePem)],
    ["without sign-on service", "BAD_INPUT", plain.replace(/<SingleSignOnService[^>]*>/g, "")],
    ["with a script as address", "BAD_INPUT", single(key.certificatePem, "javascript:alert(1)")],
    ["with a relative address", "BAD_INPUT", single(key.certificatePem, "/sso")],
    [
      "with a document type",
      "BAD_INPUT",
      plain.replace("<EntityDescriptor", "<!DOCTYPE x><EntityDescriptor"),
    ],
    [
      "with an entity bomb",
      "BAD_INPUT",
      `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${without(plain, /<\?xml[^>]*>/)}`,
    ],
    ["with more than a mebibyte", "TOO_LARGE", `${plain}${" ".repeat(1024 * 1024)}`],
    [
      "with fifty thousand elements",
      "BAD_INPUT",
      plain.replace("</IDPSSODescriptor>", () => `${"<a/>".repeat(50_000)}</IDPSSODescriptor>`),
    ],
  ])("%s (%s)", (_what, code, xml) => {
    expect(() => parseIdpMetadata(xml)).toThrow(expect.objectContaining({ name: "AppError", code }));
  });

  // Quadratic work on these would take a minute: the runner's own time limit fails it.
  it("in linear time, also when it is full of comments that nobody closes", () => {
    expect(() => parseIdpMetadata("<!--".repeat(250_000))).toThrow(/comment is not closed/);
    expect(() => parseIdpMetadata(`${"<!-- -->".repeat(100_000)}<`)).toThrow(/well-formed/);
  });

  it("with comments anywhere between its elements", () => {
    const commented = plain.replaceAll("><", "><!-- a <b> -- c --><").replaceAll(" -- c", " c");
    expect(parseIdpMetadata(commented).idpEntityId).toBe(ENTITY);
  });

  it("when it is as large as allowed", () => {
    const padded = plain.replace(
      "</IDPSSODescriptor>",
      () => `${'<a b="cccccccccccccccccc"/>'.repeat(19_000)}</IDPSSODescriptor>`,
    );
    expect(parseIdpMetadata(padded).certificates).toHaveLength(1);
  });
});

it("our own metadata names the entity ID and the one place for responses", () => {
  const root = parseXml(writeServiceProviderMetadata("01900000-0000-7000-8000-000000000001"));
  expect(root.getAttribute("entityID")).toBe(
    "http://localhost:3000/saml/01900000-0000-7000-8000-000000000001",
  );
  const [service] = Array.from(root.getElementsByTagNameNS("*", "AssertionConsumerService"));
  expect(service?.getAttribute("Location")).toBe(
    "http://localhost:3000/api/saml/01900000-0000-7000-8000-000000000001/acs",
  );
});
