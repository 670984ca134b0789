import { describe, expect, it } from "vitest";

import type { ValidatedResponse } from "../response/validate-response";
import { isSameName } from "./match-rules";
import { readIdentity } from "./read-identity";

const TENANT = "11111111-2222-4333-8444-555555555555";
const XMLSOAP = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
const MICROSOFT = "http://schemas.microsoft.com/identity/claims";

function response(
  claims: Readonly<Record<string, string | readonly string[]>>,
  changes: Partial<ValidatedResponse> = {},
): ValidatedResponse {
  return {
    issuer: `https://sts.windows.net/${TENANT}/`,
    assertionId: "_a",
    nameId: { value: "ada@acme.test", format: null },
    attributes: new Map(Object.entries(claims).map(([name, value]) => [name, [value].flat()])),
    inResponseTo: null,
    replayableUntil: new Date(0),
    sessionNotOnOrAfter: undefined,
    sessionIndex: undefined,
    ...changes,
  };
}

const reason = (claims: Parameters<typeof response>[0], changes: Partial<ValidatedResponse> = {}) => {
  try {
    readIdentity(response(claims, changes));
    return "accepted";
  } catch (error) {
    return (error as { reason?: string }).reason;
  }
};

describe("the identity", () => {
  it("is read from Entra's claims", () => {
    const identity = readIdentity(
      response({
        [`${MICROSOFT}/tenantid`]: TENANT.toUpperCase(),
        [`${MICROSOFT}/objectidentifier`]: "AAAAAAAA-0000-4000-8000-000000000001",
        [`${MICROSOFT}/displayname`]: "Ada Lovelace",
        [`${XMLSOAP}/emailaddress`]: "ada@mail.test",
        [`${XMLSOAP}/name`]: "Ada@acme.test",
      }),
    );
    expect(identity).toEqual({
      issuer: `https://sts.windows.net/${TENANT}/`,
      nameId: "ada@acme.test",
      nameIdIsStable: true,
      tenantId: TENANT,
      objectId: "aaaaaaaa-0000-4000-8000-000000000001",
      userName: "Ada@acme.test",
      email: "ada@mail.test",
      displayName: "Ada Lovelace",
    });
  });

  it("is read from short names in any case", () => {
    const identity = readIdentity(
      response({ FirstName: "Ada", LastName: "Lovelace", EMAIL: "ada@mail.test", ObjectIdentifier: "x1" }),
    );
    expect(identity).toMatchObject({
      displayName: "Ada Lovelace",
      email: "ada@mail.test",
      objectId: "x1",
      userName: null,
    });
  });

  it("prefers the full name of a claim to a short one", () => {
    const identity = readIdentity(
      response({ email: "short@acme.test", [`${XMLSOAP}/emailaddress`]: "full@acme.test" }),
    );
    expect(identity.email).toBe("full@acme.test");
  });

  it("takes the address from an e-mail-shaped NameID when there is no claim", () => {
    expect(readIdentity(response({})).email).toBe("ada@acme.test");
    expect(readIdentity(response({}, { nameId: { value: "opaque", format: null } })).email).toBeNull();
  });

  it("does not build on a transient NameID", () => {
    const format = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
    expect(readIdentity(response({}, { nameId: { value: "_x", format } })).nameIdIsStable).toBe(false);
  });

  it("takes the issuer as tenant when the provider is not Entra", () => {
    expect(readIdentity(response({}, { issuer: "https://idp.test/meta" })).tenantId).toBe(
      "https://idp.test/meta",
    );
  });

  it("drops a display name that could mislead", () => {
    expect(readIdentity(response({ displayName: "Ada\u202egpj" })).displayName).toBeNull();
    expect(readIdentity(response({ displayName: "x".repeat(300) })).displayName).toBeNull();
  });

  it.each([
    [
      "another tenant",
      "tenant_mismatch",
      { [`${MICROSOFT}/tenantid`]: "99999999-2222-4333-8444-555555555555" },
    ],
    ["two object ids", "claim_unusable", { [`${MICROSOFT}/objectidentifier`]: ["a", "b"] }],
    [
      "a zero-width character in the user name",
      "claim_unusable",
      { [`${XMLSOAP}/name`]: "ada\u200b@acme.test" },
    ],
    ["a line break in the address", "claim_unusable", { [`${XMLSOAP}/emailaddress`]: "ada@acme.test\nx" }],
    ["an endless object id", "claim_unusable", { [`${MICROSOFT}/objectidentifier`]: "x".repeat(300) }],
  ])("is refused for %s", (_what, expected, claims) => {
    expect(reason(claims)).toBe(expected);
  });
});

describe("names", () => {
  it.each([
    ["ada@acme.test", "ADA@ACME.TEST", true],
    ["ada@acme.test", "ada@acme.tes", false],
    // The Kelvin sign folds to k, the dotless i to itself, the Cyrillic а only looks like a.
    ["kim@acme.test", "\u212aim@acme.test", false],
    ["ali@acme.test", "al\u0131@acme.test", false],
    ["ada@acme.test", "\u0430da@acme.test", false],
    ["ada@acme.test", "ａda@acme.test", false],
    ["j\u00fcrgen@acme.test", "ju\u0308rgen@acme.test", true],
    ["jürgen@acme.test", "JÜRGEN@acme.test", false],
    ["jurgen@acme.test", "jürgen@acme.test", false],
  ])("%s and %s are the same: %s", (a, b, same) => {
    expect(isSameName(a, b)).toBe(same);
  });
});
