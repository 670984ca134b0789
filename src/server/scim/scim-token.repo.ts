import { db, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import { now } from "#server/kernel/clock";

/** What a bearer token opens, with everything that authentication has to decide on. */
export interface TokenOwner {
  readonly tokenId: string;
  readonly workspaceId: string;
  readonly scimEnabled: boolean;
  readonly samlConfigured: boolean;
}

/** Looks a live token up by its SHA-256, in one statement. Revoked and expired ones are not found. */
export async function findTokenOwner(tokenHash: string): Promise<TokenOwner | null> {
  const rows = await db().$queryRaw<TokenOwner[]>`
    SELECT t."id" AS "tokenId", t."workspaceId", w."scimEnabledAt" IS NOT NULL AS "scimEnabled",
      EXISTS (SELECT 1 FROM "SamlConnection" s WHERE s."workspaceId" = w."id") AS "samlConfigured"
    FROM "ScimToken" t JOIN "Workspace" w ON w."id" = t."workspaceId"
    WHERE t."tokenHash" = ${tokenHash} AND t."revokedAt" IS NULL
      AND (t."expiresAt" IS NULL OR t."expiresAt" > ${now()})`;
  return rows[0] ?? null;
}

export async function markTokenUsed(tokenId: string): Promise<void> {
  await db().scimToken.updateMany({ where: { id: tokenId }, data: { lastUsedAt: now() } });
}

export interface ScimTokenRow {
  readonly id: string;
  readonly ciphertext: Uint8Array;
  readonly lastFour: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The newest live token, the one that Reveal shows; older ones may still live out their overlap. */
export function findCurrentToken(scope: WorkspaceScope, tx?: WorkspaceTx): Promise<ScimTokenRow | null> {
  const at = now();
  return (tx?.db ?? db()).scimToken.findFirst({
    where: {
      workspaceId: scope.workspaceId,
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: at } }],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

export async function insertToken(
  tx: WorkspaceTx,
  token: {
    readonly id: string;
    readonly tokenHash: string;
    readonly ciphertext: Uint8Array<ArrayBuffer>;
    readonly lastFour: string;
  },
): Promise<void> {
  await tx.db.scimToken.create({ data: { ...token, workspaceId: tx.scope.workspaceId, createdAt: now() } });
}

/** Lets every live token of the workspace end at a moment, or earlier where it would have anyway. */
export async function endTokens(tx: WorkspaceTx, at: Date): Promise<void> {
  const live = { workspaceId: tx.scope.workspaceId, revokedAt: null };
  await tx.db.scimToken.updateMany({
    where: { ...live, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
    data: at <= now() ? { revokedAt: now() } : { expiresAt: at },
  });
}

/** Whether the workspace has SAML, and whether SCIM is on. */
export async function readScimState(
  scope: WorkspaceScope,
  tx?: WorkspaceTx,
): Promise<{ readonly samlConfigured: boolean; readonly enabled: boolean }> {
  const workspace = await (tx?.db ?? db()).workspace.findUniqueOrThrow({
    where: { id: scope.workspaceId },
    select: { scimEnabledAt: true, samlConnection: { select: { id: true } } },
  });
  return { samlConfigured: workspace.samlConnection !== null, enabled: workspace.scimEnabledAt !== null };
}
