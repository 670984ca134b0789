import type { StoredCertificate } from "./metadata/certificates";

/** A workspace's SAML connection as sign-in needs it. */
export interface Connection {
  readonly workspaceId: string;
  readonly idpEntityId: string;
  readonly ssoUrl: string;
  readonly certificates: readonly StoredCertificate[];
  readonly allowIdpInitiated: boolean;
  readonly enforced: boolean;
  readonly jitEnabled: boolean;
  readonly updatedAt: Date;
}
