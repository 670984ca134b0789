import { certificateBody } from "./self-signed";

/** Metadata in the shape of Entra's: a WS-Federation role first, whose keys must be ignored, then ours. */
export function idpMetadataXml(options: {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly certificatePems: readonly string[];
  /** A certificate of the WS-Federation role, when there is to be one. */
  readonly federationPem?: string;
}): string {
  const keyInfo = (pem: string) =>
    `<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificateBody(pem)}</X509Certificate></X509Data></KeyInfo>`;
  const keys = options.certificatePems.map(
    (pem) => `<KeyDescriptor use="signing">${keyInfo(pem)}</KeyDescriptor>`,
  );
  const federation = options.federationPem
    ? `<RoleDescriptor xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706" xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706"><KeyDescriptor use="signing">${keyInfo(options.federationPem)}</KeyDescriptor></RoleDescriptor>`
    : "";
  return [
    `<?xml version="1.0" encoding="utf-8"?>`,
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" ID="_metadata" entityID="${options.entityId}">${federation}`,
    `<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keys.join("")}`,
    `<SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${options.ssoUrl}"/>`,
    `<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${options.ssoUrl}"/>`,
    `<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${options.ssoUrl}"/>`,
    `</IDPSSODescriptor></EntityDescriptor>`,
  ].join("");
}
