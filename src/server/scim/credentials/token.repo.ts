import type { ScimTokenKind } from "#generated/prisma/enums";
import { db, sqlOnPool, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import { now } from "#server/kernel/clock";

import type { Ending, Lifetime } from "./lifetime";

/** What a bearer token opens, with everything that authentication has to decide on. */
export interface TokenOwner {
  readonly tokenId: string;
  readonly tokenKind: ScimTokenKind;
  readonly workspaceId: string;
  readonly scimEnabled: boolean;
  readonly samlConfigured: boolean;
}

/**
 * Looks a live token of any kind up by its SHA-256, in one statement. Revoked and expired ones are not found; an
 * access token is revoked with its client or secret.
 */
export async function findTokenOwner(tokenHash: string): Promise<TokenOwner | null> {
  const rows = await sqlOnPool()<TokenOwner>`
    SELECT t."id" AS "tokenId", t."kind"::text AS "tokenKind", t."workspaceId",
      w."scimEnabledAt" IS NOT NULL AS "scimEnabled",
      EXISTS (SELECT 1 FROM "SamlConnection" s WHERE s."workspaceId" = w."id") AS "samlConfigured"
    FROM "ScimToken" t JOIN "Workspace" w ON w."id" = t."workspaceId"
    WHERE t."tokenHash" = ${tokenHash}::text AND t."revokedAt" IS NULL
      AND (t."expiresAt" IS NULL OR t."expiresAt" > ${now()}::timestamptz)`;
  return rows[0] ?? null;
}

export async function markTokenUsed(tokenId: string): Promise<void> {
  await db().scimToken.updateMany({ where: { id: tokenId }, data: { lastUsedAt: now() } });
}

/** A token that an administrator pastes into the identity provider. */
export interface PastedToken {
  readonly id: string;
  readonly ciphertext: Uint8Array | null;
  readonly lastFour: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** The live pasted tokens, two at most, the newest first: that is the one Reveal shows. */
export function listPastedTokens(scope: WorkspaceScope, tx?: WorkspaceTx): Promise<PastedToken[]> {
  return (tx?.db ?? db()).scimToken.findMany({
    where: {
      workspaceId: scope.workspaceId,
      kind: "pasted",
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

/** A token about to be stored: the hash, and for a pasted one the sealed text. */
export interface NewToken extends Lifetime {
  readonly id: string;
  readonly kind: ScimTokenKind;
  readonly tokenHash: string;
  readonly lastFour: string;
  readonly ciphertext?: Uint8Array<ArrayBuffer>;
  readonly clientId?: string;
}

export async function insertToken(tx: WorkspaceTx, token: NewToken): Promise<void> {
  await tx.db.scimToken.create({ data: { ...token, workspaceId: tx.scope.workspaceId } });
}

/** Lets live tokens end at a moment, or earlier where they would have anyway. Returns how many it concerned. */
export async function endTokens(tx: WorkspaceTx, { ids, at }: Ending): Promise<number> {
  const { count } = await tx.db.scimToken.updateMany({
    where: {
      workspaceId: tx.scope.workspaceId,
      id: { in: [...ids] },
      kind: "pasted",
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: at } }],
    },
    data: at <= now() ? { revokedAt: now() } : { expiresAt: at },
  });
  return count;
}

/** Ends access tokens with this transaction: those of one client, or all of the workspace. */
export async function endIssuedTokens(tx: WorkspaceTx, clientId?: string): Promise<void> {
  const { workspaceId } = tx.scope;
  const ofClient = clientId === undefined ? {} : { clientId };
  await tx.db.scimToken.updateMany({
    where: { workspaceId, kind: "issued", revokedAt: null, ...ofClient },
    data: { revokedAt: now() },
  });
}

export async function deleteToken(scope: WorkspaceScope, id: string): Promise<void> {
  await db().scimToken.deleteMany({ where: { workspaceId: scope.workspaceId, id } });
}

/** Deletes access tokens and self-test tokens that have ended; pasted ones stay as a record. */
export async function sweepScimTokens(): Promise<void> {
  await db().scimToken.deleteMany({
    where: { kind: { in: ["issued", "self_test"] }, expiresAt: { lt: now() } },
  });
}
