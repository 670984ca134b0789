import { sqlOnPool, type WorkspaceScope } from "#server/db/index";
import type { Group, Member } from "#server/directory/index";

import { joinSql, rawSql, sql, type SqlFragment } from "./filter/sql";
import type { GroupReference } from "./resources/user-resource";

/** What to order by before (createdAt, id), which make every order total. */
export interface Order {
  readonly expression: SqlFragment;
  /** PostgreSQL's type of the expression; a cursor carries the value as text. */
  readonly type: "text" | "uuid" | "boolean" | "timestamptz";
}

export interface Search {
  /** Null for everything. */
  readonly condition: SqlFragment | null;
  readonly order: Order | null;
  /** All keys turn together, so that an index can be walked either way. */
  readonly descending: boolean;
}

/** Where a resource stands in an order; the next page begins behind it. */
export interface Position {
  readonly sortKey: string | null;
  /** ISO 8601, exact to the stored millisecond. */
  readonly createdAt: string;
  readonly id: string;
}

export interface PageRequest extends Search {
  /** A zero-based offset, or the position to go on behind. */
  readonly from: number | Position;
  readonly limit: number;
}

export interface Page<T> {
  readonly rows: T[];
  readonly total: number;
  /** The position of the last row, or null when nothing comes behind it. */
  readonly next: Position | null;
}

interface Source {
  readonly table: SqlFragment;
  readonly alias: "m" | "g";
  /** What each row brings beside its table's columns. */
  readonly beside: SqlFragment | null;
  /** Which rows there are at all. */
  readonly scope: SqlFragment;
  readonly count: SqlFragment;
}

type Row<T> = T & { readonly id: string; readonly createdAt: Date; readonly sortKey: string | null };

/** A member with their groups, oldest membership first, where those were asked for. */
export interface FoundMember extends Member {
  readonly groups?: readonly GroupReference[];
}

/**
 * The workspace's living members, active or not, that meet a condition on alias `m`. Their groups come by the same
 * statement: a second one would cost a match as much as the first.
 */
export function searchMembers(
  { workspaceId }: WorkspaceScope,
  page: PageRequest,
  withGroups: boolean,
): Promise<Page<FoundMember>> {
  return search(
    {
      table: sql`"Member"`,
      alias: "m",
      beside: withGroups ? GROUPS : null,
      scope: sql`m."workspaceId" = ${workspaceId}::uuid AND m."deletedAt" IS NULL`,
      count: tally(workspaceId, "member"),
    },
    page,
  );
}

/** The workspace's groups that meet a condition on alias `g`. */
export function searchGroups({ workspaceId }: WorkspaceScope, page: PageRequest): Promise<Page<Group>> {
  return search(
    {
      table: sql`"Group"`,
      alias: "g",
      beside: null,
      scope: sql`g."workspaceId" = ${workspaceId}::uuid`,
      count: tally(workspaceId, "group"),
    },
    page,
  );
}

const GROUPS = sql`(
    SELECT coalesce(json_agg(json_build_object('id', x."id", 'displayName', x."displayName")
      ORDER BY gm."createdAt", gm."groupId"), '[]')
    FROM "GroupMembership" gm JOIN "Group" x ON x."workspaceId" = gm."workspaceId" AND x."id" = gm."groupId"
    WHERE gm."workspaceId" = m."workspaceId" AND gm."memberId" = m."id"
  ) AS "groups"`;

/** Counting rows costs as much as there are; the tally is kept by triggers and as exact (docs/decisions/0012-scale.md). */
function tally(workspaceId: string, kind: "member" | "group"): SqlFragment {
  return sql`SELECT coalesce(sum("change"), 0)::int AS total FROM "ResourceTally"
    WHERE "workspaceId" = ${workspaceId}::uuid AND "kind" = ${kind}::"ResourceKind"`;
}

async function search<T>(source: Source, page: PageRequest): Promise<Page<T>> {
  const rows: Row<T>[] = [];
  // One row more than asked for tells whether anything follows.
  for (const statement of page.limit === 0 ? [] : statements(source, page, page.limit + 1)) {
    if (rows.length <= page.limit) rows.push(...(await query<Row<T>>(statement)));
  }
  const more = rows.length > page.limit;
  const found = rows.slice(0, page.limit);
  const last = found.at(-1);
  const next =
    more && last ? { sortKey: last.sortKey, createdAt: last.createdAt.toISOString(), id: last.id } : null;
  // The last page tells the total by itself; the match queries of Entra never need the second statement.
  const known =
    !more && typeof page.from === "number" && (found.length > 0 || (page.from === 0 && page.limit > 0));
  const total = known ? page.from + found.length : await count(source, page.condition);
  return { rows: found, total, next };
}

async function count(source: Source, condition: SqlFragment | null): Promise<number> {
  const statement =
    condition === null
      ? source.count
      : sql`SELECT count(*)::int AS total FROM ${source.table} ${rawSql(source.alias)} WHERE ${source.scope} AND ${condition}`;
  return (await query<{ total: number }>(statement))[0]!.total;
}

/** The statements whose rows, one after the other, are the page. A second one is there for what sorts last or first by having no value. */
function statements(source: Source, page: PageRequest, limit: number): SqlFragment[] {
  const { table, scope } = source;
  const alias = rawSql(source.alias);
  const where = page.condition === null ? scope : sql`${scope} AND ${page.condition}`;
  const sortKey = page.order ? sql`(${page.order.expression})::text` : sql`NULL::text`;
  const columns = joinSql(
    [sql`${alias}.*`, sql`${sortKey} AS "sortKey"`, ...(source.beside ? [source.beside] : [])],
    ", ",
  );
  const order = orderBy(source.alias, page);
  if (typeof page.from !== "number") {
    return behind(source.alias, page, page.from).map(
      (keys) =>
        sql`SELECT ${columns} FROM ${table} ${alias} WHERE ${where} AND ${keys} ORDER BY ${order} LIMIT ${limit}::int`,
    );
  }
  if (page.from === 0) {
    return [
      sql`SELECT ${columns} FROM ${table} ${alias} WHERE ${where} ORDER BY ${order} LIMIT ${limit}::int`,
    ];
  }
  // What an offset passes over is read from the index alone; only the page's own rows are fetched, one by one, which
  // LATERAL with LIMIT leaves no choice about: a plan for any offset would rather join with the whole table.
  const ids = sql`SELECT ${alias}."id" FROM ${table} ${alias} WHERE ${where}
    ORDER BY ${order} LIMIT ${limit}::int OFFSET ${page.from}::int`;
  return [
    sql`SELECT ${columns} FROM (${ids}) AS p CROSS JOIN LATERAL (
      SELECT ${alias}.* FROM ${table} ${alias} WHERE ${scope} AND ${alias}."id" = p."id" LIMIT 1
    ) AS ${alias} ORDER BY ${order}`,
  ];
}

function orderBy(alias: string, { order, descending }: Search): SqlFragment {
  const keys = [
    ...(order ? [order.expression] : []),
    rawSql(`${alias}."createdAt"`),
    rawSql(`${alias}."id"`),
  ];
  return joinSql(
    keys.map((key) => sql`${key} ${rawSql(descending ? "DESC" : "ASC")}`),
    ", ",
  );
}

/** Conditions for what comes behind a position. Resources without a sort value come last, and first when descending. */
function behind(alias: string, { order, descending }: Search, position: Position): SqlFragment[] {
  const operator = rawSql(descending ? "<" : ">");
  const columns = rawSql(`${alias}."createdAt", ${alias}."id"`);
  const values = sql`${position.createdAt}::timestamptz, ${position.id}::uuid`;
  const rest = sql`(${columns}) ${operator} (${values})`;
  if (order === null) return [rest];
  const key = sql`(${order.expression})`;
  if (position.sortKey === null) {
    const without = sql`${key} IS NULL AND ${rest}`;
    return descending ? [without, sql`${key} IS NOT NULL`] : [without];
  }
  const value = sql`${position.sortKey}::${rawSql(order.type)}`;
  const withValue = sql`(${key}, ${columns}) ${operator} (${value}, ${values})`;
  return descending ? [withValue] : [withValue, sql`${key} IS NULL`];
}

const query = <T>({ strings, values }: SqlFragment): Promise<T[]> => sqlOnPool()<T>(strings, ...values);
