import { db, Prisma, sqlOnPool, type WorkspaceScope } from "#server/db/index";
import { firstIdAt } from "#server/kernel/ids";

import type { Exchange, LogFilter, NewExchange, ScimAction } from "./exchange";

/** A row of the log without its bodies; of thousands of subjects it has the first twenty. */
export interface ExchangeRow extends Exchange {
  readonly subjectCount: number;
}

export interface ExchangeBodies {
  readonly requestBody: string | null;
  readonly answerBody: string | null;
}

const COLUMNS = Prisma.raw(
  `e."id", e."at", e."durationMs", e."tokenKind", e."method", e."path", e."status", e."outcome",
   e."scimType", e."detail", e."action", e."facts", e."subjectIds"[1:20] AS "subjectIds",
   COALESCE(cardinality(e."subjectIds"), 0) AS "subjectCount"`,
);
const BODIES = Prisma.raw(`, e."requestBody", e."answerBody"`);

export interface LogPage extends LogFilter {
  /** The last id of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Rows of the workspace's log, newest first, without their bodies. */
export function findExchanges(scope: WorkspaceScope, page: LogPage): Promise<ExchangeRow[]> {
  return db().$queryRaw<ExchangeRow[]>(exchangesQuery(scope, page));
}

/** The same rows with their bodies. */
export function findWholeExchanges(
  scope: WorkspaceScope,
  page: LogPage,
): Promise<(ExchangeRow & ExchangeBodies)[]> {
  return db().$queryRaw<(ExchangeRow & ExchangeBodies)[]>(
    exchangesQuery(scope, page, Prisma.sql`${COLUMNS}${BODIES}`),
  );
}

/**
 * The query of one page. Each outcome is walked backwards on its own index and the walks are merged: with several
 * outcomes in one condition PostgreSQL would read the whole log in search of a few rare failures.
 */
export function exchangesQuery(
  scope: WorkspaceScope,
  page: LogPage,
  columns: Prisma.Sql = COLUMNS,
): Prisma.Sql {
  const where = conditions(scope, page);
  const { outcome, limit } = page;
  if (outcome === undefined) return one(columns, where, limit);
  const outcomes = typeof outcome === "string" ? [outcome] : [...new Set(outcome)];
  const walks = outcomes.map(
    (each) =>
      Prisma.sql`(${one(columns, Prisma.sql`${where} AND e."outcome" = ${each}::"ScimOutcome"`, limit)})`,
  );
  if (walks.length === 1) return walks[0]!;
  return Prisma.sql`SELECT * FROM (${Prisma.join(walks, " UNION ALL ")}) AS merged ORDER BY "id" DESC LIMIT ${limit}::int`;
}

function one(columns: Prisma.Sql, where: Prisma.Sql, limit: number): Prisma.Sql {
  return Prisma.sql`SELECT ${columns} FROM "ScimExchange" e WHERE ${where} ORDER BY e."id" DESC LIMIT ${limit}::int`;
}

/** Ids carry the time, so a span of time is a range of the same index. */
function conditions(scope: WorkspaceScope, page: LogPage): Prisma.Sql {
  const parts = [Prisma.sql`e."workspaceId" = ${scope.workspaceId}::uuid`];
  if (page.before !== undefined) parts.push(Prisma.sql`e."id" < ${page.before}::uuid`);
  if (page.from !== undefined) parts.push(Prisma.sql`e."id" >= ${firstIdAt(page.from)}::uuid`);
  if (page.to !== undefined) parts.push(Prisma.sql`e."id" < ${firstIdAt(page.to)}::uuid`);
  if (page.writesOnly === true) parts.push(Prisma.sql`e."isWrite"`);
  if (page.subjectId !== undefined)
    parts.push(Prisma.sql`e."subjectIds" @> ARRAY[${page.subjectId}]::uuid[]`);
  return Prisma.join(parts, " AND ");
}

/** One row with its bodies, or null. */
export async function findExchange(
  scope: WorkspaceScope,
  id: string,
): Promise<(ExchangeRow & ExchangeBodies) | null> {
  const rows = await db().$queryRaw<(ExchangeRow & ExchangeBodies)[]>`
    SELECT ${COLUMNS}${BODIES} FROM "ScimExchange" e
    WHERE e."workspaceId" = ${scope.workspaceId}::uuid AND e."id" = ${id}::uuid`;
  return rows[0] ?? null;
}

/** The newest request that was not the self-test's: whether it got past the door decides the connection's health. */
export async function findLastAction(scope: WorkspaceScope): Promise<ScimAction | null> {
  const rows = await db().$queryRaw<{ action: ScimAction }[]>`
    SELECT e."action" FROM "ScimExchange" e
    WHERE e."workspaceId" = ${scope.workspaceId}::uuid AND e."tokenKind" <> 'self_test'
    ORDER BY e."id" DESC LIMIT 1`;
  return rows[0]?.action ?? null;
}

export interface SubjectName {
  readonly id: string;
  readonly kind: "member" | "group";
  readonly name: string;
}

/** Names of members, the deleted ones included, and of groups, in one statement. */
export async function findSubjectNames(
  scope: WorkspaceScope,
  ids: readonly string[],
): Promise<Map<string, SubjectName>> {
  if (ids.length === 0) return new Map();
  const rows = await db().$queryRaw<SubjectName[]>`
    SELECT "id", 'member' AS "kind", "name" FROM "Member"
    WHERE "workspaceId" = ${scope.workspaceId}::uuid AND "id" = ANY(${[...ids]}::uuid[])
    UNION ALL
    SELECT "id", 'group', "displayName" FROM "Group"
    WHERE "workspaceId" = ${scope.workspaceId}::uuid AND "id" = ANY(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Appends rows in one statement, all of them or none. Rows of a workspace that is gone by now are left out.
 * The rows travel as one JSON text: a parameter for each value would meet PostgreSQL's limit of 65,535.
 */
export async function insertExchanges(rows: readonly NewExchange[]): Promise<void> {
  await sqlOnPool()`
    INSERT INTO "ScimExchange" ("id", "workspaceId", "at", "durationMs", "tokenId", "tokenKind", "method", "path",
      "status", "outcome", "scimType", "detail", "action", "isWrite", "facts", "subjectIds", "requestBody", "answerBody")
    SELECT r."id", r."workspaceId", r."at", r."durationMs", r."tokenId", r."tokenKind", r."method", r."path",
      r."status", r."outcome", r."scimType", r."detail", r."action", r."isWrite", r."facts", r."subjectIds",
      r."requestBody", r."answerBody"
    FROM json_populate_recordset(NULL::"ScimExchange", ${JSON.stringify(rows)}::json) r
    WHERE EXISTS (SELECT 1 FROM "Workspace" w WHERE w."id" = r."workspaceId")
    ON CONFLICT ("id") DO NOTHING`;
}
