import { serviceProviderUrls } from "../service-provider";
import { NS } from "../xml-tree";

/** The Content-Type of SAML metadata (SAML metadata 4.1.1). */
export const METADATA_CONTENT_TYPE = "application/samlmetadata+xml; charset=utf-8";

/** Our metadata document for one workspace: who we are and where responses go. */
export function writeServiceProviderMetadata(workspaceId: string): string {
  const { entityId, acsUrl } = serviceProviderUrls(workspaceId);
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<md:EntityDescriptor xmlns:md="${NS.metadata}" entityID="${escapeXml(entityId)}">`,
    `  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true"`,
    `      protocolSupportEnumeration="${NS.protocol}">`,
    `    <md:AssertionConsumerService index="0" isDefault="true"`,
    `        Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${escapeXml(acsUrl)}"/>`,
    `  </md:SPSSODescriptor>`,
    `</md:EntityDescriptor>`,
    ``,
  ].join("\n");
}

function escapeXml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
