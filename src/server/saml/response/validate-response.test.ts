import { describe, expect, it } from "vitest";

import { ADA, ISSUER, makeSamlFixture } from "../../../../tests/support/idp/fixture";
import { encode, fixture, minutesFromNow, validate } from "../../../../tests/support/idp/forgery";
import { makeSigningKey, newXmlId } from "../../../../tests/support/idp/index";
import { validateResponse } from "./validate-response";

const otherKey = makeSigningKey({ name: "somebody else" });
const MORE = "http://www.w3.org/2001/04/xmldsig-more#";

describe("a genuine response", () => {
  it.each(["assertion", "response", "both"] as const)("is accepted when the %s is signed", async (sign) => {
    const inResponseTo = newXmlId();
    const response = await validate(fixture.response({ sign, inResponseTo }));
    expect(response.nameId.value).toBe(ADA.userName);
    expect(response.inResponseTo).toBe(inResponseTo);
    expect(response.issuer).toBe(ISSUER);
    expect(response.attributes.get("http://schemas.microsoft.com/identity/claims/objectidentifier")).toEqual([
      ADA.objectId,
    ]);
    // The replay memory must outlive the later of the two windows.
    expect(response.replayableUntil.getTime()).toBeGreaterThan(minutesFromNow(65).getTime());
  });

  it.each(["rsa-sha256", "rsa-sha512"])("is accepted with %s", async (name) => {
    await expect(validate(fixture.response({ signatureAlgorithm: MORE + name }))).resolves.toBeDefined();
  });

  it("is accepted when the second of two certificates signed it", async () => {
    const rolled = makeSamlFixture(undefined, otherKey);
    const certificates = [...fixture.connection.certificates, ...rolled.connection.certificates];
    const accepted = validateResponse(rolled.response(), { ...fixture.connection, certificates });
    await expect(accepted).resolves.toMatchObject({ nameId: { value: ADA.userName } });
  });

  it("is accepted without Destination around a signed assertion, with an XML declaration, and line-wrapped", async () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n${fixture.responseXml({ destination: null })}`;
    const wrapped = encode(xml).replace(/(.{76})/g, "$1\r\n");
    await expect(validate(wrapped)).resolves.toBeDefined();
  });

  it("is accepted with a clock that is half a minute off", async () => {
    await expect(
      validate(fixture.response({ now: minutesFromNow(0.5), notBefore: minutesFromNow(0.5) })),
    ).resolves.toBeDefined();
  });

  it("is accepted with 150 groups", async () => {
    const groups = Array.from(
      { length: 150 },
      (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`,
    );
    const name = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups";
    const response = await validate(fixture.response({ extraClaims: [[name, ...groups]] }));
    expect(response.attributes.get(name)).toHaveLength(150);
  });

  it("carries the end of the provider's session", async () => {
    const sessionNotOnOrAfter = minutesFromNow(30);
    const response = await validate(fixture.response({ sessionNotOnOrAfter }));
    expect(response.sessionNotOnOrAfter?.getTime()).toBe(sessionNotOnOrAfter.getTime());
  });
});
