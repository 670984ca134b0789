import { describe, expect, it } from "vitest";

import { NS, parseXml } from "../xml-tree";
import { assertFresh, assertIssuer, assertVersion, readAuthnStatement, readNameId } from "./assertion";
import { readAttributes } from "./attributes";
import { assertAudience, assertConditions } from "./conditions";
import { readConfirmation } from "./confirmation";
import { correlate } from "./correlation";
import { parseInstant } from "./instants";

const at = new Date("2026-11-23T12:00:00Z");
const ACS = "https://chalk.test/acs";
const assertion = (content: string, attributes = "") =>
  parseXml(`<Assertion xmlns="${NS.assertion}" ID="_a" ${attributes}>${content}</Assertion>`);
const subject = (content: string) => assertion(`<Subject>${content}</Subject>`);
const bearer = (data: string) =>
  subject(
    `<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData ${data}/></SubjectConfirmation>`,
  );
const reason = (check: () => unknown) => {
  try {
    check();
    return "accepted";
  } catch (error) {
    return (error as { reason?: string }).reason;
  }
};

describe("an instant", () => {
  it.each([
    ["2026-11-23T12:00:00Z", "2026-11-23T12:00:00.000Z"],
    ["2026-11-23T12:00:00.1234567Z", "2026-11-23T12:00:00.123Z"],
    ["2026-11-23T12:00:00+00:00", "2026-11-23T12:00:00.000Z"],
  ])("%s is read", (value, iso) => {
    expect(parseInstant(value)?.toISOString()).toBe(iso);
  });

  it.each([
    null,
    "",
    "now",
    "2026-11-23",
    "2026-11-23T12:00:00",
    "2026-11-23T12:00:00+02:00",
    "2026-13-40T99:00:00Z",
    "0",
  ])("%s is none", (value) => {
    expect(parseInstant(value)).toBeNull();
  });
});

describe("the version and the issuer of the assertion", () => {
  it("must be 2.0", () => {
    expect(reason(() => assertVersion(assertion("", 'Version="2.0"')))).toBe("accepted");
    expect(reason(() => assertVersion(assertion("", 'Version="2.00"')))).toBe("assertion_version");
    expect(reason(() => assertVersion(assertion("")))).toBe("assertion_version");
  });

  it("must be the one configured provider", () => {
    expect(reason(() => assertIssuer(assertion("<Issuer>https://idp/</Issuer>"), "https://idp/"))).toBe(
      "accepted",
    );
    expect(reason(() => assertIssuer(assertion("<Issuer>https://idp</Issuer>"), "https://idp/"))).toBe(
      "assertion_issuer_mismatch",
    );
    expect(reason(() => assertIssuer(assertion(""), "https://idp/"))).toBe("assertion_issuer_mismatch");
    expect(reason(() => assertIssuer(assertion("<Issuer>a</Issuer><Issuer>a</Issuer>"), "a"))).toBe(
      "assertion_issuer_mismatch",
    );
  });
});

describe("the age of an assertion", () => {
  it.each([
    ["2026-11-23T12:00:00Z", "accepted"],
    ["2026-11-23T11:49:01Z", "accepted"],
    ["2026-11-23T11:48:59Z", "assertion_too_old"],
    ["2026-11-23T12:00:59Z", "accepted"],
    ["2026-11-23T12:01:01Z", "assertion_too_old"],
    ["yesterday", "assertion_too_old"],
  ])("issued %s is %s at noon", (instant, expected) => {
    expect(reason(() => assertFresh(assertion("", `IssueInstant="${instant}"`), at))).toBe(expected);
  });
});

describe("the subject", () => {
  it("has one NameID with text only", () => {
    expect(readNameId(subject('<NameID Format="f"> ada </NameID>'))).toEqual({ value: "ada", format: "f" });
    expect(reason(() => readNameId(assertion("")))).toBe("subject_missing");
    expect(reason(() => readNameId(assertion("<Subject/><Subject/>")))).toBe("subject_missing");
    expect(reason(() => readNameId(subject("<EncryptedID/>")))).toBe("name_id_missing");
    expect(reason(() => readNameId(subject('<NameID xmlns="urn:x">ada</NameID>')))).toBe("name_id_missing");
  });
});

describe("the confirmation", () => {
  it.each([
    [`Recipient="${ACS}" NotOnOrAfter="2026-11-23T12:05:00Z"`, "accepted"],
    [`Recipient="${ACS}" NotOnOrAfter="2026-11-23T11:59:01Z"`, "accepted"],
    [`Recipient="${ACS}" NotOnOrAfter="2026-11-23T11:59:00Z"`, "confirmation_expired"],
    [`Recipient="${ACS}"`, "confirmation_data"],
    [`Recipient="${ACS}" NotOnOrAfter="soon"`, "confirmation_data"],
    [
      `Recipient="${ACS}" NotOnOrAfter="2026-11-23T12:05:00Z" NotBefore="2026-11-23T11:00:00Z"`,
      "confirmation_data",
    ],
    [`Recipient="${ACS}/" NotOnOrAfter="2026-11-23T12:05:00Z"`, "recipient_mismatch"],
    [`NotOnOrAfter="2026-11-23T12:05:00Z"`, "recipient_mismatch"],
  ])("with %s is %s", (data, expected) => {
    expect(reason(() => readConfirmation(bearer(data), ACS, at))).toBe(expected);
  });

  it("gives the signed InResponseTo", () => {
    const data = `Recipient="${ACS}" NotOnOrAfter="2026-11-23T12:05:00Z" InResponseTo="_r"`;
    expect(readConfirmation(bearer(data), ACS, at).inResponseTo).toBe("_r");
  });
});

describe("the conditions", () => {
  const conditions = (attributes: string, content = "") =>
    assertion(`<Conditions ${attributes}>${content}</Conditions>`);
  const from = 'NotBefore="2026-11-23T11:55:00Z"';
  const until = 'NotOnOrAfter="2026-11-23T13:00:00Z"';

  it.each([
    [`${from} ${until}`, "accepted"],
    [`NotBefore="2026-11-23T12:01:00Z" ${until}`, "accepted"],
    [`NotBefore="2026-11-23T12:01:01Z" ${until}`, "conditions_not_yet"],
    [`${from} NotOnOrAfter="2026-11-23T11:59:01Z"`, "accepted"],
    [`${from} NotOnOrAfter="2026-11-23T11:59:00Z"`, "conditions_expired"],
    [from, "conditions_missing"],
    [until, "conditions_missing"],
  ])("with %s are %s", (attributes, expected) => {
    expect(reason(() => assertConditions(conditions(attributes), at))).toBe(expected);
  });

  it("are one, with nothing that we cannot obey", () => {
    expect(reason(() => assertConditions(assertion(""), at))).toBe("conditions_missing");
    expect(reason(() => assertConditions(assertion(`<Conditions ${from} ${until}/>`.repeat(2)), at))).toBe(
      "conditions_missing",
    );
    expect(reason(() => assertConditions(conditions(`${from} ${until}`, "<OneTimeUse/>"), at))).toBe(
      "accepted",
    );
    expect(reason(() => assertConditions(conditions(`${from} ${until}`, '<x xmlns="urn:x"/>'), at))).toBe(
      "condition_unknown",
    );
  });

  it("name us in every restriction", () => {
    const audience = (...names: string[]) =>
      `<AudienceRestriction>${names.map((name) => `<Audience>${name}</Audience>`).join("")}</AudienceRestriction>`;
    const check = (content: string) => reason(() => assertAudience(conditions("", content), "us"));
    expect(check(audience("us"))).toBe("accepted");
    expect(check(audience("them", "us"))).toBe("accepted");
    expect(check(audience("us") + audience("them"))).toBe("audience_mismatch");
    expect(check(audience("US"))).toBe("audience_mismatch");
    expect(check(audience())).toBe("audience_mismatch");
    expect(check("")).toBe("audience_mismatch");
  });
});

describe("the authentication statement", () => {
  it("exists and its session is not over", () => {
    const statement = (attributes: string) => assertion(`<AuthnStatement ${attributes}/>`);
    expect(readAuthnStatement(statement('SessionIndex="s"'), at)).toEqual({
      notOnOrAfter: undefined,
      sessionIndex: "s",
    });
    expect(
      readAuthnStatement(statement('SessionNotOnOrAfter="2026-11-23T12:00:01Z"'), at).notOnOrAfter,
    ).toEqual(new Date("2026-11-23T12:00:01Z"));
    expect(
      reason(() => readAuthnStatement(statement('SessionNotOnOrAfter="2026-11-23T12:00:00Z"'), at)),
    ).toBe("session_over");
    expect(reason(() => readAuthnStatement(statement('SessionNotOnOrAfter="never"'), at))).toBe(
      "session_over",
    );
    expect(reason(() => readAuthnStatement(assertion(""), at))).toBe("authn_statement_missing");
  });
});

describe("attributes", () => {
  const value = (text: string) => `<AttributeValue>${text}</AttributeValue>`;
  it("are read by name with all their values, empty ones left out", () => {
    const found = readAttributes(
      assertion(
        `<AttributeStatement><Attribute Name="a">${value("1")}${value("")}${value("2")}</Attribute></AttributeStatement>` +
          `<AttributeStatement><Attribute Name="b"/></AttributeStatement>`,
      ),
    );
    expect([...found]).toEqual([
      ["a", ["1", "2"]],
      ["b", []],
    ]);
  });

  it("come once, also across statements, and have a name", () => {
    const statement = (name: string) =>
      `<AttributeStatement><Attribute Name="${name}">${value("1")}</Attribute></AttributeStatement>`;
    expect(reason(() => readAttributes(assertion(statement("a") + statement("a"))))).toBe(
      "attribute_repeated",
    );
    expect(reason(() => readAttributes(assertion(statement(""))))).toBe("attribute_repeated");
  });
});

describe("the correlation", () => {
  const response = (attributes: string) => parseXml(`<Response ${attributes}/>`);
  it("takes the signed value, which the envelope must repeat", () => {
    expect(correlate(response('InResponseTo="_r"'), "_r")).toBe("_r");
    expect(correlate(response(""), null)).toBeNull();
    expect(reason(() => correlate(response('InResponseTo="_r"'), null))).toBe("in_response_to_mismatch");
    expect(reason(() => correlate(response('InResponseTo=""'), null))).toBe("in_response_to_mismatch");
    expect(reason(() => correlate(response(""), "_r"))).toBe("in_response_to_mismatch");
  });
});
