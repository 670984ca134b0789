import { db, sqlOnPool, type WorkspaceScope } from "#server/db/index";
import { isId } from "#server/kernel/ids";

import type { MemberReference } from "./resources/group-resource";
import type { GroupReference } from "./resources/user-resource";

/** The groups of these members, by member id, oldest membership first. */
export async function findGroupsOf(
  scope: WorkspaceScope,
  memberIds: readonly string[],
): Promise<Map<string, GroupReference[]>> {
  const found = new Map<string, GroupReference[]>();
  if (memberIds.length === 0) return found;
  const rows = await sqlOnPool()<GroupReference & { readonly memberId: string }>`
    SELECT gm."memberId", g."id", g."displayName"
    FROM "GroupMembership" gm JOIN "Group" g ON g."workspaceId" = gm."workspaceId" AND g."id" = gm."groupId"
    WHERE gm."workspaceId" = ${scope.workspaceId}::uuid AND gm."memberId" = ANY(${[...memberIds]}::uuid[])
    ORDER BY gm."createdAt", gm."groupId"`;
  for (const { memberId, id, displayName } of rows) append(found, memberId, { id, displayName });
  return found;
}

/** The members of these groups, by group id; one statement however many groups. */
export async function findMembersOf(
  scope: WorkspaceScope,
  groupIds: readonly string[],
): Promise<Map<string, MemberReference[]>> {
  const found = new Map<string, MemberReference[]>();
  if (groupIds.length === 0) return found;
  const rows = await db().$queryRaw<{ groupId: string; id: string; name: string }[]>`
    SELECT gm."groupId", m."id", m."name"
    FROM "GroupMembership" gm
    JOIN "Member" m ON m."workspaceId" = gm."workspaceId" AND m."id" = gm."memberId"
    WHERE gm."workspaceId" = ${scope.workspaceId}::uuid AND gm."groupId" = ANY(${[...groupIds]}::uuid[])
      AND m."deletedAt" IS NULL
    ORDER BY gm."createdAt", m."id"`;
  for (const { groupId, id, name } of rows) append(found, groupId, { id, name });
  return found;
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Names of living members by id; ids that are nobody's here are left out. */
export async function findMemberNames(
  scope: WorkspaceScope,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const known = ids.filter(isId);
  if (known.length === 0) return new Map();
  const rows = await db().member.findMany({
    where: { workspaceId: scope.workspaceId, id: { in: known }, deletedAt: null },
    select: { id: true, name: true },
  });
  return new Map(rows.map((row) => [row.id, row.name]));
}
