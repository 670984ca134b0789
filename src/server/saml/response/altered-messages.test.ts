import { describe, expect, it } from "vitest";

import { ADA } from "../../../../tests/support/idp/fixture";
import {
  assertionOf,
  encode,
  evil,
  fixture,
  genuine,
  genuineAssertion,
  genuineSignature,
  inside,
  reasonOf,
  replaced,
  unsignedGenuine,
  validate,
  withAssertion,
} from "../../../../tests/support/idp/forgery";
import type { RefusalReason } from "../refusal";

const MORE = "http://www.w3.org/2001/04/xmldsig-more#";

const WRAPPINGS: readonly (readonly [string, string])[] = [
  ["an evil assertion before the genuine one", withAssertion(evil("_evil") + genuineAssertion)],
  ["an evil assertion after the genuine one", withAssertion(genuineAssertion + evil("_evil"))],
  ["the genuine assertion inside the evil one", withAssertion(inside(evil("_evil"), genuineAssertion))],
  ["the evil assertion inside the genuine one", withAssertion(inside(genuineAssertion, evil("_evil")))],
  [
    "the genuine assertion in ds:Object of a signature on the evil one",
    withAssertion(
      inside(
        evil("_evil"),
        genuineSignature.replace("</Signature>", () => `<Object>${unsignedGenuine}</Object></Signature>`),
      ),
    ),
  ],
  [
    "the genuine assertion in Extensions",
    genuine
      .replace(
        "<samlp:Status>",
        () => `<samlp:Extensions>${genuineAssertion}</samlp:Extensions><samlp:Status>`,
      )
      .replace(
        /<\/samlp:Status>[\s\S]*<\/samlp:Response>/,
        () => `</samlp:Status>${evil("_evil")}</samlp:Response>`,
      ),
  ],
  [
    "the genuine signature moved to the evil assertion",
    withAssertion(inside(evil("_evil"), genuineSignature)),
  ],
  ["the same ID for both", withAssertion(inside(evil("_genuine"), genuineSignature) + unsignedGenuine)],
  ["the whole genuine response inside the evil one", evilEnvelope()],
  [
    "a foreign element around the genuine assertion",
    withAssertion(`<x xmlns="urn:x">${genuineAssertion}</x>${evil("_evil")}`),
  ],
  [
    "an evil assertion in a foreign namespace",
    withAssertion(
      `${evil("_evil").replace("urn:oasis:names:tc:SAML:2.0:assertion", "urn:x")}${genuineAssertion}`,
    ),
  ],
];

function evilEnvelope(): string {
  return genuine.replace(genuineAssertion, () => `${genuine.replace("_envelope", "_inner")}${evil("_evil")}`);
}

describe("signature wrapping without a key is refused:", () => {
  it.each(WRAPPINGS)("%s", async (_what, xml) => {
    expect(await reasonOf(encode(xml))).toMatch(/^(assertion_|signature_|id_repeated|algorithm_refused)/);
  });
});

const TAMPERED: readonly (readonly [string, RefusalReason, string])[] = [
  [
    "a changed claim",
    "signature_invalid",
    replaced(">ada@acme.test</AttributeValue>", ">root@acme.test</AttributeValue>"),
  ],
  ["a changed NameID", "signature_invalid", replaced(">ada@acme.test</NameID>", ">root@acme.test</NameID>")],
  ["an emptied signature value", "signature_shape", replaced(/<SignatureValue>[^<]*</, "<SignatureValue><")],
  ["an emptied digest", "signature_shape", replaced(/<DigestValue>[^<]*</, "<DigestValue><")],
  [
    "two SignedInfos",
    "signature_shape",
    replaced("<SignatureValue>", `${/<SignedInfo[\s\S]*<\/SignedInfo>/.exec(genuine)![0]}<SignatureValue>`),
  ],
  [
    "a SignedInfo hidden in KeyInfo",
    "signature_shape",
    replaced("<KeyInfo>", `<KeyInfo>${/<SignedInfo[\s\S]*<\/SignedInfo>/.exec(genuine)![0]}`),
  ],
  [
    "two References",
    "signature_shape",
    replaced(/<Reference[\s\S]*<\/Reference>/, /<Reference[\s\S]*<\/Reference>/.exec(genuine)![0].repeat(2)),
  ],
  [
    "an Object in the signature",
    "signature_shape",
    replaced("</Signature>", "<Object>unsigned</Object></Signature>"),
  ],
  [
    "an attribute on the Reference",
    "signature_reference",
    replaced('URI="#_genuine"', 'URI="#_genuine" Type="urn:x"'),
  ],
  [
    "a parameter of the signature algorithm",
    "algorithm_refused",
    replaced(
      /<SignatureMethod [^>]*>/,
      `<SignatureMethod Algorithm="${MORE}rsa-sha256"><HMACOutputLength>8</HMACOutputLength></SignatureMethod>`,
    ),
  ],
  ["an empty reference", "signature_reference", replaced('URI="#_genuine"', 'URI=""')],
  ["a reference elsewhere", "signature_reference", replaced('URI="#_genuine"', 'URI="#_envelope"')],
  ["an HMAC", "algorithm_refused", replaced(`${MORE}rsa-sha256`, `${MORE}hmac-sha256`)],
  ["no algorithm", "algorithm_refused", replaced(`${MORE}rsa-sha256`, "none")],
  ["ECDSA", "algorithm_refused", replaced(`${MORE}rsa-sha256`, `${MORE}ecdsa-sha256`)],
  [
    "an XSLT transform",
    "algorithm_refused",
    replaced(
      "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
      "http://www.w3.org/TR/1999/REC-xslt-19991116",
    ),
  ],
  [
    "an XPath transform",
    "algorithm_refused",
    replaced(
      "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
      "http://www.w3.org/TR/1999/REC-xpath-19991116",
    ),
  ],
  [
    "canonicalization with comments",
    "algorithm_refused",
    replaced(
      /<CanonicalizationMethod Algorithm="[^"]*"/,
      '<CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#WithComments"',
    ),
  ],
  [
    "a signature in the wrong place",
    "signature_misplaced",
    withAssertion(
      genuineAssertion
        .replace(genuineSignature, "")
        .replace("<Subject>", () => `<Subject>${genuineSignature}`),
    ),
  ],
  [
    "two signatures on one element",
    "signature_misplaced",
    withAssertion(inside(genuineAssertion, genuineSignature)),
  ],
  [
    "a foreign root namespace",
    "not_a_response",
    genuine.replace("urn:oasis:names:tc:SAML:2.0:protocol", "urn:x"),
  ],
  ["another root", "not_a_response", genuineAssertion],
  [
    "an encrypted assertion",
    "encrypted_assertion",
    withAssertion('<EncryptedAssertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"/>'),
  ],
  ["no assertion", "assertion_count", withAssertion("")],
  [
    "the only assertion one level down",
    "assertion_misplaced",
    withAssertion(`<x xmlns="urn:x">${genuineAssertion}</x>`),
  ],
  ["a lower-case id", "id_foreign", replaced("<samlp:Status>", '<samlp:Status id="x">')],
  ["an xml:id", "id_foreign", replaced("<samlp:Status>", '<samlp:Status xml:id="x">')],
  ["an ID used twice", "id_repeated", replaced("<samlp:Status>", '<samlp:Status ID="_genuine">')],
  ["an ID with a quote", "id_missing", genuine.replaceAll("_genuine", "_gen&quot;uine")],
  ["a document type", "forbidden_markup", `<!DOCTYPE x>${genuine}`],
  ["an entity", "forbidden_markup", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${genuine}`],
  [
    "CDATA in the NameID",
    "forbidden_markup",
    replaced(">ada@acme.test</NameID>", "><![CDATA[root@acme.test]]></NameID>"),
  ],
  [
    "a comment in the NameID",
    "forbidden_markup",
    replaced(">ada@acme.test</NameID>", ">ada@acme.test<!---->.evil.test</NameID>"),
  ],
  [
    "a processing instruction in the NameID",
    "forbidden_markup",
    replaced(">ada@acme.test</NameID>", ">ada@acme.test<?x?>.evil.test</NameID>"),
  ],
  ["a late XML declaration", "forbidden_markup", `${genuine}<?xml version="1.0"?>`],
  ["a UTF-16 label", "wrong_encoding", `<?xml version="1.0" encoding="UTF-16"?>${genuine}`],
  [
    "a control character",
    "forbidden_markup",
    replaced(">ada@acme.test</NameID>", ">ada\u0000@acme.test</NameID>"),
  ],
  ["an undefined entity", "malformed_xml", replaced(">ada@acme.test</NameID>", ">&evil;</NameID>")],
  ["an unclosed element", "malformed_xml", genuine.replace("</samlp:Response>", "")],
  ["content after the root", "malformed_xml", `${genuine}<x/>`],
  ["text after the root", "malformed_xml", `${genuine}x`],
  ["an attribute twice", "malformed_xml", replaced('Version="2.0"', 'Version="2.0" Version="2.0"')],
  ["an attribute without quotes", "malformed_xml", replaced('Version="2.0"', "Version=2.0")],
];

describe("a message changed without a key is refused for", () => {
  it.each(TAMPERED)("%s (%s)", async (_what, reason, xml) => {
    expect(await reasonOf(encode(xml))).toBe(reason);
  });

  it("a status that the provider explains, with the explanation for the log", async () => {
    const xml = fixture.responseXml({
      sign: "none",
      status: "urn:oasis:names:tc:SAML:2.0:status:Responder",
      statusMessage: "AADSTS50105",
    });
    const failure = validate(encode(xml.replace(assertionOf(xml), "")));
    await expect(failure).rejects.toMatchObject({
      reason: "status_not_success",
      detail: expect.stringContaining("AADSTS50105"),
    });
  });
});

it("reads claims from the signed bytes only", async () => {
  const xml = genuine.replace(
    "<samlp:Status>",
    '<samlp:Extensions><NameID xmlns="urn:oasis:names:tc:SAML:2.0:assertion">root@acme.test</NameID></samlp:Extensions><samlp:Status>',
  );
  await expect(validate(encode(xml))).resolves.toMatchObject({ nameId: { value: ADA.userName } });
});
