import type { Connection } from "../../../src/server/saml/connection";
import { readCertificate } from "../../../src/server/saml/metadata/certificates";
import { serviceProviderUrls } from "../../../src/server/saml/service-provider";
import { buildResponse, buildResponseXml, type ResponseOptions, type TestPerson } from "./build-response";
import { certificateBody, makeSigningKey, type SigningKey } from "./self-signed";

export const TENANT = "11111111-2222-4333-8444-555555555555";
export const ISSUER = `https://sts.windows.net/${TENANT}/`;

export const ADA: TestPerson = {
  userName: "ada@acme.test",
  objectId: "aaaaaaaa-0000-4000-8000-000000000001",
  email: "ada@acme.test",
  displayName: "Ada Lovelace",
};

/** A connection without a database, and the provider that it trusts. */
export interface SamlFixture {
  readonly connection: Connection;
  readonly key: SigningKey;
  /** The options of a response that is accepted, with changes. */
  options(changes?: Partial<ResponseOptions>): ResponseOptions;
  /** The form field's value. */
  response(changes?: Partial<ResponseOptions>): string;
  responseXml(changes?: Partial<ResponseOptions>): string;
}

/** Makes a fixture; pass a key to share one, since making RSA keys is slow. */
export function makeSamlFixture(
  workspaceId = "01900000-0000-7000-8000-000000000001",
  key = makeSigningKey(),
): SamlFixture {
  const { entityId, acsUrl } = serviceProviderUrls(workspaceId);
  const options = (changes: Partial<ResponseOptions> = {}): ResponseOptions => ({
    issuer: ISSUER,
    audience: entityId,
    acsUrl,
    key,
    person: ADA,
    tenantId: TENANT,
    ...changes,
  });
  return {
    key,
    connection: {
      workspaceId,
      idpEntityId: ISSUER,
      ssoUrl: "http://idp.test/sso",
      certificates: [readCertificate(certificateBody(key.certificatePem))],
      allowIdpInitiated: true,
      enforced: false,
      jitEnabled: true,
      updatedAt: new Date(0),
    },
    options,
    response: (changes) => buildResponse(options(changes)),
    responseXml: (changes) => buildResponseXml(options(changes)),
  };
}
