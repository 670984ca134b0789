import { describe, expect, it } from "vitest";

import { strictList } from "../../../../tools/entra-sim/strict-answer";
import {
  call,
  ENTERPRISE,
  expectError,
  filterQuery,
  find,
  getGroup,
  getUser,
  GROUP,
  ids,
  memberIds,
  memberRefs,
  newGroup,
  newUser,
  newUsers,
  patch,
  patchGroup,
  patchUser,
  resourceOf,
  unique,
  userBody,
  type Api,
  type Resource,
} from "../api";

type Check = (api: Api) => Promise<void>;

const path = (resource: Resource, type = "Users") => `/${type}/${String(resource["id"])}`;

/** The ways in which public SCIM servers have broken, one test each. */
const PITFALLS: readonly (readonly [number, string, Check])[] = [
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
    6,
    "the text False counts as true",
    async (api) => {
      const user = await newUser(api);
      expect((await patchUser(api, user, { op: "Replace", path: "active", value: "False" }))["active"]).toBe(
        false,
      );
    },
  ],
  [
    7,
    "flat keys without a path become literal attributes",
    async (api) => {
      const user = await newUser(api);
      const after = await patchUser(api, user, {
        op: "replace",
        value: { "name.givenName": "Bo", [`${ENTERPRISE}:department`]: "Law" },
      });
      expect(after).not.toHaveProperty(["name.givenName"]);
      expect(after["name"]).toMatchObject({ givenName: "Bo", familyName: "Ruiz" });
      expect(after[ENTERPRISE]).toMatchObject({ department: "Law", employeeNumber: "40117" });
    },
  ],
  [
    8,
    "externalId in a value without a path drops the other keys",
    async (api) => {
      const after = await patchUser(api, await newUser(api), {
        op: "replace",
        value: { externalId: "e", title: "t", displayName: "d" },
      });
      expect(after).toMatchObject({ externalId: "e", title: "t", displayName: "d" });
    },
  ],
  [
    9,
    "a value path on a missing element is refused",
    async (api) => {
      const user = await newUser(api, { emails: null });
      const after = await patchUser(api, user, {
        op: "Replace",
        path: 'emails[type eq "work"].value',
        value: "a@b.example",
      });
      expect(after["emails"]).toEqual([{ type: "work", value: "a@b.example", primary: true }]);
    },
  ],
  [
    10,
    "a complex replace wipes the sub-attributes that it does not name",
    async (api) => {
      const after = await patchUser(api, await newUser(api), {
        op: "replace",
        path: "name",
        value: { givenName: "Bo" },
      });
      expect(after["name"]).toEqual({ formatted: "Ana Ruiz", givenName: "Bo", familyName: "Ruiz" });
    },
  ],
  [
    11,
    "an extension path is split inside its version number",
    async (api) => {
      const after = await patchUser(api, await newUser(api), {
        op: "add",
        path: `${ENTERPRISE}:division`,
        value: "North",
      });
      expect(Object.keys(after)).not.toContain("urn:ietf:params:scim:schemas:extension:enterprise:2");
      expect((after[ENTERPRISE] as Resource)["division"]).toBe("North");
    },
  ],
  [
    12,
    "a manager sent as a string is refused",
    async (api) => {
      const user = await newUser(api, { [ENTERPRISE]: { manager: "u_77" } });
      expect((user[ENTERPRISE] as Resource)["manager"]).toEqual({ value: "u_77" });
    },
  ],
  [
    13,
    "a manager comes back as a string",
    async (api) => {
      const after = await patchUser(api, await newUser(api), {
        op: "Add",
        path: `${ENTERPRISE}:manager`,
        value: "u_81",
      });
      expect((after[ENTERPRISE] as Resource)["manager"]).toEqual({ value: "u_81" });
    },
  ],
  [
    14,
    "a manager is not found under the extension's URN",
    async (api) => {
      const user = await newUser(api);
      await patchUser(api, user, { op: "Add", path: "manager", value: "u_81" });
      const after = await getUser(api, user["id"]);
      expect(after).not.toHaveProperty("manager");
      expect(after[ENTERPRISE]).toMatchObject({ manager: { value: "u_81" } });
    },
  ],
  [
    15,
    "a filter without a match is a 404",
    async (api) => {
      expect((await find(api, "User", filterQuery('userName eq "nobody"'))).total).toBe(0);
    },
  ],
  [
    16,
    "the probe for groups is a 404",
    async (api) => {
      expect((await find(api, "Group", filterQuery('displayName eq "nothing"'))).total).toBe(0);
    },
  ],
  [
    17,
    "eq finds values that only contain the text",
    async (api) => {
      const mark = unique();
      const group = await newGroup(api, { displayName: `group-app ${mark}` });
      await newGroup(api, { displayName: `group-app ${mark}-test` });
      const found = await find(api, "Group", filterQuery(`displayName eq "group-app ${mark}"`));
      expect(ids(...found.resources)).toEqual(ids(group));
    },
  ],
  [
    18,
    "an underscore or a percent sign matches other names",
    async (api) => {
      const mark = unique();
      for (const name of ["a_b", "a%b", "axb"]) await newGroup(api, { displayName: `${name} ${mark}` });
      for (const filter of [
        `displayName eq "a_b ${mark}"`,
        `displayName eq "a%b ${mark}"`,
        `displayName sw "a_b ${mark}"`,
      ]) {
        expect((await find(api, "Group", filterQuery(filter))).total, filter).toBe(1);
      }
    },
  ],
  [
    19,
    "a filter by externalId is refused",
    async (api) => {
      const user = await newUser(api);
      expect(
        (await find(api, "User", filterQuery(`externalId eq "${String(user["externalId"])}"`))).total,
      ).toBe(1);
    },
  ],
  [
    20,
    "a filter by displayName is passed over",
    async (api) => {
      await newGroup(api);
      expect((await find(api, "Group", filterQuery(`displayName eq "${unique()}"`))).total).toBe(0);
    },
  ],
  [
    21,
    "a filter that cannot be served is answered with everything",
    async (api) => {
      expectError(await call(api, "GET", `/Users?${filterQuery('shoeSize eq "44"')}`), 400, "invalidFilter");
    },
  ],
  [
    22,
    "a missing Accept or Content-Type is refused",
    async (api) => {
      const { baseUrl, token, send = fetch } = api.target();
      const body = new TextEncoder().encode(JSON.stringify(userBody()));
      const headers = { authorization: `Bearer ${token}` };
      expect((await send(new Request(`${baseUrl}/Users`, { method: "POST", headers, body }))).status).toBe(
        201,
      );
    },
  ],
  [
    23,
    "a charset parameter is refused",
    async (api) => {
      const entry = await call(api, "POST", "/Users", userBody(), {
        "content-type": "application/scim+json; charset=utf-8",
      });
      resourceOf(entry, 201);
    },
  ],
  [
    24,
    "answers have the wrong media type",
    async (api) => {
      for (const target of ["/Users", "/Groups", "/Schemas", "/nowhere", "/Users/x"]) {
        const entry = await call(api, "GET", target);
        expect(entry.headers.get("content-type"), target).toMatch(/^application\/scim\+json/);
      }
    },
  ],
  [
    25,
    "a request without a User-Agent is blocked",
    async (api) => {
      expect((await call(api, "GET", "/Users?count=0", undefined, { "user-agent": "" })).status).toBe(200);
    },
  ],
  [
    26,
    "inactive users are hidden",
    async (api) => {
      const user = await newUser(api, { active: false });
      expect((await find(api, "User", filterQuery(`userName eq "${String(user["userName"])}"`))).total).toBe(
        1,
      );
      expect((await getUser(api, user["id"]))["active"]).toBe(false);
    },
  ],
  [
    27,
    "a second POST for an inactive user is a conflict for ever",
    async (api) => {
      const body = userBody();
      const user = resourceOf(await call(api, "POST", "/Users", body), 201);
      await patchUser(api, user, { op: "replace", value: { active: false } });
      expect(resourceOf(await call(api, "POST", "/Users", body), 201)["id"]).toBe(user["id"]);
    },
  ],
  [
    28,
    "a disabled user comes back as somebody new",
    async (api) => {
      const user = await newUser(api);
      await patchUser(api, user, { op: "Replace", path: "active", value: "False" });
      expect((await patchUser(api, user, { op: "Replace", path: "active", value: "True" }))["id"]).toBe(
        user["id"],
      );
    },
  ],
  [
    29,
    "look-up and uniqueness disagree about letter case",
    async (api) => {
      const userName = `MiXed.${unique()}@X.example`;
      const user = await newUser(api, { userName });
      expect(user["userName"]).toBe(userName);
      const found = await find(api, "User", filterQuery(`userName eq "${userName.toLowerCase()}"`));
      expect(found.resources[0]!["userName"]).toBe(userName);
      expectError(
        await call(api, "POST", "/Users", userBody({ userName: userName.toUpperCase() })),
        409,
        "uniqueness",
      );
    },
  ],
  [
    30,
    "two users with one e-mail address are a conflict",
    async (api) => {
      const emails = [{ type: "work", value: `shared.${unique()}@x.example`, primary: true }];
      await newUser(api, { emails });
      await newUser(api, { emails });
    },
  ],
  [
    31,
    "userName comes back as something else",
    async (api) => {
      const userName = `not-an-address ${unique()}`;
      const user = await newUser(api, { userName });
      expect([user["userName"], (await getUser(api, user["id"]))["userName"]]).toEqual([userName, userName]);
    },
  ],
  [
    32,
    "a POST takes over somebody who has the same e-mail address",
    async (api) => {
      const emails = [{ type: "work", value: `same.${unique()}@x.example`, primary: true }];
      const first = await newUser(api, { emails });
      const second = await newUser(api, { emails, displayName: "Somebody else" });
      expect(second["id"]).not.toBe(first["id"]);
      expect(await getUser(api, first["id"])).toEqual(first);
    },
  ],
  [
    34,
    "deactivation is forgotten on the way of PUT or Bulk",
    async (api) => {
      const [a, b] = (await newUsers(api, 2)) as [Resource, Resource];
      const off = (user: Resource) => ({ userName: user["userName"]!, active: false });
      resourceOf(await call(api, "PUT", path(a), off(a)));
      await call(api, "POST", "/Bulk", { Operations: [{ method: "PUT", path: path(b), data: off(b) }] });
      expect([(await getUser(api, a["id"]))["active"], (await getUser(api, b["id"]))["active"]]).toEqual([
        false,
        false,
      ]);
    },
  ],
  [
    35,
    "PATCH is not offered",
    async (api) => {
      expect((await call(api, "GET", "/ServiceProviderConfig")).answer).toMatchObject({
        patch: { supported: true },
      });
      expect((await patch(api, path(await newUser(api)))).status).toBe(200);
    },
  ],
  [
    36,
    "there is no ServiceProviderConfig",
    async (api) => {
      expect((await call(api, "GET", "/ServiceProviderConfig")).status).toBe(200);
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
    39,
    "a remove without a path quietly succeeds",
    async (api) => {
      expectError(await patch(api, path(await newUser(api)), { op: "remove" }), 400, "noTarget");
    },
  ],
  [
    40,
    "PATCH passes over attributes",
    async (api) => {
      const user = await newUser(api);
      const entry = await call(api, "PATCH", `${path(user)}?attributes=userName`, { Operations: [] });
      expect(Object.keys(resourceOf(entry)).sort()).toEqual(["id", "schemas", "userName"]);
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
    42,
    "an attribute that nobody needs blocks the deactivation",
    async (api) => {
      const user = await newUser(api);
      const after = await patchUser(
        api,
        user,
        { op: "Replace", path: 'ims[type eq "xmpp"].value', value: "x" },
        { op: "Add", path: "entitlements", value: [{ value: "e" }] },
        { op: "Replace", path: "active", value: "False" },
      );
      expect(after["active"]).toBe(false);
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
    44,
    "the published schema has what the validator rejects",
    async (api) => {
      const text = JSON.stringify((await call(api, "GET", "/Schemas")).answer);
      expect(text).not.toContain('"password"');
    },
  ],
  [
    45,
    "a list has the wrong shape or starts at 0",
    async (api) => {
      const entry = await call(api, "GET", "/Users?startIndex=0&count=1");
      strictList(entry.answer, "User");
      expect((entry.answer as Resource)["startIndex"]).toBe(1);
    },
  ],
  [
    47,
    "PUT is answered in HTML",
    async (api) => {
      const user = await newUser(api);
      resourceOf(await call(api, "PUT", path(user), { userName: user["userName"]! }));
    },
  ],
  [
    48,
    "OneLogin's trailing ampersand, bare question mark and SCIM 1 schema are refused",
    async (api) => {
      const user = await newUser(api);
      const body = { schemas: ["urn:scim:schemas:core:2.0"], userName: user["userName"]! };
      resourceOf(await call(api, "PUT", `${path(user)}?`, body, { "content-type": "application/json" }));
      expect((await call(api, "GET", `/Users?${filterQuery('userName eq "x"')}&`)).status).toBe(200);
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
    52,
    "two POSTs at once end in a 500",
    async (api) => {
      const body = userBody();
      const statuses = (await Promise.all([1, 2, 3].map(() => call(api, "POST", "/Users", body)))).map(
        ({ status }) => status,
      );
      expect(statuses.sort()).toEqual([201, 409, 409]);
    },
  ],
  [
    53,
    "only the first users are searched",
    async (api) => {
      for (let index = 0; index < 12; index++) await newUser(api);
      const last = await newUser(api);
      const found = await find(
        api,
        "User",
        `count=1&${filterQuery(`userName eq "${String(last["userName"])}"`)}`,
      );
      expect(ids(...found.resources)).toEqual(ids(last));
    },
  ],
  [
    54,
    "a restored user loses the role that the provider gave",
    async (api) => {
      const user = await newUser(api, { roles: [{ value: "Viewer", primary: true }] });
      await patchUser(api, user, { op: "Replace", path: "active", value: "False" });
      const back = await patchUser(api, user, { op: "Replace", path: "active", value: "True" });
      expect(back["roles"]).toEqual(user["roles"]);
    },
  ],
  [
    55,
    "one externalId of two users is refused, or only one of them is found",
    async (api) => {
      const externalId = `nick-${unique()}`;
      const twins = [await newUser(api, { externalId }), await newUser(api, { externalId })];
      const found = await find(api, "User", filterQuery(`externalId eq "${externalId}"`));
      expect(ids(...found.resources)).toEqual(ids(...twins));
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
  [
    57,
    "operations and members have no limit",
    async (api) => {
      const operations = Array.from({ length: 1001 }, () => ({ op: "replace", path: "title", value: "x" }));
      expectError(await patch(api, path(await newUser(api)), ...operations), 400, "tooMany");
    },
  ],
];

export function pitfallsSuite(api: Api): void {
  describe("pitfalls of public SCIM servers", () => {
    it.each(PITFALLS)("avoids %i: %s", async (_number, _pitfall, check) => {
      expect.hasAssertions();
      await check(api);
    });
  });
}
