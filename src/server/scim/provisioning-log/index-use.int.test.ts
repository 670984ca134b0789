import { beforeAll, expect, it } from "vitest";

import { useTestDatabase } from "../../../../tests/support/database";
import { makeWorkspace } from "../../../../tests/support/factories";
import { db, Prisma, type WorkspaceScope } from "#server/db/index";
import { firstIdAt, newId } from "#server/kernel/ids";

import type { LogFilter } from "./exchange";
import { exchangesQuery } from "./exchanges.repo";

useTestDatabase();

const START = Date.UTC(2026, 10, 1);
const SOMEBODY = newId();
let scope: WorkspaceScope;

beforeAll(async () => {
  scope = (await makeWorkspace()).scope;
  const other = (await makeWorkspace()).scope;
  for (const { workspaceId } of [scope, other]) {
    await db().$executeRaw`
      INSERT INTO "ScimExchange" ("id", "workspaceId", "at", "durationMs", "tokenKind", "method", "path", "status",
        "outcome", "action", "isWrite", "subjectIds", "answerBody")
      SELECT (lpad(to_hex(${START}::bigint + n * 1000), 12, '0') || '70008000' || substr(md5(n || ${workspaceId}), 1, 12))::uuid,
        ${workspaceId}::uuid, to_timestamp(${START / 1000}::float8 + n), 1, 'pasted', 'GET', '/Users', 200,
        (CASE WHEN n % 500 = 0 THEN 'refused' ELSE 'done' END)::"ScimOutcome", 'users.listed', n % 4 = 0,
        CASE WHEN n % 2000 = 0 THEN ARRAY[${SOMEBODY}::uuid] ELSE ARRAY[md5((n % 3000)::text)::uuid] END, repeat('x', 500)
      FROM generate_series(1, 20000) AS n`;
  }
  await db().$executeRawUnsafe(`ANALYZE "ScimExchange"`);
});

const minute = (minutes: number) => new Date(START + minutes * 60_000);

it.each<[string, LogFilter & { before?: string }]>([
  ["the newest rows", {}],
  ["a page in the middle", { before: firstIdAt(minute(150)) }],
  ["writes", { writesOnly: true }],
  ["an outcome that never was", { outcome: "failed" }],
  ["all that went wrong", { outcome: ["refused", "failed"] }],
  ["a person", { subjectId: SOMEBODY }],
  ["a person's refusals", { subjectId: SOMEBODY, outcome: "refused" }],
  ["a span of time", { from: minute(30), to: minute(31) }],
])("finds %s through an index", async (_what, filter) => {
  const query = exchangesQuery(scope, { ...filter, limit: 51 });
  const rows = await db().$queryRaw<Record<string, string>[]>(Prisma.sql`EXPLAIN ${query}`);
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toMatch(/Index Cond/);
  expect(plan).not.toMatch(/Seq Scan/);
});
