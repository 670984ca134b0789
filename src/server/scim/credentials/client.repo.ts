import type { ScimClientProof } from "#generated/prisma/enums";
import { db, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import { now } from "#server/kernel/clock";

import type { Ending, Lifetime } from "./lifetime";

/** One of a client's live secrets, without the secret. */
export interface ClientSecret {
  readonly id: string;
  readonly lastFour: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** An OAuth client with its live secrets, the newest first. */
export interface Client {
  readonly id: string;
  readonly name: string;
  readonly proof: ScimClientProof;
  readonly entraTenantId: string | null;
  readonly subject: string | null;
  readonly audience: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly secrets: ClientSecret[];
}

const notEnded = () => ({
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
});

const CLIENT_COLUMNS = {
  id: true,
  name: true,
  proof: true,
  entraTenantId: true,
  subject: true,
  audience: true,
  createdAt: true,
  lastUsedAt: true,
} as const;

const SECRET_COLUMNS = {
  id: true,
  lastFour: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
} as const;

/** The clients that are not revoked, the oldest first. */
export function listClients(scope: WorkspaceScope): Promise<Client[]> {
  return db().scimClient.findMany({
    where: { workspaceId: scope.workspaceId, revokedAt: null },
    select: {
      ...CLIENT_COLUMNS,
      secrets: {
        where: notEnded(),
        select: SECRET_COLUMNS,
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

export function countClients(tx: WorkspaceTx): Promise<number> {
  return tx.db.scimClient.count({ where: { workspaceId: tx.scope.workspaceId, revokedAt: null } });
}

/**
 * A client that is not revoked, locked until the transaction ends: a token that is being issued to it is issued
 * before, and then deleted by whoever revokes, or not at all.
 */
export async function findClientForUpdate(
  tx: WorkspaceTx,
  id: string,
): Promise<{ readonly name: string; readonly proof: ScimClientProof } | null> {
  const { workspaceId } = tx.scope;
  await tx.db.$queryRaw`
    SELECT 1 FROM "ScimClient" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${id}::uuid FOR UPDATE`;
  return tx.db.scimClient.findFirst({ where: { workspaceId, id, revokedAt: null } });
}

export async function insertClient(
  tx: WorkspaceTx,
  client: Pick<Client, "id" | "name" | "proof"> &
    Partial<Pick<Client, "entraTenantId" | "subject" | "audience">>,
): Promise<void> {
  await tx.db.scimClient.create({ data: { ...client, workspaceId: tx.scope.workspaceId, createdAt: now() } });
}

export async function revokeClientRow(tx: WorkspaceTx, id: string): Promise<void> {
  await tx.db.scimClient.updateMany({
    where: { workspaceId: tx.scope.workspaceId, id },
    data: { revokedAt: now() },
  });
}

/** A client's live secrets, two at most, the newest first. */
export function listSecrets(tx: WorkspaceTx, clientId: string): Promise<ClientSecret[]> {
  return tx.db.scimClientSecret.findMany({
    where: { workspaceId: tx.scope.workspaceId, clientId, ...notEnded() },
    select: SECRET_COLUMNS,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

export async function insertSecret(
  tx: WorkspaceTx,
  secret: Lifetime & {
    readonly id: string;
    readonly clientId: string;
    readonly secretHash: string;
    readonly lastFour: string;
  },
): Promise<void> {
  await tx.db.scimClientSecret.create({
    data: { ...secret, workspaceId: tx.scope.workspaceId },
  });
}

/** Lets live secrets end at a moment, or earlier where they would have anyway. */
export async function endSecrets(tx: WorkspaceTx, { ids, at }: Ending): Promise<void> {
  await tx.db.scimClientSecret.updateMany({
    where: {
      workspaceId: tx.scope.workspaceId,
      id: { in: [...ids] },
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: at } }],
    },
    data: at <= now() ? { revokedAt: now() } : { expiresAt: at },
  });
}
