import { Client } from "pg";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  call,
  expectError,
  getGroup,
  getUser,
  ids,
  memberIds,
  memberRefs,
  newGroup,
  newUser,
  newUsers,
  patch,
  unique,
  userBody,
  type Api,
  type Resource,
} from "../../../tests/conformance/scim/api";
import { useTestDatabase } from "../../../tests/support/database";
import { connectScim, type ScimConnection } from "../../../tests/support/scim-in-process";
import { db } from "#server/db/index";
import { clearProcessSlot } from "#server/kernel/slot";

const database = useTestDatabase();

let connection: ScimConnection;
const api: Api = { target: () => connection.target, stranger: () => connection.target };

beforeAll(async () => {
  connection = await connectScim();
});
beforeEach(() => clearProcessSlot("rate-limit.scim"));

const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

const path = (kind: "Users" | "Groups", resource: Resource) => `/${kind}/${String(resource["id"])}`;
const statuses = (entries: readonly { readonly status: number }[]) =>
  entries.map((entry) => entry.status).sort();
const add = (...users: Resource[]) => ({ op: "Add", path: "members", value: memberRefs(...users) });
const remove = (...users: Resource[]) => ({ op: "Remove", path: "members", value: memberRefs(...users) });

/** How many of this database's connections wait for a lock; inside a transaction pg_stat_activity would stand still. */
const WAITING = `SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND pid IN (
  SELECT pid FROM pg_locks WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;

/** A transaction on a connection of its own, because those who wait for it may fill the pool. */
async function inRival<T>(work: (rival: Client) => Promise<T>): Promise<T> {
  const rival = new Client({ connectionString: database.url() });
  await rival.connect();
  try {
    await rival.query("BEGIN");
    return await work(rival);
  } finally {
    await rival.end();
  }
}

const lock = (rival: Client, table: "Member" | "Group", resource: Resource) =>
  rival.query(`SELECT 1 FROM "${table}" WHERE "id" = $1 FOR UPDATE`, [resource["id"]]);

const untilWaiting = (rival: Client, count: number) =>
  expect.poll(async () => (await rival.query(WAITING)).rowCount).toBeGreaterThanOrEqual(count);

/** Holds a row's lock until many of the requests that `start` makes wait for it, so that they truly meet. */
const whileLocked = <T>(table: "Member" | "Group", resource: Resource, start: () => Promise<T>): Promise<T> =>
  inRival(async (rival) => {
    await lock(rival, table, resource);
    const running = start();
    await untilWaiting(rival, 10);
    await rival.query("COMMIT");
    return running;
  });

describe("requests at the same time", () => {
  it("keep all of 25 members whom 25 requests add to one group", async () => {
    const group = await newGroup(api);
    const users = await newUsers(api, 25);
    const answers = await whileLocked("Group", group, () =>
      times(25, (index) => patch(api, path("Groups", group), add(users[index]!))),
    );
    expect(statuses(answers)).toEqual(Array(25).fill(204));
    expect(await memberIds(api, group)).toEqual(ids(...users));
    // Each of them was a change of its own, so that no entity tag stands for two states.
    const { meta } = (await getGroup(api, group["id"])) as { meta: Resource };
    expect(meta["version"]).toBe('W/"26"');
  });

  it("make one of 25 identical users, and call the others duplicates", async () => {
    const body = userBody();
    const answers = await times(25, (index) =>
      call(api, "POST", "/Users", {
        ...body,
        userName: index % 2 === 0 ? body["userName"]! : String(body["userName"]).toUpperCase(),
      }),
    );
    expect(statuses(answers)).toEqual([201, ...Array<number>(24).fill(409)]);
    for (const answer of answers.filter((entry) => entry.status === 409))
      expectError(answer, 409, "uniqueness");
  });

  it("make one of 25 identical groups, and call the others duplicates", async () => {
    const displayName = `Team ${unique()}`;
    const answers = await times(25, () => call(api, "POST", "/Groups", { displayName }));
    expect(statuses(answers)).toEqual([201, ...Array<number>(24).fill(409)]);
    for (const answer of answers.filter((entry) => entry.status === 409))
      expectError(answer, 409, "uniqueness");
  });

  it("let one of 10 groups have a name that all of them want", async () => {
    const groups = await times(10, () => newGroup(api));
    const displayName = `Team ${unique()}`;
    const answers = await times(10, (index) =>
      patch(api, path("Groups", groups[index]!), { op: "replace", value: { displayName } }),
    );
    expect(statuses(answers)).toEqual([204, ...Array<number>(9).fill(409)]);
  });

  it("keep every attribute when each changes another one of the same user", async () => {
    const user = await newUser(api);
    const changes: Record<string, string> = {
      "name.givenName": "Given",
      "name.familyName": "Family",
      "name.formatted": "Formatted",
      displayName: "Display",
      title: "Title",
      preferredLanguage: "fr-FR",
      externalId: "external",
      locale: "fr",
      timezone: "Europe/Paris",
      'emails[type eq "work"].value': "work@contoso.example",
      'emails[type eq "other"].value': "other@contoso.example",
      'phoneNumbers[type eq "work"].value': "1",
      'phoneNumbers[type eq "mobile"].value': "2",
      'addresses[type eq "work"].country': "France",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "Dept",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter": "Centre",
    };
    const answers = await whileLocked("Member", user, () =>
      Promise.all(
        Object.entries(changes).map(([attribute, value]) =>
          patch(api, path("Users", user), { op: "Replace", path: attribute, value }),
        ),
      ),
    );
    expect(new Set(statuses(answers))).toEqual(new Set([200]));
    expect(await getUser(api, user["id"])).toMatchObject({
      name: { givenName: "Given", familyName: "Family", formatted: "Formatted" },
      displayName: "Display",
      title: "Title",
      preferredLanguage: "fr-FR",
      externalId: "external",
      locale: "fr",
      timezone: "Europe/Paris",
      emails: expect.arrayContaining([
        expect.objectContaining({ type: "work", value: "work@contoso.example" }),
        expect.objectContaining({ type: "other", value: "other@contoso.example" }),
      ]) as Resource[],
      phoneNumbers: expect.arrayContaining([
        expect.objectContaining({ type: "work", value: "1" }),
        expect.objectContaining({ type: "mobile", value: "2" }),
      ]) as Resource[],
      addresses: [expect.objectContaining({ country: "France" })],
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
        department: "Dept",
        costCenter: "Centre",
      },
    });
  });

  it("bring no deadlock to the client when people and groups change and go in opposite orders", async () => {
    for (let round = 0; round < 3; round++) {
      clearProcessSlot("rate-limit.scim");
      const users = await newUsers(api, 12);
      const groups = await times(6, () => newGroup(api));
      for (const group of groups) await patch(api, path("Groups", group), add(...users));
      const reversed = users.toReversed();
      const answers = await Promise.all([
        ...groups.map((group, index) =>
          patch(api, path("Groups", group), remove(...(index % 2 === 0 ? users : reversed).slice(0, 8))),
        ),
        ...groups
          .toReversed()
          .map((group, index) =>
            patch(api, path("Groups", group), add(...(index % 2 === 0 ? reversed : users).slice(2, 10))),
          ),
        ...users.slice(0, 4).map((user) => call(api, "DELETE", path("Users", user))),
        ...reversed
          .slice(0, 4)
          .map((user) => patch(api, path("Users", user), { op: "Replace", path: "active", value: "False" })),
        ...groups.slice(0, 3).map((group) => call(api, "DELETE", path("Groups", group))),
        ...users.map((user) =>
          patch(api, path("Users", user), { op: "Replace", path: "title", value: "New" }),
        ),
      ]);
      // What came after a deletion finds nothing; everything else is done, and nothing fails.
      expect(new Set(statuses(answers))).toEqual(new Set([200, 204, 404]));
      const gone = users.slice(0, 4).map((user) => String(user["id"]));
      for (const user of users.slice(0, 4)) expectError(await call(api, "GET", path("Users", user)), 404);
      for (const group of groups.slice(0, 3)) expectError(await call(api, "GET", path("Groups", group)), 404);
      expect(await db().groupMembership.count({ where: { memberId: { in: gone } } })).toBe(0);
    }
  });

  it("are tried again when the database breaks a deadlock at their cost", async () => {
    const group = await newGroup(api);
    const [first, second] = (await newUsers(api, 2)) as [Resource, Resource];
    const answer = await inRival(async (rival) => {
      // Who waits longer before looking for a deadlock is not the one who gives way.
      await rival.query("SET LOCAL deadlock_timeout = '60s'");
      await lock(rival, "Member", second);
      const adding = patch(api, path("Groups", group), add(first, second));
      await untilWaiting(rival, 1);
      await lock(rival, "Group", group);
      await rival.query("COMMIT");
      return adding;
    });
    expect(answer.status).toBe(204);
    expect(await memberIds(api, group)).toEqual(ids(first, second));
  });
});
