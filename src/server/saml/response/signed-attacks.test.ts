import { describe, expect, it } from "vitest";

import { fixture, minutesFromNow, reasonOf } from "../../../../tests/support/idp/forgery";
import { makeSigningKey, type ResponseOptions } from "../../../../tests/support/idp/index";
import type { RefusalReason } from "../refusal";

const otherKey = makeSigningKey({ name: "somebody else" });

type Attack = readonly [what: string, reason: RefusalReason, changes: Partial<ResponseOptions>];

const { acsUrl } = fixture.options();
const confirmation = (method: string, data: string) =>
  `<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:${method}">${data}</SubjectConfirmation>`;
const goodData = `<SubjectConfirmationData NotOnOrAfter="${minutesFromNow(60).toISOString()}" Recipient="${acsUrl}"/>`;
const window = `NotBefore="${minutesFromNow(-5).toISOString()}" NotOnOrAfter="${minutesFromNow(60).toISOString()}"`;
const audience = (value: string) =>
  `<AudienceRestriction><Audience>${value}</Audience></AudienceRestriction>`;
const EMAIL = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";

/** What a signature alone does not stop: genuine keys, wrong content (the table of what libraries let through). */
const SIGNED_ATTACKS: readonly Attack[] = [
  ["another Recipient", "recipient_mismatch", { recipient: "https://elsewhere.test/acs" }],
  ["a Recipient that only begins like ours", "recipient_mismatch", { recipient: `${acsUrl}/x` }],
  ["no Recipient", "recipient_mismatch", { recipient: null }],
  ["another Destination", "destination_mismatch", { destination: "https://elsewhere.test/acs" }],
  ["an empty Destination", "destination_mismatch", { destination: "" }],
  ["no Destination on a signed response", "destination_mismatch", { destination: null, sign: "response" }],
  [
    "another tenant's Issuer in both places",
    "response_issuer_mismatch",
    { issuer: "https://sts.windows.net/evil/" },
  ],
  [
    "another tenant's Issuer in the assertion",
    "assertion_issuer_mismatch",
    { assertionIssuer: "https://sts.windows.net/evil/" },
  ],
  [
    "another tenant's Issuer in the envelope",
    "response_issuer_mismatch",
    { responseIssuer: "https://sts.windows.net/evil/" },
  ],
  ["an empty Issuer in the assertion", "assertion_issuer_mismatch", { assertionIssuer: "" }],
  ["no SubjectConfirmation", "confirmation_count", { confirmationXml: "" }],
  [
    "two SubjectConfirmations",
    "confirmation_count",
    { confirmationXml: confirmation("bearer", goodData).repeat(2) },
  ],
  ["holder-of-key", "confirmation_method", { confirmationXml: confirmation("holder-of-key", goodData) }],
  ["sender-vouches", "confirmation_method", { confirmationXml: confirmation("sender-vouches", goodData) }],
  [
    "a SubjectConfirmation without data",
    "confirmation_data",
    { confirmationXml: confirmation("bearer", "") },
  ],
  ["a confirmation without an end", "library_refused", { confirmationNotOnOrAfter: null }],
  [
    "an expired confirmation in good Conditions",
    "confirmation_expired",
    { confirmationNotOnOrAfter: minutesFromNow(-5) },
  ],
  ["status Requester", "status_not_success", { status: "urn:oasis:names:tc:SAML:2.0:status:Requester" }],
  ["no status", "status_not_success", { status: null }],
  ["no AuthnStatement", "authn_statement_missing", { authnStatement: false }],
  ["a session that is over", "session_over", { sessionNotOnOrAfter: minutesFromNow(-1) }],
  ["an assertion of version 1.1", "assertion_version", { assertionVersion: "1.1" }],
  ["a response of version 1.1", "response_version", { responseVersion: "1.1" }],
  [
    "no NameID but an attribute of that name",
    "name_id_missing",
    { nameIdXml: "", extraClaims: [["nameID", "root@acme.test"]] },
  ],
  [
    "two NameIDs",
    "name_id_missing",
    { nameIdXml: "<NameID>a@acme.test</NameID><NameID>b@acme.test</NameID>" },
  ],
  ["an empty NameID", "name_id_missing", { nameIdXml: "<NameID> </NameID>" }],
  [
    "an element inside the NameID",
    "name_id_missing",
    { nameIdXml: "<NameID>ada@acme.test<b/>.evil.test</NameID>" },
  ],
  ["the e-mail claim twice", "attribute_repeated", { extraClaims: [[EMAIL, "root@acme.test"]] }],
  [
    "Conditions that are over",
    "conditions_expired",
    { notOnOrAfter: minutesFromNow(-5), notBefore: minutesFromNow(-60) },
  ],
  ["Conditions that have not begun", "conditions_not_yet", { notBefore: minutesFromNow(10) }],
  ["Conditions without an end", "library_refused", { notOnOrAfter: null }],
  ["Conditions without a beginning", "conditions_missing", { notBefore: null }],
  [
    "an unknown condition",
    "condition_unknown",
    { restrictionXml: `${audience(fixture.options().audience)}<Condition/>` },
  ],
  [
    "issued two days ago with a window of years",
    "assertion_too_old",
    { issueInstant: minutesFromNow(-2880), notOnOrAfter: minutesFromNow(1e6) },
  ],
  ["issued in the future", "assertion_too_old", { issueInstant: minutesFromNow(30) }],
  ["another audience", "audience_mismatch", { audience: "https://elsewhere.test/saml" }],
  ["an audience that begins like ours", "audience_mismatch", { audience: `${fixture.options().audience}/x` }],
  [
    "two restrictions of which one is not ours",
    "audience_mismatch",
    { restrictionXml: audience(fixture.options().audience) + audience("https://elsewhere.test") },
  ],
  ["no audience at all", "audience_mismatch", { restrictionXml: "" }],
  ["InResponseTo in the envelope only", "in_response_to_mismatch", { envelopeInResponseTo: "_thief" }],
  [
    "an assertion for one request in the envelope of another",
    "in_response_to_mismatch",
    { inResponseTo: "_one", envelopeInResponseTo: "_two" },
  ],
  [
    "InResponseTo cut from the envelope",
    "in_response_to_mismatch",
    { inResponseTo: "_one", envelopeInResponseTo: null },
  ],
  [
    "a SHA-1 signature",
    "algorithm_refused",
    { signatureAlgorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" },
  ],
  ["a SHA-1 digest", "algorithm_refused", { digestAlgorithm: "http://www.w3.org/2000/09/xmldsig#sha1" }],
  [
    "a SHA-1 signature on the response of two",
    "algorithm_refused",
    { sign: "both", signatureAlgorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" },
  ],
  ["no signature", "signature_missing", { sign: "none" }],
  ["a signature by another key", "signature_invalid", { key: otherKey }],
  [
    "a good assertion in a response signed by another key",
    "signature_invalid",
    { sign: "both", responseKey: otherKey },
  ],
  [
    "a good response around an assertion signed by another key",
    "signature_invalid",
    { sign: "both", assertionKey: otherKey },
  ],
  [
    "only a response signature, by another key",
    "signature_invalid",
    { sign: "response", responseKey: otherKey },
  ],
];

describe("a response signed by a known key, or none, is refused for", () => {
  it.each(SIGNED_ATTACKS)("%s (%s)", async (_what, reason, changes) => {
    expect(await reasonOf(fixture.response(changes))).toBe(reason);
  });

  // The library stumbles over these two before our own check can name them.
  it.each([
    ["no Conditions", "audience_mismatch", ""],
    [
      "two Conditions",
      "library_refused",
      `<Conditions ${window}>${audience(fixture.options().audience)}</Conditions>`.repeat(2),
    ],
  ])("%s (%s)", async (_what, reason, conditionsXml) => {
    expect(await reasonOf(fixture.response({ conditionsXml }))).toBe(reason);
  });
});
