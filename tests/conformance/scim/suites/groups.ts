import { describe, expect, it } from "vitest";

import {
  call,
  expectError,
  find,
  filterQuery,
  getGroup,
  getUser,
  GROUP,
  ids,
  memberIds,
  memberRefs,
  newGroup,
  newUsers,
  patch,
  patchGroup,
  patchUser,
  resourceOf,
  unique,
  type Api,
  type Resource,
} from "../api";

/** Groups and their members. */
export function groupsSuite(api: Api): void {
  describe("groups", () => {
    it("creates a group with Microsoft's own schema listed, and members as an empty list", async () => {
      const displayName = `Design ${unique()}`;
      const entry = await call(api, "POST", "/Groups", {
        schemas: [GROUP, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
        externalId: "5f0a7c1e",
        displayName,
        meta: { resourceType: "Group" },
      });
      const group = resourceOf(entry, 201, "Group");
      expect(group).toMatchObject({ schemas: [GROUP], externalId: "5f0a7c1e", displayName, members: [] });
      expect(entry.headers.get("location")).toBe(`${api.target().baseUrl}/Groups/${String(group["id"])}`);
      expect((await find(api, "Group", filterQuery('externalId eq "5f0a7c1e"'))).total).toBeGreaterThan(0);
    });

    it("refuses a displayName that is taken in any case, or missing", async () => {
      expect.hasAssertions();
      const group = await newGroup(api);
      const displayName = String(group["displayName"]).toUpperCase();
      expectError(await call(api, "POST", "/Groups", { displayName }), 409, "uniqueness");
      const other = await newGroup(api);
      const rename = { op: "replace", value: { displayName } };
      expectError(await patch(api, `/Groups/${String(other["id"])}`, rename), 409, "uniqueness");
      expectError(await call(api, "POST", "/Groups", { externalId: "x" }), 400, "invalidValue");
      expectError(await call(api, "POST", "/Groups", { displayName: " " }), 400, "invalidValue");
    });

    it("renames in every dialect without touching the members", async () => {
      const [user] = await newUsers(api, 1);
      const group = await newGroup(api, { members: memberRefs(user!) });
      const names = [unique(), unique(), unique(), unique()].map((mark) => `Renamed ${mark}`);
      await patchGroup(api, group, { op: "Replace", path: "displayName", value: names[0]! });
      await patchGroup(api, group, { op: "replace", value: { displayName: names[1]! } });
      await patchGroup(api, group, { op: "replace", value: { id: group["id"]!, displayName: names[2]! } });
      await patchGroup(api, group, { op: "replace", path: `${GROUP}:displayName`, value: names[3]! });
      const after = await getGroup(api, group["id"]);
      expect(after["displayName"]).toBe(names[3]);
      expect(after["members"]).toEqual([
        {
          value: user!["id"],
          $ref: `${api.target().baseUrl}/Users/${String(user!["id"])}`,
          display: user!["displayName"],
          type: "User",
        },
      ]);
    });

    it("adds members once, however often they are sent", async () => {
      const users = await newUsers(api, 3);
      const group = await newGroup(api);
      await patchGroup(api, group, { op: "Add", path: "members", value: memberRefs(...users) });
      await patchGroup(api, group, { op: "Add", path: "members", value: memberRefs(...users) });
      await patchGroup(api, group, { op: "add", value: { members: memberRefs(users[0]!) } });
      await patchGroup(api, group, { op: "add", path: "members", value: { value: users[1]!["id"]! } });
      expect(await memberIds(api, group)).toEqual(ids(...users));
      expect((await getUser(api, users[0]!["id"]))["groups"]).toEqual([
        {
          value: group["id"],
          $ref: `${api.target().baseUrl}/Groups/${String(group["id"])}`,
          display: group["displayName"],
          type: "direct",
        },
      ]);
    });

    it.each<[string, (user: Resource) => Resource]>([
      ["legacy, with $ref", (user) => ({ op: "Remove", path: "members", value: memberRefs(user) })],
      [
        "legacy, without $ref",
        (user) => ({ op: "remove", path: "members", value: [{ value: user["id"]! }] }),
      ],
      ["with the flag", (user) => ({ op: "remove", path: `members[value eq "${String(user["id"])}"]` })],
      ["Salesforce's way", (user) => ({ op: "remove", value: { members: memberRefs(user) } })],
      [
        "with a value beside the filter",
        (user) => ({ op: "remove", path: `members[value eq "${String(user["id"])}"]`, value: [] }),
      ],
    ])("removes one of three: %s", async (_case, operation) => {
      const users = await newUsers(api, 3);
      const group = await newGroup(api, { members: memberRefs(...users) });
      await patchGroup(api, group, operation(users[1]!));
      expect(await memberIds(api, group)).toEqual(ids(users[0]!, users[2]!));
      // Once more: removing who is not in is no failure.
      await patchGroup(api, group, operation(users[1]!));
      expect(await memberIds(api, group)).toEqual(ids(users[0]!, users[2]!));
    });

    it("replaces members by the exact list, empties them, and empties by a bare remove", async () => {
      const users = await newUsers(api, 4);
      const group = await newGroup(api, { members: memberRefs(users[0]!, users[1]!) });
      await patchGroup(api, group, {
        op: "replace",
        path: "members",
        value: memberRefs(users[1]!, users[2]!),
      });
      expect(await memberIds(api, group)).toEqual(ids(users[1]!, users[2]!));
      for (const emptying of [
        { op: "replace", path: "members", value: [] },
        { op: "replace", path: "members", value: null },
        { op: "remove", path: "members" },
        { op: "replace", value: { members: [] } },
      ]) {
        await patchGroup(api, group, { op: "add", path: "members", value: memberRefs(users[3]!) });
        await patchGroup(api, group, emptying);
        expect(await memberIds(api, group), JSON.stringify(emptying)).toEqual([]);
      }
    });

    it("applies operations in order", async () => {
      const users = await newUsers(api, 3);
      const group = await newGroup(api, { members: memberRefs(users[0]!) });
      await patchGroup(
        api,
        group,
        { op: "add", path: "members", value: memberRefs(users[1]!) },
        { op: "replace", path: "members", value: memberRefs(users[2]!, users[1]!) },
        { op: "remove", path: `members[value eq "${String(users[1]!["id"])}"]` },
        { op: "add", path: "members", value: memberRefs(users[0]!) },
        { op: "remove", path: "members", value: memberRefs(users[0]!) },
      );
      expect(await memberIds(api, group)).toEqual(ids(users[2]!));
    });

    it("refuses the whole request for an id it never had, and passes over users that were deleted", async () => {
      const [kept, deleted] = await newUsers(api, 2);
      const group = await newGroup(api);
      const path = `/Groups/${String(group["id"])}`;
      const ghost = "0190a1b2-0000-7000-8000-000000000000";
      for (const value of [ghost, "u_77"]) {
        const members = [...memberRefs(kept!), { value }];
        const detail = expectError(
          await patch(api, path, { op: "add", path: "members", value: members }),
          400,
          "invalidValue",
        );
        expect(detail).toContain(value);
      }
      expect(await memberIds(api, group)).toEqual([]);
      await call(api, "DELETE", `/Users/${String(deleted!["id"])}`);
      await patchGroup(api, group, { op: "add", path: "members", value: memberRefs(kept!, deleted!) });
      expect(await memberIds(api, group)).toEqual(ids(kept!));
      const nested = [{ type: "Group", value: String(group["id"]) }];
      expectError(await patch(api, path, { op: "add", path: "members", value: nested }), 400, "invalidValue");
    });

    it("keeps inactive members in the group, so that a restore brings the membership back", async () => {
      const [user] = await newUsers(api, 1);
      const group = await newGroup(api, { members: memberRefs(user!) });
      await patchUser(api, user!, { op: "replace", path: "active", value: false });
      expect(await memberIds(api, group)).toEqual(ids(user!));
      await patchUser(api, user!, { op: "replace", path: "active", value: true });
      expect((await getUser(api, user!["id"]))["groups"]).toHaveLength(1);
    });

    it("replaces by PUT, deletes, and answers 404 afterwards", async () => {
      const users = await newUsers(api, 2);
      const group = await newGroup(api, { members: memberRefs(users[0]!) });
      const path = `/Groups/${String(group["id"])}`;
      const { displayName } = group;
      const put = await call(api, "PUT", path, { displayName: displayName!, members: memberRefs(users[1]!) });
      expect(resourceOf(put, 200, "Group")["members"]).toMatchObject([{ value: users[1]!["id"] }]);
      expect(
        resourceOf(await call(api, "PUT", path, { displayName: displayName! }), 200, "Group")["members"],
      ).toEqual([]);
      expect((await call(api, "DELETE", path)).status).toBe(204);
      expectError(await call(api, "GET", path), 404);
      expectError(await call(api, "DELETE", path), 404);
      expectError(await patch(api, path, { op: "replace", value: { displayName: "x" } }), 404);
      await newGroup(api, { displayName: displayName! });
    });

    it("answers a group's PATCH with 204, and with the resource when attributes are asked for", async () => {
      const group = await newGroup(api);
      const path = `/Groups/${String(group["id"])}`;
      const body = { Operations: [{ op: "replace", path: "externalId", value: "x" }] };
      const plain = await call(api, "PATCH", path, body);
      expect([plain.status, plain.answer]).toEqual([204, undefined]);
      const asked = await call(api, "PATCH", `${path}?attributes=externalId`, body);
      expect(resourceOf(asked, 200, "Group")).toEqual({ schemas: [GROUP], id: group["id"], externalId: "x" });
    });

    it("refuses what a group cannot have and accepts what it need not keep", async () => {
      expect.hasAssertions();
      const group = await newGroup(api);
      const path = `/Groups/${String(group["id"])}`;
      expectError(
        await patch(api, path, { op: "replace", path: "displayName", value: "" }),
        400,
        "invalidValue",
      );
      expectError(await patch(api, path, { op: "remove", path: "displayName" }), 400, "mutability");
      expectError(await patch(api, path, { op: "replace", path: "nonsense", value: 1 }), 400, "invalidPath");
      expectError(
        await patch(api, path, { op: "remove", path: 'members[display co "x"]' }),
        400,
        "invalidPath",
      );
      await patchGroup(api, group, { op: "add", path: "title", value: "x" });
    });

    it("keeps all of 25 parallel additions of different members", async () => {
      const users = await newUsers(api, 25);
      const group = await newGroup(api);
      await Promise.all(
        users.map((user) => patchGroup(api, group, { op: "Add", path: "members", value: memberRefs(user) })),
      );
      expect(await memberIds(api, group)).toEqual(ids(...users));
    });

    it("limits how many members one request may change", async () => {
      expect.hasAssertions();
      const group = await newGroup(api);
      const value = Array.from({ length: 10_001 }, (_, index) => ({ value: `u${index}` }));
      expectError(
        await patch(api, `/Groups/${String(group["id"])}`, { op: "add", path: "members", value }),
        400,
        "tooMany",
      );
    });
  });
}
