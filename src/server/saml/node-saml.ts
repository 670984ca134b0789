import { SAML, ValidateInResponseTo, type SamlConfig } from "@node-saml/node-saml";

import { SKEW_MS } from "./checks/instants";
import type { SignedParts } from "./checks/signature-policy";
import type { Connection } from "./connection";
import { serviceProviderUrls } from "./service-provider";

/**
 * The library set up for one message. Several of its defaults are wrong for Entra or unsafe (SHA-1, no
 * clock skew, a demanded password login), so everything that matters is said here. Its time checks read
 * the system clock; they are a second lock behind our own.
 */
export function samlFor(
  connection: Connection,
  options: { readonly signed?: SignedParts; readonly requestId?: string } = {},
): SAML {
  const { entityId, acsUrl } = serviceProviderUrls(connection.workspaceId);
  const { signed, requestId } = options;
  const config: SamlConfig = {
    idpCert: connection.certificates.map((certificate) => certificate.pem),
    entryPoint: connection.ssoUrl,
    idpIssuer: connection.idpEntityId,
    issuer: entityId,
    audience: entityId,
    callbackUrl: acsUrl,
    // Whatever carries a signature must verify; that at least one does has been checked before.
    wantAssertionsSigned: signed?.assertion ?? true,
    wantAuthnResponseSigned: signed?.response ?? true,
    validateInResponseTo: ValidateInResponseTo.never,
    acceptedClockSkewMs: SKEW_MS,
    // Our own check of the age comes right after; the library's throws where a date is missing.
    maxAssertionAgeMs: 0,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    allowCreate: false,
    signatureAlgorithm: "sha256",
    digestAlgorithm: "sha256",
    ...(requestId === undefined ? {} : { generateUniqueId: () => requestId }),
  };
  return new SAML(config);
}
