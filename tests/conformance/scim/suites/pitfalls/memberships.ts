import { expect } from "vitest";

import {
  call,
  filterQuery,
  find,
  getGroup,
  GROUP,
  ids,
  memberIds,
  memberRefs,
  newGroup,
  newUser,
  newUsers,
  patchGroup,
  patchUser,
  unique,
  type Resource,
} from "../../api";
import { path, type Pitfall } from "./pitfall";

/** Ways in which groups and their members have gone wrong. */
export const MEMBERSHIPS: readonly Pitfall[] = [
  [
    1,
    "a legacy removal of one member empties the group",
    async (api) => {
      const [a, b] = (await newUsers(api, 2)) as [Resource, Resource];
      const group = await newGroup(api, { members: memberRefs(a, b) });
      await patchGroup(api, group, { op: "Remove", path: "members", value: memberRefs(a) });
      expect(await memberIds(api, group)).toEqual(ids(b));
    },
  ],
  [
    2,
    "members come back although they were excluded",
    async (api) => {
      const group = await newGroup(api, { members: memberRefs(await newUser(api)) });
      const entry = await call(api, "GET", `${path(group, "Groups")}?excludedAttributes=members`);
      expect(entry.answer).not.toHaveProperty("members");
    },
  ],
  [
    3,
    "a replace that names no members wipes them",
    async (api) => {
      const user = await newUser(api);
      const group = await newGroup(api, { members: memberRefs(user) });
      await patchGroup(api, group, { op: "replace", value: { externalId: "x" } });
      expect(await memberIds(api, group)).toEqual(ids(user));
    },
  ],
  [
    4,
    "a replace of members keeps stale ones",
    async (api) => {
      const [a, b] = (await newUsers(api, 2)) as [Resource, Resource];
      const group = await newGroup(api, { members: memberRefs(a) });
      await patchGroup(api, group, { op: "replace", path: "members", value: memberRefs(b) });
      expect(await memberIds(api, group)).toEqual(ids(b));
    },
  ],
  [
    5,
    "a replace of members by an empty list is refused",
    async (api) => {
      const group = await newGroup(api, { members: memberRefs(await newUser(api)) });
      await patchGroup(api, group, { op: "replace", path: "members", value: [] });
      expect(await memberIds(api, group)).toEqual([]);
    },
  ],
  [
    37,
    "an unknown schema URN of a group is refused",
    async (api) => {
      const schemas = [GROUP, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"];
      expect((await newGroup(api, { schemas }))["schemas"]).toEqual([GROUP]);
    },
  ],
  [
    38,
    "a member without a display name is refused",
    async (api) => {
      const user = await newUser(api);
      const group = await newGroup(api, { members: [{ value: user["id"]! }] });
      expect(await memberIds(api, group)).toEqual(ids(user));
    },
  ],
  [
    41,
    "a remove operation with a value is refused",
    async (api) => {
      const after = await patchUser(api, await newUser(api), {
        op: "remove",
        path: "title",
        value: "whatever",
      });
      expect(after).not.toHaveProperty("title");
    },
  ],
  [
    43,
    "special characters in a group's name cannot be found",
    async (api) => {
      const displayName = `TestGrp-!@#$%^&*()_+=-{}][":;'/.,?\\1 ${unique()}`;
      await newGroup(api, { displayName });
      expect(
        (await find(api, "Group", filterQuery(`displayName eq ${JSON.stringify(displayName)}`))).total,
      ).toBe(1);
    },
  ],
  [
    49,
    "JumpCloud's members[value eq] is not understood",
    async (api) => {
      const [a, b] = (await newUsers(api, 2)) as [Resource, Resource];
      const group = await newGroup(api, { members: memberRefs(a, b) });
      await patchGroup(api, group, { op: "remove", path: `members[value eq "${String(b["id"])}"]` });
      expect(await memberIds(api, group)).toEqual(ids(a));
    },
  ],
  [
    50,
    "Salesforce's remove with members in the value is refused",
    async (api) => {
      const [a, b] = (await newUsers(api, 2)) as [Resource, Resource];
      const group = await newGroup(api, { members: memberRefs(a, b) });
      await patchGroup(api, group, { op: "remove", value: { members: memberRefs(b) } });
      expect(await memberIds(api, group)).toEqual(ids(a));
    },
  ],
  [
    51,
    "Okta's group rename with an id, and its groups and password in POST, are refused",
    async (api) => {
      const group = await newGroup(api);
      const displayName = `Renamed ${unique()}`;
      await patchGroup(api, group, { op: "replace", value: { id: group["id"]!, displayName } });
      expect((await getGroup(api, group["id"]))["displayName"]).toBe(displayName);
      const user = await newUser(api, { groups: [], password: "S3cret-S3cret" });
      expect(user).not.toHaveProperty("password");
    },
  ],
  [
    56,
    "an addition to a large group removes the rest",
    async (api) => {
      const users = await newUsers(api, 105);
      const group = await newGroup(api, { members: memberRefs(...users) });
      const one = await newUser(api);
      await patchGroup(api, group, { op: "Add", path: "members", value: memberRefs(one) });
      expect(await memberIds(api, group)).toEqual(ids(...users, one));
    },
  ],
];
