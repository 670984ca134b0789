import { env } from "#server/kernel/env";

/** What the identity provider must know about us; shown in the settings with copy buttons. */
export interface ServiceProviderUrls {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly loginUrl: string;
  readonly metadataUrl: string;
}

/**
 * Our addresses as SAML service provider of one workspace. They hold the workspace's id, never its slug:
 * providers store them for ever, and slugs can be renamed.
 */
export function serviceProviderUrls(workspaceId: string): ServiceProviderUrls {
  const { publicUrl } = env();
  const api = `${publicUrl}/api/saml/${workspaceId}`;
  return {
    entityId: `${publicUrl}/saml/${workspaceId}`,
    acsUrl: `${api}/acs`,
    loginUrl: `${api}/login`,
    metadataUrl: `${api}/metadata`,
  };
}
