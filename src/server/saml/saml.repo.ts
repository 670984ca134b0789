import { db, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import { now } from "#server/kernel/clock";
import { newId } from "#server/kernel/ids";

import type { Connection } from "./connection";
import type { StoredCertificate } from "./metadata/certificates";

/** The connection's columns as an administrator saves them. */
export interface ConnectionValues {
  readonly idpEntityId: string;
  readonly ssoUrl: string;
  readonly certificates: readonly StoredCertificate[];
  readonly metadataXml: string;
}

export interface ConnectionSwitches {
  readonly allowIdpInitiated?: boolean | undefined;
  readonly enforced?: boolean | undefined;
  readonly jitEnabled?: boolean | undefined;
}

function present(switches: ConnectionSwitches): { [K in keyof ConnectionSwitches]?: boolean } {
  return Object.fromEntries(Object.entries(switches).filter(([, value]) => value !== undefined));
}

export async function findConnectionRow(scope: WorkspaceScope): Promise<Connection | null> {
  const row = await db().samlConnection.findUnique({ where: { workspaceId: scope.workspaceId } });
  // Written only by this module, from parsed metadata.
  return row && { ...row, certificates: row.certificates as unknown as StoredCertificate[] };
}

export async function upsertConnectionRow(
  tx: WorkspaceTx,
  { certificates, ...values }: ConnectionValues,
  switches: ConnectionSwitches,
): Promise<void> {
  const { workspaceId } = tx.scope;
  const data = { ...values, ...present(switches), certificates: certificates.map((one) => ({ ...one })) };
  await tx.db.samlConnection.upsert({
    where: { workspaceId },
    create: { id: newId(), workspaceId, ...data },
    update: data,
  });
}

/** Returns whether there was a connection to change. */
export async function updateConnectionRow(tx: WorkspaceTx, switches: ConnectionSwitches): Promise<boolean> {
  const { workspaceId } = tx.scope;
  const { count } = await tx.db.samlConnection.updateMany({
    where: { workspaceId },
    data: present(switches),
  });
  return count === 1;
}

/** Removes the connection and the requests that wait for it; returns whether there was one. */
export async function deleteConnectionRow(tx: WorkspaceTx): Promise<boolean> {
  const { workspaceId } = tx.scope;
  await tx.db.samlRequest.deleteMany({ where: { workspaceId } });
  const { count } = await tx.db.samlConnection.deleteMany({ where: { workspaceId } });
  return count === 1;
}

export async function insertRequest(
  scope: WorkspaceScope,
  request: { readonly id: string; readonly returnTo: string; readonly expiresAt: Date },
): Promise<void> {
  await db().samlRequest.create({ data: { ...request, workspaceId: scope.workspaceId } });
}

/** Takes a pending request away in one statement, so that of two answers only one can have it. */
export async function consumeRequest(
  tx: WorkspaceTx,
  id: string,
): Promise<{ readonly returnTo: string } | null> {
  const rows = await tx.db.$queryRaw<{ returnTo: string }[]>`
    DELETE FROM "SamlRequest"
    WHERE "id" = ${id} AND "workspaceId" = ${tx.scope.workspaceId}::uuid AND "expiresAt" > ${now()}
    RETURNING "returnTo"`;
  return rows[0] ?? null;
}

/** Remembers a used assertion; false when it was used before. The primary key decides between parallel posts. */
export async function rememberAssertion(
  tx: WorkspaceTx,
  assertion: { readonly issuer: string; readonly assertionId: string; readonly expiresAt: Date },
): Promise<boolean> {
  const { count } = await tx.db.samlReplay.createMany({
    data: [{ ...assertion, workspaceId: tx.scope.workspaceId }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Deletes requests nobody can answer and assertions nobody could replay any more. */
export async function sweepSamlState(): Promise<void> {
  await db().samlRequest.deleteMany({ where: { expiresAt: { lt: now() } } });
  await db().samlReplay.deleteMany({ where: { expiresAt: { lt: now() } } });
}
