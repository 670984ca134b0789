import type { Role } from "#generated/prisma/enums";
import { db, translateDbError, type DbClient, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import { AppError } from "#server/kernel/errors";
import { isId } from "#server/kernel/ids";
import { isStorableText } from "#server/kernel/storable";

export interface Workspace {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly defaultRole: Role;
  readonly scimEnabledAt: Date | null;
}

export function findWorkspaceById(id: string): Promise<Workspace | null> {
  return isId(id) ? db().workspace.findUnique({ where: { id } }) : Promise.resolve(null);
}

export function findWorkspaceBySlug(slug: string): Promise<Workspace | null> {
  // Comes from URLs: a text that cannot be stored would be a database error, not a miss.
  return isStorableText(slug) ? db().workspace.findUnique({ where: { slug } }) : Promise.resolve(null);
}

/** The oldest workspace, or null on a fresh server. */
export function findFirstWorkspace(client: DbClient = db()): Promise<Workspace | null> {
  return client.workspace.findFirst({ orderBy: { createdAt: "asc" } });
}

/** @throws AppError CONFLICT that names the slug when it is taken. */
export async function insertWorkspace(
  tx: WorkspaceTx,
  { slug, name }: { readonly slug: string; readonly name: string },
): Promise<Workspace> {
  try {
    return await tx.db.workspace.create({ data: { id: tx.scope.workspaceId, slug, name } });
  } catch (cause) {
    if (translateDbError(cause).code !== "CONFLICT") throw cause;
    throw new AppError("CONFLICT", `There is a workspace with the slug "${slug}" already.`, { cause });
  }
}

export async function updateWorkspaceRow(
  tx: WorkspaceTx,
  data: { readonly name?: string; readonly defaultRole?: Role; readonly scimEnabledAt?: Date | null },
): Promise<Workspace> {
  return tx.db.workspace.update({ where: { id: tx.scope.workspaceId }, data });
}

/** Locks the workspace's row: whoever changes its SAML or SCIM state does so one after the other. */
export async function lockWorkspace(tx: WorkspaceTx): Promise<void> {
  await tx.db.$queryRaw`SELECT 1 FROM "Workspace" WHERE "id" = ${tx.scope.workspaceId}::uuid FOR UPDATE`;
}

export async function getWorkspaceInScope(
  scope: WorkspaceScope,
  client: DbClient = db(),
): Promise<Workspace> {
  return client.workspace.findUniqueOrThrow({ where: { id: scope.workspaceId } });
}
