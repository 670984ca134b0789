import { describe, expect, it } from "vitest";

import {
  call,
  ENTERPRISE,
  expectError,
  filterQuery,
  find,
  getGroup,
  getUser,
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
  USER,
  userBody,
  type Api,
  type Resource,
} from "../api";

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** What clients other than Entra send, as they are seen to send it. */
export function clientsSuite(api: Api): void {
  describe("Okta", () => {
    it("imports, creates, replaces, deactivates by PATCH or PUT, and provisions again", async () => {
      const userName = `okta.${unique()}@x.example`;
      const body: Resource = {
        schemas: [USER],
        userName,
        name: { givenName: "Ana", familyName: "Ruiz" },
        emails: [{ primary: true, value: userName, type: "work" }],
        displayName: "Ana Ruiz",
        locale: "en-US",
        externalId: `00u${unique()}`,
        groups: [],
        password: "1mz050nq",
        active: true,
      };
      expect((await call(api, "GET", "/Users?startIndex=1&count=100")).status).toBe(200);
      const made = resourceOf(await call(api, "POST", "/Users", body), 201);
      const path = `/Users/${String(made["id"])}`;
      const off = { schemas: [PATCH_OP], Operations: [{ op: "replace", value: { active: false } }] };
      expect(resourceOf(await call(api, "PATCH", path, off))["active"]).toBe(false);
      const again = resourceOf(await call(api, "POST", "/Users", body), 201);
      expect([again["id"], again["active"]]).toEqual([made["id"], true]);
      const put = { ...made, active: false, name: { givenName: "Anna", familyName: "Ruiz" } };
      const replaced = resourceOf(await call(api, "PUT", path, put));
      expect(replaced).toMatchObject({ active: false, name: { givenName: "Anna" }, userName });
      expect(JSON.stringify([made, again, replaced])).not.toContain("1mz050nq");
    });

    it("pushes a group: name with id, members by value and by filter, replace, and an empty list", async () => {
      const [a, b] = (await newUsers(api, 2)) as [Resource, Resource];
      const group = await newGroup(api, { members: [] });
      const displayName = `Okta ${unique()}`;
      await patchGroup(api, group, { op: "replace", value: { id: group["id"]!, displayName } });
      const shown = (user: Resource) => ({ value: user["id"]!, display: user["userName"]! });
      await patchGroup(api, group, { op: "add", path: "members", value: [shown(a), shown(b)] });
      await patchGroup(api, group, { op: "remove", path: `members[value eq "${String(a["id"])}"]` });
      expect(await memberIds(api, group)).toEqual(ids(b));
      await patchGroup(api, group, { op: "replace", path: "members", value: [shown(a)] });
      expect(await memberIds(api, group)).toEqual(ids(a));
      await patchGroup(api, group, { op: "replace", path: "members", value: [] });
      expect(await getGroup(api, group["id"])).toMatchObject({ displayName, members: [] });
    });
  });

  describe("OneLogin", () => {
    it("finds with a trailing ampersand, replaces at an address with a bare question mark, as plain JSON", async () => {
      const user = await newUser(api);
      const query = filterQuery(`userName eq "${String(user["userName"])}"`);
      const found = await call(api, "GET", `/Users?${query}&`, undefined, { "user-agent": "" });
      expect(found.answer).toMatchObject({ totalResults: 1 });
      const body = {
        schemas: ["urn:scim:schemas:core:2.0"],
        userName: user["userName"]!,
        active: true,
        title: "New",
      };
      const put = await call(api, "PUT", `/Users/${String(user["id"])}?`, body, {
        "content-type": "application/json",
      });
      const replaced = resourceOf(put);
      expect(replaced["title"]).toBe("New");
      expect(replaced["schemas"]).toEqual([USER]);
    });
  });

  describe("JumpCloud", () => {
    it("takes members out by a filter that also names their type, and several in one filter", async () => {
      const users = (await newUsers(api, 4)) as [Resource, Resource, Resource, Resource];
      const group = await newGroup(api, { members: memberRefs(...users) });
      const [a, b, c, d] = users.map((user) => String(user["id"])) as [string, string, string, string];
      await patchGroup(api, group, { op: "remove", path: `members[type eq "User" and value eq "${a}"]` });
      await patchGroup(api, group, { op: "remove", path: `members[value eq "${b}" or value eq "${c}"]` });
      expect(await memberIds(api, group)).toEqual([d]);
    });
  });

  describe("Salesforce", () => {
    it("removes attributes and members that a value without a path names", async () => {
      const [a, b] = (await newUsers(api, 2)) as [Resource, Resource];
      const group = await newGroup(api, { members: memberRefs(a, b), externalId: "x" });
      await patchGroup(api, group, { op: "remove", value: { members: [{ value: a["id"]! }] } });
      expect(await memberIds(api, group)).toEqual(ids(b));
      const after = await patchUser(api, a, {
        op: "remove",
        value: { title: "", [`${ENTERPRISE}:department`]: "" },
      });
      expect(after).not.toHaveProperty("title");
      expect(after[ENTERPRISE]).not.toHaveProperty("department");
    });
  });

  describe("generic clients", () => {
    it.each([
      "plain",
      "DOMAIN\\ana",
      "名前",
      "a b+c&d%e",
      "'; DROP TABLE x; --",
      "x/y?z#q",
      '"quoted"',
      "__proto__",
    ])("use %s as a userName without any e-mail, and find it", async (name) => {
      const userName = `${name} ${unique()}`;
      const user = resourceOf(await call(api, "POST", "/Users", { userName }), 201);
      expect(user).not.toHaveProperty("emails");
      const found = await find(api, "User", filterQuery(`userName eq ${JSON.stringify(userName)}`));
      expect(found.resources.map((item) => item["userName"])).toEqual([userName]);
    });

    it("write members only through their value: other parts of a membership change nothing", async () => {
      const users = await newUsers(api, 2);
      const group = await newGroup(api, { members: memberRefs(...users) });
      for (const operation of [
        { op: "remove", path: "members.display" },
        { op: "replace", path: "members.type", value: "User" },
        { op: "remove", path: `members[value eq "${String(users[0]!["id"])}"].display` },
        { op: "replace", path: "members.$ref", value: "x" },
      ]) {
        await patchGroup(api, group, operation);
        expect(await memberIds(api, group), JSON.stringify(operation)).toEqual(ids(...users));
      }
    });

    it("have hostile keys ignored or refused wherever they stand", async () => {
      const user = await newUser(api);
      const group = await newGroup(api);
      const hostile = (key: string) => JSON.parse(`{${JSON.stringify(key)}:{"polluted":true}}`) as Resource;
      for (const key of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"]) {
        const bag = hostile(key);
        resourceOf(await call(api, "POST", "/Users", { ...bag, userName: `h-${unique()}`, name: bag }), 201);
        for (const body of [
          { Operations: [bag] },
          { Operations: [{ op: "add", value: { [ENTERPRISE]: bag } }] },
          { Operations: [{ op: "add", path: "emails", value: [bag] }] },
          { Operations: [{ op: "add", path: `emails[${key} eq "x"].value`, value: "x" }] },
        ]) {
          expect((await call(api, "PATCH", `/Users/${String(user["id"])}`, body)).status).toBeLessThan(500);
        }
        const members = { Operations: [{ op: "add", path: "members", value: [bag] }] };
        expectError(await call(api, "PATCH", `/Groups/${String(group["id"])}`, members), 400, "invalidValue");
        for (const query of [
          `sortBy=${key}`,
          filterQuery(`${key} eq "x"`),
          filterQuery(`emails[${key} pr]`),
        ]) {
          expectError(await call(api, "GET", `/Users?${query}`), 400);
        }
        expect((await call(api, "GET", `/Users?${key}=1&attributes=${key}&count=1`)).status).toBe(200);
        expectError(await call(api, "GET", `/${key}`), 404);
        expectError(await call(api, "GET", `/Schemas/${key}`), 404);
        const bulk = { Operations: [{ method: key, path: `/${key}`, bulkId: key, data: bag }], ...bag };
        expect((await call(api, "POST", "/Bulk", bulk)).status).toBe(200);
      }
      expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
      expect(JSON.stringify(await getUser(api, user["id"]))).not.toContain("polluted");
    });

    it("send roles in every form, of which the last one counts", async () => {
      const user = await newUser(api, { roles: [{ value: "Viewer", primary: "True" }] });
      const json = '{"id":"18d14569-c3bd-439b-9a66-3a2aee01d14f","value":"Editor","displayName":"Editor"}';
      const forms: [Resource, Resource[]][] = [
        [
          { op: "Add", path: 'roles[primary eq "True"].value', value: "Editor" },
          [{ value: "Editor", primary: true }],
        ],
        [
          { op: "Replace", path: 'roles[primary eq "True"].value', value: json },
          [{ value: json, primary: true }],
        ],
        [
          { op: "replace", path: "roles", value: [{ value: json }] },
          [{ value: "Editor", display: "Editor" }],
        ],
        [{ op: "replace", value: { roles: ["Viewer"] } }, [{ value: "Viewer" }]],
        [{ op: "Replace", path: "roles", value: [] }, []],
      ];
      for (const [operation, expected] of forms) {
        const after = await patchUser(api, user, operation);
        expect(after["roles"] ?? [], JSON.stringify(operation)).toEqual(expected);
      }
    });

    it("may say more than one thing in one path-less value, and get all or nothing", async () => {
      const user = await newUser(api);
      const path = `/Users/${String(user["id"])}`;
      const value = {
        title: "x",
        active: "False",
        'emails[type eq "home"].value': "h@x.example",
        nonsense: 1,
      };
      expectError(await patch(api, path, { op: "replace", value }), 400, "invalidPath");
      expect(await getUser(api, user["id"])).toEqual(user);
      const { nonsense: _nonsense, ...good } = value;
      const after = await patchUser(api, user, { op: "replace", value: good });
      expect(after).toMatchObject({ title: "x", active: false });
      expect(after["emails"]).toHaveLength(2);
    });
  });

  describe("Microsoft's validator", () => {
    it("writes display and primary of every list, other types, and an empty list of operations", async () => {
      const user = resourceOf(await call(api, "POST", "/Users", userBody({ emails: [] })), 201);
      expect(user).not.toHaveProperty("emails");
      const lists: Resource[] = [];
      for (const list of ["emails", "phoneNumbers"]) {
        for (const type of ["work", "home", "other"]) {
          lists.push(
            { op: "replace", path: `${list}[type eq "${type}"].value`, value: `${type}@x.example` },
            { op: "replace", path: `${list}[type eq "${type}"].display`, value: `the ${type}` },
            { op: "replace", path: `${list}[type eq "${type}"].primary`, value: type === "home" },
          );
        }
      }
      const after = await patchUser(api, user, ...lists);
      for (const list of ["emails", "phoneNumbers"]) {
        const items = after[list] as Resource[];
        expect(items.filter((item) => item["primary"] === true).map((item) => item["type"])).toEqual([
          "home",
        ]);
        expect(items.find((item) => item["type"] === "other")).toMatchObject({ display: "the other" });
      }
      expect(await patchUser(api, user)).toEqual(after);
    });
  });
}
