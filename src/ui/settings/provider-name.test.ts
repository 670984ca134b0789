import { describe, expect, it } from "vitest";

import { inSentence, providerName } from "./provider-name";

describe("providerName", () => {
  it.each([
    ["https://sts.windows.net/8f3c1d7e-5a0b-4c2d-9e1f-0a1b2c3d4e5f/", "Entra"],
    ["https://login.microsoftonline.us/8f3c1d7e-5a0b-4c2d-9e1f-0a1b2c3d4e5f/", "Entra"],
    ["http://www.okta.com/exk1fcia6d6EMsf331d8", "Okta"],
    ["https://app.onelogin.com/saml/metadata/1f2e", "OneLogin"],
    ["https://accounts.google.com/o/saml2?idpid=C01", "Google"],
  ])("knows %s as %s", (entityId, name) => {
    expect(providerName(entityId)).toBe(name);
  });

  it.each([null, undefined, "", "https://idp.example.test/metadata", "https://okta.com.evil.example/x"])(
    "describes what it does not know: %s",
    (entityId) => {
      expect(providerName(entityId)).toBe("The identity provider");
    },
  );

  it("reads on inside a sentence", () => {
    expect([inSentence("Entra"), inSentence("The identity provider")]).toEqual([
      "Entra",
      "the identity provider",
    ]);
  });
});
