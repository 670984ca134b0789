import type { ScimClientProof } from "#generated/prisma/enums";
import { db, type WorkspaceTx } from "#server/db/index";
import { now } from "#server/kernel/clock";

/** A client that is not revoked, with all that proving and answering have to decide on. */
export interface KnownClient {
  readonly id: string;
  readonly workspaceId: string;
  readonly proof: ScimClientProof;
  readonly entraTenantId: string | null;
  readonly subject: string | null;
  readonly audience: string | null;
  /** Whether the workspace has SAML and SCIM is on. */
  readonly isOpen: boolean;
  readonly secrets: readonly { readonly id: string; readonly secretHash: string }[];
}

/** Looks a client and its live secrets up in one statement, which takes as long for one that does not exist. */
export async function findClient(id: string): Promise<KnownClient | null> {
  const rows = await db().$queryRaw<KnownClient[]>`
    SELECT c."id", c."workspaceId", c."proof"::text AS "proof", c."entraTenantId", c."subject", c."audience",
      w."scimEnabledAt" IS NOT NULL
        AND EXISTS (SELECT 1 FROM "SamlConnection" m WHERE m."workspaceId" = w."id") AS "isOpen",
      COALESCE((
        SELECT json_agg(json_build_object('id', s."id", 'secretHash', s."secretHash"))
        FROM "ScimClientSecret" s
        WHERE s."workspaceId" = c."workspaceId" AND s."clientId" = c."id" AND s."revokedAt" IS NULL
          AND (s."expiresAt" IS NULL OR s."expiresAt" > ${now()})), '[]') AS "secrets"
    FROM "ScimClient" c JOIN "Workspace" w ON w."id" = c."workspaceId"
    WHERE c."id" = ${id}::uuid AND c."revokedAt" IS NULL`;
  return rows[0] ?? null;
}

/**
 * Notes that a client, and the secret it used, got a token now. The rows stay locked until the token is stored, so
 * that a revocation comes before (and nothing is issued) or after (and takes the token away).
 * @returns false when either was revoked in the meantime
 */
export async function noteClientUse(
  tx: WorkspaceTx,
  clientId: string,
  secretId: string | null,
): Promise<boolean> {
  const { workspaceId } = tx.scope;
  const at = { lastUsedAt: now() };
  const live = { workspaceId, revokedAt: null };
  const { count } = await tx.db.scimClient.updateMany({ where: { ...live, id: clientId }, data: at });
  if (count === 0 || secretId === null) return count === 1;
  const used = await tx.db.scimClientSecret.updateMany({ where: { ...live, id: secretId }, data: at });
  return used.count === 1;
}
