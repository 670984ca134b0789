import { beforeAll, expect, it } from "vitest";

import { useTestDatabase } from "../../../../tests/support/database";
import { makeMember, makeWorkspace } from "../../../../tests/support/factories";
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
    INSERT INTO "Member" ("id", "workspaceId", "userName", "userNameLower", "externalId", "displayName", "email",
      "emailLower", "scimManaged", "scimAttributes", "name", "role", "source", "updatedAt")
    SELECT gen_random_uuid(), ${workspaceId}::uuid, 'p' || n, 'p' || n, 'e' || n, 'Person ' || n, 'p' || n, 'p' || n,
      n % 10 > 0, jsonb_build_object(
        'title', 'Title ' || n, 'preferredLanguage', 'x-' || n,
        'name', jsonb_build_object('givenName', 'G' || n, 'familyName', 'F' || n),
        'emails', jsonb_build_array(jsonb_build_object('type', 'work', 'value', 'P' || n, 'primary', TRUE)),
        'phoneNumbers', jsonb_build_array(jsonb_build_object('type', 'mobile', 'value', '+' || n)),
        'addresses', jsonb_build_array(jsonb_build_object('type', 'work', 'country', 'C' || n)),
        'roles', jsonb_build_array(jsonb_build_object('value', 'R' || n, 'primary', TRUE)),
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', jsonb_build_object('department', 'D' || n,
          'employeeNumber', 'N' || n, 'manager', jsonb_build_object('value', 'M' || n)),
        'urn:acme:2.0:User', jsonb_build_object('badge', 'B' || n, 'desk', jsonb_build_object('floor', 'L' || n))),
      'P', 'editor', 'scim', now()
    FROM generate_series(1, 5000) AS n`;
  await db().$executeRaw`
    INSERT INTO "Group" ("id", "workspaceId", "displayName", "displayNameLower", "externalId", "updatedAt")
    SELECT gen_random_uuid(), ${workspaceId}::uuid, 'g' || n, 'g' || n, 'x' || n, now()
    FROM generate_series(1, 5000) AS n`;
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

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const ID = "0190a1b2-0000-7000-8000-000000000000";

it.each([
  ['userName eq "P77"', /userNameLower" = /],
  ['userName sw "P77"', /userNameLower" >= /],
  ['userName gt "p4999"', /userNameLower" > /],
  ['userName eq "p77" and active eq true', /userNameLower" = /],
  ['externalId eq "e77"', /externalId" = /],
  ['externalId sw "e77"', /externalId" >= /],
  ['displayName eq "PERSON 77"', /lower\("displayName"\).* = /],
  ['displayName sw "PERSON 77"', /lower\("displayName"\).* >= /],
  [`id eq "${ID}"`, /id = /],
  [`id eq "${ID}" and manager eq "M77"`, /id = /],
])("finds users by %s through an index of that column", async (filter, index) => {
  const condition = compileFilter(parseFilter(filter), (path) => userOperand(path, ""));
  const plan = await planOf('"Member" m', condition);
  expect(plan).toMatch(new RegExp(`Index Cond:.*${index.source}`));
  expect(plan).not.toContain("Seq Scan");
});

it.each([
  'emails[type eq "work"].value eq "p77"',
  'emails.value eq "p77"',
  'emails eq "p77"',
  'phoneNumbers[type eq "mobile"].value eq "+77"',
  'addresses[type eq "work"].country eq "c77"',
  'roles[primary eq "True"].value eq "r77"',
  'roles eq "R77"',
  'title eq "title 77"',
  'preferredLanguage eq "X-77"',
  'name.givenName eq "g77"',
  'name.familyName eq "f77"',
  `${ENTERPRISE}:department eq "d77"`,
  `${ENTERPRISE}:employeeNumber eq "n77"`,
  'manager eq "M77"',
  'urn:acme:2.0:User:badge eq "b77"',
  'urn:acme:2.0:User:desk.floor eq "l77"',
])("finds exactly one user by %s, through the index of all values", async (filter) => {
  const condition = compileFilter(parseFilter(filter), (path) => userOperand(path, ""));
  const plan = await planOf('"Member" m', condition);
  expect(plan).toContain("Member_scimAttributes_texts_idx");
  expect(plan).not.toContain('Seq Scan on "Member"');
  const rows = await db().$queryRawUnsafe<{ userName: string }[]>(
    `SELECT m."userName" FROM "Member" m WHERE ${sqlText(condition)}`,
    ...condition.values,
  );
  expect(rows).toEqual([{ userName: "p77" }]);
});

it("finds by the address in its column those whom SCIM has not written, and by no address those it has", async () => {
  const outsider = (await makeWorkspace()).scope;
  await makeMember(outsider, { userName: "Only.Column@example.test" });
  const find = (filter: string) => {
    const condition = compileFilter(parseFilter(filter), (path) => userOperand(path, ""));
    return db().$queryRawUnsafe<unknown[]>(
      `SELECT 1 FROM "Member" m WHERE m."workspaceId" = '${outsider.workspaceId}' AND ${sqlText(condition)}`,
      ...condition.values,
    );
  };
  for (const filter of [
    'emails[type eq "work"].value eq "only.column@example.test"',
    'emails.value eq "ONLY.column@example.test"',
    'emails[type eq "work"]',
    'emails.type eq "work"',
    'emails[type eq "work" and primary eq "True"]',
  ])
    expect(await find(filter), filter).toHaveLength(1);
  expect(await find('emails[type eq "home"].value eq "only.column@example.test"')).toHaveLength(0);
});

it.each([
  ['displayName eq "G77"', /displayNameLower" = /],
  ['displayName sw "G77"', /displayNameLower" >= /],
  ['externalId eq "x77"', /externalId" = /],
  [`id eq "${ID}"`, /id = /],
])("finds groups by %s through an index", async (filter, index) => {
  const condition = compileFilter(parseFilter(filter), (path) => groupOperand(path, ""));
  expect(await planOf('"Group" g', condition)).toMatch(new RegExp(`Index Cond:.*${index.source}`));
});
