import type { GroupModel } from "#generated/prisma/models";
import { db, sqlOnPool, type SqlTx, type WorkspaceScope } from "#server/db/index";
import { now } from "#server/kernel/clock";
import { AppError } from "#server/kernel/errors";
import { isId } from "#server/kernel/ids";

import { comparable } from "./members.repo";

export type Group = GroupModel;

export interface GroupValues {
  readonly displayName: string;
  readonly externalId: string | null;
  readonly scimManaged: boolean;
}

/** @returns null when the workspace has a group of this name in any case, also one that another transaction is making just now. */
export async function insertGroup(tx: SqlTx, id: string, values: GroupValues): Promise<Group | null> {
  const at = now();
  const rows = await tx.sql<Group>`
    INSERT INTO "Group" ("id", "workspaceId", "displayName", "displayNameLower", "externalId", "scimManaged",
      "createdAt", "updatedAt")
    VALUES (${id}::uuid, ${tx.scope.workspaceId}::uuid, ${values.displayName}::text,
      ${comparable(values.displayName)}::text, ${values.externalId}::text, ${values.scimManaged}::boolean,
      ${at}::timestamptz, ${at}::timestamptz)
    ON CONFLICT ("workspaceId", "displayNameLower") DO NOTHING
    RETURNING *`;
  return rows[0] ?? null;
}

/** Writes and raises the version. @throws AppError NOT_FOUND, and the database's refusal of a name that is taken. */
export async function updateGroupRow(tx: SqlTx, id: string, values: GroupValues): Promise<Group> {
  const rows = await tx.sql<Group>`
    UPDATE "Group" SET "displayName" = ${values.displayName}::text,
      "displayNameLower" = ${comparable(values.displayName)}::text, "externalId" = ${values.externalId}::text,
      "scimManaged" = ${values.scimManaged}::boolean, "version" = "version" + 1, "updatedAt" = ${now()}::timestamptz
    WHERE "workspaceId" = ${tx.scope.workspaceId}::uuid AND "id" = ${id}::uuid
    RETURNING *`;
  if (!rows[0]) throw new AppError("NOT_FOUND", "There is no such group.");
  return rows[0];
}

export async function deleteGroupRow(tx: SqlTx, id: string): Promise<void> {
  await tx.sql`DELETE FROM "Group" WHERE "workspaceId" = ${tx.scope.workspaceId}::uuid AND "id" = ${id}::uuid`;
}

/** The group with its row locked until the transaction ends, or null. */
export async function lockGroupRow(tx: SqlTx, id: string): Promise<Group | null> {
  if (!isId(id)) return null;
  const rows = await tx.sql<Group>`
    SELECT * FROM "Group" WHERE "workspaceId" = ${tx.scope.workspaceId}::uuid AND "id" = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

export async function findGroup(scope: WorkspaceScope, key: { readonly id: string }): Promise<Group | null> {
  if (!isId(key.id)) return null;
  const rows = await sqlOnPool()<Group>`
    SELECT * FROM "Group" WHERE "workspaceId" = ${scope.workspaceId}::uuid AND "id" = ${key.id}::uuid`;
  return rows[0] ?? null;
}

/** Every group with its number of members, inactive ones included. */
export async function listGroups(
  scope: WorkspaceScope,
): Promise<{ id: string; displayName: string; memberCount: number; scimManaged: boolean }[]> {
  const rows = await db().group.findMany({
    where: { workspaceId: scope.workspaceId },
    include: { _count: { select: { memberships: true } } },
    orderBy: [{ displayNameLower: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    id: row.id,
    displayName: row.displayName,
    memberCount: row._count.memberships,
    scimManaged: row.scimManaged,
  }));
}
