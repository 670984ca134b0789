import { db, Prisma, type WorkspaceScope } from "#server/db/index";
import type { Group, Member } from "#server/directory/index";
import { isId } from "#server/kernel/ids";

import { joinSql, rawSql, sql, type SqlFragment } from "./filter/sql";
import type { MemberReference } from "./resources/group-resource";
import type { GroupReference } from "./resources/user-resource";

/** One page of a search; `offset` is zero-based. */
export interface PageRequest {
  readonly condition: SqlFragment;
  /** Expressions to order by before (createdAt, id), which makes every order total. */
  readonly order: SqlFragment | null;
  readonly offset: number;
  readonly limit: number;
}

export interface Page<T> {
  readonly rows: T[];
  readonly total: number;
}

const toPrisma = (fragment: SqlFragment): Prisma.Sql =>
  new Prisma.Sql([...fragment.strings], [...fragment.values]);

/** The workspace's living members, active or not, that meet a condition on alias `m`. */
export function searchMembers(scope: WorkspaceScope, page: PageRequest): Promise<Page<Member>> {
  return search<Member>(
    sql`"Member" m WHERE m."workspaceId" = ${scope.workspaceId}::uuid AND m."deletedAt" IS NULL AND ${page.condition}`,
    "m",
    page,
  );
}

/** The workspace's groups that meet a condition on alias `g`. */
export function searchGroups(scope: WorkspaceScope, page: PageRequest): Promise<Page<Group>> {
  return search<Group>(
    sql`"Group" g WHERE g."workspaceId" = ${scope.workspaceId}::uuid AND ${page.condition}`,
    "g",
    page,
  );
}

async function search<T>(from: SqlFragment, alias: "m" | "g", page: PageRequest): Promise<Page<T>> {
  const tiebreak = rawSql(`${alias}."createdAt", ${alias}."id"`);
  const order = page.order === null ? tiebreak : joinSql([page.order, tiebreak], ", ");
  const rows =
    page.limit === 0
      ? []
      : await db().$queryRaw<T[]>(
          toPrisma(
            sql`SELECT ${rawSql(`${alias}.*`)} FROM ${from} ORDER BY ${order} LIMIT ${page.limit}::int OFFSET ${page.offset}::int`,
          ),
        );
  // A page that is not full tells the total by itself; the match queries of Entra never need the second statement.
  if (page.limit > 0 && rows.length < page.limit && (rows.length > 0 || page.offset === 0)) {
    return { rows, total: page.offset + rows.length };
  }
  const [counted] = await db().$queryRaw<{ total: number }[]>(
    toPrisma(sql`SELECT count(*)::int AS total FROM ${from}`),
  );
  return { rows, total: counted?.total ?? 0 };
}

/** The groups of these members, by member id, oldest membership first. */
export async function findGroupsOf(
  scope: WorkspaceScope,
  memberIds: readonly string[],
): Promise<Map<string, GroupReference[]>> {
  const found = new Map<string, GroupReference[]>();
  if (memberIds.length === 0) return found;
  const rows = await db().groupMembership.findMany({
    where: { workspaceId: scope.workspaceId, memberId: { in: [...memberIds] } },
    select: { memberId: true, group: { select: { id: true, displayName: true } } },
    orderBy: [{ createdAt: "asc" }, { groupId: "asc" }],
  });
  for (const { memberId, group } of rows) append(found, memberId, group);
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
