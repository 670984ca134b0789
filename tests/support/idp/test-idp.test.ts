import { X509Certificate } from "node:crypto";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { certificateBody, makeSigningKey, startTestIdp, type TestIdp } from "./index";

const person = {
  userName: "ada@acme.test",
  objectId: "aaaaaaaa-0000-4000-8000-000000000001",
  displayName: "Ada <b>",
};
let idp: TestIdp;

beforeAll(async () => {
  idp = await startTestIdp({ people: [person] });
  idp.setApplication({ entityId: "urn:app", acsUrl: "http://127.0.0.1/acs" });
});
afterAll(() => idp.close());

const get = async (path: string) => {
  const answer = await fetch(`${idp.origin}${path}`);
  return { status: answer.status, text: await answer.text() };
};

describe("the test identity provider", () => {
  it("has a certificate that verifies itself and covers now", () => {
    const { certificatePem } = makeSigningKey({ name: "Self" });
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.subject).toBe("CN=Self");
    expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
  });

  it("publishes metadata with its certificate", async () => {
    const { text } = await get("/metadata");
    expect(text).toContain(certificateBody(idp.key.certificatePem));
    expect(text).toContain(`entityID="${idp.entityId}"`);
  });

  it("lets one pick a person at its tile, with names escaped", async () => {
    const { text } = await get("/launch");
    expect(text).toContain("Ada &#60;b&#62;");
    expect(text).not.toContain("<b>");
  });

  it("posts a signed response for the person to the application", async () => {
    const { text } = await get("/launch?user=ada@acme.test&RelayState=/w");
    expect(text).toContain('action="http://127.0.0.1/acs"');
    expect(text).toContain('name="RelayState" value="/w"');
    const encoded = /name="SAMLResponse" value="([^"]+)"/.exec(text)![1]!;
    const xml = Buffer.from(
      encoded.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(+code)),
      "base64",
    ).toString();
    expect(xml).toContain(person.objectId);
    expect(xml).toContain("<SignatureValue>");
  });

  it("says no to what it cannot answer", async () => {
    expect((await get("/launch?user=nobody")).status).toBe(400);
    expect((await get("/sso?SAMLRequest=rubbish")).status).toBe(400);
    expect((await get("/elsewhere")).status).toBe(404);
  });
});
