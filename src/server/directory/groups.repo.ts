import type { GroupModel } from "#generated/prisma/models";
import { db, type DbClient, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import { now } from "#server/kernel/clock";
import { isId } from "#server/kernel/ids";

import { comparable } from "./members.repo";

export type Group = GroupModel;

export interface GroupValues {
  readonly displayName: string;
  readonly externalId: string | null;
  readonly scimManaged: boolean;
}

function columns(values: Partial<GroupValues>) {
  return {
    ...values,
    ...(values.displayName === undefined ? {} : { displayNameLower: comparable(values.displayName) }),
  };
}

export function insertGroup(tx: WorkspaceTx, id: string, values: GroupValues): Promise<Group> {
  const at = now();
  return tx.db.group.create({
    data: {
      ...values,
      displayNameLower: comparable(values.displayName),
      id,
      workspaceId: tx.scope.workspaceId,
      createdAt: at,
      updatedAt: at,
    },
  });
}

export function updateGroupRow(tx: WorkspaceTx, id: string, values: Partial<GroupValues>): Promise<Group> {
  return tx.db.group.update({
    where: { workspaceId_id: { workspaceId: tx.scope.workspaceId, id } },
    data: { ...columns(values), version: { increment: 1 }, updatedAt: now() },
  });
}

export async function deleteGroupRow(tx: WorkspaceTx, id: string): Promise<void> {
  await tx.db.group.delete({ where: { workspaceId_id: { workspaceId: tx.scope.workspaceId, id } } });
}

/** The group with its row locked until the transaction ends, or null. */
export async function lockGroupRow(tx: WorkspaceTx, id: string): Promise<Group | null> {
  if (!isId(id)) return null;
  await tx.db.$queryRaw`
    SELECT 1 FROM "Group" WHERE "workspaceId" = ${tx.scope.workspaceId}::uuid AND "id" = ${id}::uuid FOR UPDATE`;
  return findGroup(tx.scope, { id }, tx.db);
}

export async function findGroup(
  scope: WorkspaceScope,
  key: { readonly id: string } | { readonly displayName: string },
  client: DbClient = db(),
): Promise<Group | null> {
  if ("id" in key && !isId(key.id)) return null;
  const where = "id" in key ? { id: key.id } : { displayNameLower: comparable(key.displayName) };
  return client.group.findFirst({ where: { workspaceId: scope.workspaceId, ...where } });
}

/** Which of these ids are living members, and which are tombstones; the rest are unknown here. */
export async function classifyMemberIds(
  tx: WorkspaceTx,
  ids: readonly string[],
): Promise<{ readonly living: string[]; readonly unknown: string[] }> {
  const valid = ids.filter(isId);
  const rows = await tx.db.$queryRaw<{ id: string; deleted: boolean }[]>`
    SELECT "id", "deletedAt" IS NOT NULL AS "deleted" FROM "Member"
    WHERE "workspaceId" = ${tx.scope.workspaceId}::uuid AND "id" = ANY(${valid}::uuid[])`;
  const known = new Set(rows.map((row) => row.id));
  return {
    living: rows.filter((row) => !row.deleted).map((row) => row.id),
    unknown: ids.filter((id) => !known.has(id)),
  };
}

/**
 * Adds in one statement; who is in already stays. Returns how many are new. The share lock waits for a deletion
 * under way and looks again, so that no tombstone is left in a group.
 */
export function insertMemberships(
  tx: WorkspaceTx,
  groupId: string,
  memberIds: readonly string[],
): Promise<number> {
  return tx.db.$executeRaw`
    INSERT INTO "GroupMembership" ("workspaceId", "groupId", "memberId")
    SELECT "workspaceId", ${groupId}::uuid, "id" FROM "Member"
    WHERE "workspaceId" = ${tx.scope.workspaceId}::uuid AND "id" = ANY(${[...memberIds]}::uuid[])
      AND "deletedAt" IS NULL
    ORDER BY "id" FOR SHARE
    ON CONFLICT DO NOTHING`;
}

/** Removes the listed ones in one statement. Returns how many were in. */
export function deleteMemberships(
  tx: WorkspaceTx,
  groupId: string,
  memberIds: readonly string[],
): Promise<number> {
  return tx.db.$executeRaw`
    DELETE FROM "GroupMembership"
    WHERE "workspaceId" = ${tx.scope.workspaceId}::uuid AND "groupId" = ${groupId}::uuid
      AND "memberId" = ANY(${memberIds.filter(isId)}::uuid[])`;
}

/** Removes everybody who is not listed. */
export function deleteOtherMemberships(
  tx: WorkspaceTx,
  groupId: string,
  keepIds: readonly string[],
): Promise<number> {
  return tx.db.$executeRaw`
    DELETE FROM "GroupMembership"
    WHERE "workspaceId" = ${tx.scope.workspaceId}::uuid AND "groupId" = ${groupId}::uuid
      AND NOT ("memberId" = ANY(${keepIds.filter(isId)}::uuid[]))`;
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
