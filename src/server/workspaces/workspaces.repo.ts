import type { Role } from "#generated/prisma/enums";
import { db, translateDbError, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import { isId, newId } from "#server/kernel/ids";
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
export function findFirstWorkspace(): Promise<Workspace | null> {
  return db().workspace.findFirst({ orderBy: { createdAt: "asc" } });
}

/** @throws AppError CONFLICT when the slug is taken. */
export async function insertWorkspace(input: {
  readonly slug: string;
  readonly name: string;
}): Promise<Workspace> {
  try {
    return await db().workspace.create({ data: { id: newId(), slug: input.slug, name: input.name } });
  } catch (error) {
    throw translateDbError(error);
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

export async function getWorkspaceInScope(scope: WorkspaceScope): Promise<Workspace> {
  return db().workspace.findUniqueOrThrow({ where: { id: scope.workspaceId } });
}
