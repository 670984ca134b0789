import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  call,
  expectError,
  memberIds,
  newGroup,
  patch,
  patchGroup,
  type Api,
  type Resource,
} from "../../../tests/conformance/scim/api";
import { useTestDatabase } from "../../../tests/support/database";
import { connectScim, type ScimConnection } from "../../../tests/support/scim-in-process";
import { db } from "#server/db/index";
import { newId } from "#server/kernel/ids";
import { clearProcessSlot } from "#server/kernel/slot";

useTestDatabase();

let connection: ScimConnection;
let people: string[] = [];
const api: Api = { target: () => connection.target, stranger: () => connection.target };

beforeAll(async () => {
  connection = await connectScim();
  const rows = await db().$queryRaw<{ id: string }[]>`
    INSERT INTO "Member" ("id", "workspaceId", "userName", "userNameLower", "name", "role", "source", "updatedAt")
    SELECT gen_random_uuid(), ${connection.scope.workspaceId}::uuid, 'p' || n, 'p' || n, 'P', 'editor', 'scim', now()
    FROM generate_series(1, 3000) AS n RETURNING "id"`;
  people = rows.map((row) => row.id).sort();
});
beforeEach(() => clearProcessSlot("rate-limit.scim"));

const refs = (ids: readonly string[]) => ids.map((value) => ({ $ref: null, value }));
const versionOf = async (group: Resource) =>
  (await db().group.findUniqueOrThrow({ where: { id: String(group["id"]) } })).version;
const path = (group: Resource) => `/Groups/${String(group["id"])}`;

describe("a large group", () => {
  it("takes 2,000 members in one operation and loses 1,000 by as many operations in one request", async () => {
    const group = await newGroup(api);
    await patchGroup(api, group, { op: "Add", path: "members", value: refs(people.slice(0, 2000)) });
    expect(await memberIds(api, group)).toEqual(people.slice(0, 2000));
    const removals = people
      .slice(500, 1500)
      .map((id) => ({ op: "remove", path: `members[value eq "${id}"]` }));
    await patchGroup(api, group, ...removals);
    expect(await memberIds(api, group)).toEqual([...people.slice(0, 500), ...people.slice(1500, 2000)]);
    expect(await versionOf(group)).toBe(3);
  });

  it("becomes exactly what a PUT or a replace lists, who stays keeping the old row", async () => {
    const group = await newGroup(api);
    await patchGroup(api, group, { op: "Add", path: "members", value: refs(people.slice(0, 2000)) });
    const kept = () =>
      db().groupMembership.findMany({
        where: { groupId: String(group["id"]), memberId: { in: people.slice(1000, 2000) } },
        orderBy: { memberId: "asc" },
      });
    const before = await kept();
    expect(before).toHaveLength(1000);
    const body = { displayName: group["displayName"]!, members: refs(people.slice(1000, 3000)) };
    expect((await call(api, "PUT", path(group), body)).status).toBe(200);
    expect(await memberIds(api, group)).toEqual(people.slice(1000, 3000));
    expect(await kept()).toEqual(before);
    await patchGroup(api, group, { op: "replace", path: "members", value: refs(people.slice(0, 10)) });
    expect(await memberIds(api, group)).toEqual(people.slice(0, 10));
  });

  it("is not touched, and keeps its version, when nothing is new", async () => {
    const group = await newGroup(api);
    await patchGroup(api, group, { op: "Add", path: "members", value: refs(people.slice(0, 100)) });
    const version = await versionOf(group);
    await patchGroup(api, group, { op: "Add", path: "members", value: refs(people.slice(50, 100)) });
    await patchGroup(api, group, { op: "Remove", path: "members", value: refs(people.slice(200, 300)) });
    await patchGroup(api, group, { op: "replace", path: "members", value: refs(people.slice(0, 100)) });
    expect(await versionOf(group)).toBe(version);
  });

  it("stays as it was when one of many ids is unknown, with the id named", async () => {
    const group = await newGroup(api);
    const unknown = newId();
    for (const operation of [
      { op: "Add", path: "members", value: refs([...people.slice(0, 500), unknown]) },
      { op: "replace", path: "members", value: refs([...people.slice(0, 500), unknown]) },
      { op: "Add", path: "members", value: refs([...people.slice(0, 500), "u_9c2"]) },
    ]) {
      const detail = expectError(await patch(api, path(group), operation), 400, "invalidValue");
      expect(detail).toMatch(new RegExp(`${unknown}|u_9c2`));
    }
    expect(await memberIds(api, group)).toEqual([]);
    expect(await versionOf(group)).toBe(1);
  });

  it("changes by at most 10,000 members in one request", async () => {
    const group = await newGroup(api);
    const many = Array.from({ length: 10_001 }, (_, index) => ({ value: people[index % people.length]! }));
    const detail = expectError(
      await patch(api, path(group), { op: "Add", path: "members", value: many }),
      400,
      "tooMany",
    );
    expect(detail).toContain("10000");
    await patchGroup(api, group, { op: "Add", path: "members", value: many.slice(0, 10_000) });
    expect(await memberIds(api, group)).toEqual(people);
  });
});
