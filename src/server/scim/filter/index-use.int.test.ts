import { beforeAll, expect, it } from "vitest";

import { useTestDatabase } from "../../../../tests/support/database";
import { makeWorkspace } from "../../../../tests/support/factories";
import { db } from "#server/db/index";

import { compileFilter } from "./compile";
import { groupOperand } from "./group-operands";
import { parseFilter } from "./parser";
import { sqlText, type SqlFragment } from "./sql";
import { userOperand } from "./user-operands";

useTestDatabase();

let workspaceId = "";
beforeAll(async () => {
  workspaceId = (await makeWorkspace()).workspace.id;
  await db().$executeRaw`
    INSERT INTO "Member" ("id", "workspaceId", "userName", "userNameLower", "externalId", "name", "role", "source", "updatedAt")
    SELECT gen_random_uuid(), ${workspaceId}::uuid, 'p' || n, 'p' || n, 'e' || n, 'P', 'editor', 'scim', now()
    FROM generate_series(1, 5000) AS n`;
  await db().$executeRaw`
    INSERT INTO "Group" ("id", "workspaceId", "displayName", "displayNameLower", "updatedAt")
    SELECT gen_random_uuid(), ${workspaceId}::uuid, 'g' || n, 'g' || n, now() FROM generate_series(1, 5000) AS n`;
  await db().$executeRawUnsafe(`ANALYZE "Member", "Group"`);
});

async function planOf(table: string, condition: SqlFragment): Promise<string> {
  const scope = `"workspaceId" = $${condition.values.length + 1}::uuid`;
  const statement = `EXPLAIN SELECT * FROM ${table} WHERE ${scope} AND ${sqlText(condition)}`;
  const rows = await db().$queryRawUnsafe<Record<string, string>[]>(
    statement,
    ...condition.values,
    workspaceId,
  );
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

it.each([
  'userName eq "P77"',
  'externalId eq "e77"',
  'id eq "0190a1b2-0000-7000-8000-000000000000"',
  'userName eq "p77" and active eq true',
])("finds users by %s through an index", async (filter) => {
  const condition = compileFilter(parseFilter(filter), (path) => userOperand(path, ""));
  expect(await planOf('"Member" m', condition)).toMatch(/Index Cond.*(userNameLower|externalId|\(id = )/s);
});

it.each(['displayName eq "G77"', 'id eq "0190a1b2-0000-7000-8000-000000000000"'])(
  "finds groups by %s through an index",
  async (filter) => {
    const condition = compileFilter(parseFilter(filter), (path) => groupOperand(path, ""));
    expect(await planOf('"Group" g', condition)).toMatch(/Index Cond.*(displayNameLower|\(id = )/s);
  },
);
