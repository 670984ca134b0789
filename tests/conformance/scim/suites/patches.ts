import { describe, expect, it } from "vitest";

import type { Json } from "../../../../tools/entra-sim/index";
import {
  call,
  ENTERPRISE,
  expectError,
  getUser,
  newUser,
  patch,
  patchUser,
  USER,
  type Api,
  type Resource,
} from "../api";

/** Attributes that PATCH must be able to clear, as Microsoft's validation does it. */
const OPTIONAL: readonly string[] = [
  "displayName",
  "title",
  "externalId",
  "preferredLanguage",
  "name.givenName",
  "name.familyName",
  "name.formatted",
  'emails[type eq "work"].value',
  'phoneNumbers[type eq "work"].value',
  'addresses[type eq "work"].formatted',
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:employeeNumber`,
];

/** What two users have in common after the same change: everything but who they are. */
function state(user: Resource): Resource {
  const { id: _id, meta: _meta, ...rest } = user;
  return rest;
}

/** Both dialects of Entra and the shapes of other clients. */
export function patchesSuite(api: Api): void {
  describe("PATCH of users", () => {
    const legacy: Json[] = [
      { op: "Replace", path: "displayName", value: "Ana Ruiz Gil" },
      { op: "Replace", path: 'emails[type eq "work"].value', value: "ana.gil@contoso.example" },
      { op: "Add", path: "name.givenName", value: "Anna" },
      { op: "Replace", path: "name.familyName", value: "Ruiz Gil" },
      { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+34 600 000 002" },
      { op: "Replace", path: 'addresses[type eq "work"].formatted', value: "5.01" },
      { op: "Replace", path: "externalId", value: "new-external-id" },
      { op: "Add", path: `${ENTERPRISE}:department`, value: "Research" },
      { op: "Replace", path: "userName", value: "PLACEHOLDER" },
    ];
    const flag: Json[] = [
      { op: "replace", path: 'emails[type eq "work"].value', value: "ana.gil@contoso.example" },
      { op: "add", path: 'phoneNumbers[type eq "mobile"].value', value: "+34 600 000 002" },
      { op: "replace", path: 'addresses[type eq "work"].formatted', value: "5.01" },
      {
        op: "replace",
        value: {
          displayName: "Ana Ruiz Gil",
          "name.givenName": "Anna",
          "name.familyName": "Ruiz Gil",
          externalId: "new-external-id",
          [`${ENTERPRISE}:department`]: "Research",
          userName: "PLACEHOLDER",
        },
      },
    ];
    const nested: Json[] = [
      { op: "add", value: { 'emails[type eq "work"].value': "ana.gil@contoso.example" } },
      { op: "add", path: "phoneNumbers", value: { type: "mobile", value: "+34 600 000 002" } },
      { op: "replace", path: 'addresses[type eq "work"]', value: { formatted: "5.01" } },
      {
        op: "replace",
        value: {
          id: "PLACEHOLDER-ID",
          schemas: [USER],
          DISPLAYNAME: "Ana Ruiz Gil",
          name: { givenName: "Anna", familyName: "Ruiz Gil" },
          [`${USER}:externalId`]: "new-external-id",
          [ENTERPRISE]: { department: "Research" },
          userName: "PLACEHOLDER",
        },
      },
    ];

    it("brings a user to the same state in the legacy dialect, with the flag, and nested", async () => {
      const results: Resource[] = [];
      for (const operations of [legacy, flag, nested]) {
        const user = await newUser(api);
        const userName = `same-${String(user["id"])}`;
        const text = JSON.stringify(operations)
          .replaceAll("PLACEHOLDER-ID", String(user["id"]))
          .replaceAll("PLACEHOLDER", userName);
        const patched = await patchUser(api, user, ...(JSON.parse(text) as Json[]));
        expect(patched["userName"]).toBe(userName);
        expect(await getUser(api, user["id"])).toEqual(patched);
        results.push({ ...state(patched), userName: "same" });
      }
      expect(results[0]).toMatchObject({
        displayName: "Ana Ruiz Gil",
        name: { formatted: "Ana Ruiz", givenName: "Anna", familyName: "Ruiz Gil" },
        emails: [{ type: "work", value: "ana.gil@contoso.example", primary: true }],
        addresses: [{ type: "work", formatted: "5.01", country: "Spain" }],
        [ENTERPRISE]: { employeeNumber: "40117", department: "Research" },
      });
      expect(results[1]).toEqual(results[0]);
      // A whole element says nothing of primary; a value path on a missing one makes the first one primary.
      const withoutPrimary = (item: Resource) => JSON.stringify(item).replaceAll(',"primary":true', "");
      expect(withoutPrimary(results[2]!)).toBe(withoutPrimary(results[0]!));
    });

    it.each<[string, Json]>([
      ["by path, as text", { op: "Replace", path: "active", value: "False" }],
      ["by path, as a boolean", { op: "replace", path: "active", value: false }],
      ["by path, lower-case text", { op: "replace", path: "ACTIVE", value: "false" }],
      ["without a path", { op: "replace", value: { active: false } }],
      ["without a path, as text, mixed", { op: "Replace", value: { active: "False", displayName: "x" } }],
      ["in a list of one object", { op: "Replace", path: "active", value: [{ $ref: null, value: "False" }] }],
      ["by add", { op: "Add", path: "active", value: "False" }],
    ])("deactivates %s", async (_case, operation) => {
      const user = await newUser(api);
      expect((await patchUser(api, user, operation))["active"]).toBe(false);
      expect((await patchUser(api, user, { op: "replace", path: "active", value: "True" }))["active"]).toBe(
        true,
      );
    });

    it("applies nothing when one operation is wrong", async () => {
      const user = await newUser(api);
      const path = `/Users/${String(user["id"])}`;
      const good = { op: "replace", path: "title", value: "changed" };
      expectError(
        await patch(api, path, good, { op: "replace", path: "active", value: "maybe" }),
        400,
        "invalidValue",
      );
      expectError(
        await patch(api, path, good, { op: "replace", path: "foo.bar", value: 1 }),
        400,
        "invalidPath",
      );
      expectError(
        await patch(api, path, good, { op: "replace", value: { nonsense: 1 } }),
        400,
        "invalidPath",
      );
      expectError(await patch(api, path, good, { op: "remove" }), 400, "noTarget");
      expectError(await patch(api, path, good, { op: "remove", path: "userName" }), 400, "mutability");
      expectError(
        await patch(api, path, good, { op: "replace", path: "userName", value: "" }),
        400,
        "invalidValue",
      );
      expectError(
        await patch(api, path, good, { op: "replace", path: "userName", value: null }),
        400,
        "invalidValue",
      );
      expectError(
        await patch(api, path, good, { op: "replace", path: "id", value: "other" }),
        400,
        "mutability",
      );
      expectError(
        await patch(api, path, good, { op: "add", path: "groups", value: [{ value: "x" }] }),
        400,
        "mutability",
      );
      expectError(
        await patch(api, path, good, { op: "move", path: "title", value: "x" }),
        400,
        "invalidSyntax",
      );
      expectError(await patch(api, path, good, { op: "replace", path: "title" }), 400, "invalidValue");
      expectError(
        await patch(api, path, good, { op: "replace", path: "title", value: { a: 1 } }),
        400,
        "invalidValue",
      );
      expectError(
        await patch(api, path, good, { op: "replace", path: 'emails[type gt "zzz"].value', value: "x" }),
        400,
        "noTarget",
      );
      expectError(await call(api, "PATCH", path, { schemas: [] }), 400, "invalidSyntax");
      expectError(await call(api, "PATCH", path, { Operations: "x" }), 400, "invalidSyntax");
      const many = Array.from({ length: 1001 }, () => good);
      expectError(await patch(api, path, ...many), 400, "tooMany");
      expect(await getUser(api, user["id"])).toEqual(user);
    });

    it("takes an empty list of operations as nothing to do", async () => {
      const user = await newUser(api);
      expect(await patchUser(api, user)).toEqual(user);
    });

    it("changes no version when nothing changes", async () => {
      const user = await newUser(api);
      const same = await patchUser(api, user, { op: "replace", path: "title", value: user["title"]! });
      expect(same["meta"]).toEqual(user["meta"]);
    });

    it.each(OPTIONAL)("clears %s by an empty string and by null", async (path) => {
      for (const value of ["", null]) {
        const user = await newUser(api);
        const before = JSON.stringify(user);
        const cleared = await patchUser(api, user, { op: "replace", path, value });
        expect(JSON.stringify(cleared).length).toBeLessThan(before.length);
        const again = await getUser(api, user["id"]);
        expect(again).toEqual(cleared);
        expect(await patchUser(api, user, { op: "replace", path, value })).toEqual(cleared);
      }
    });

    it("drops the extension's schema with its last attribute and adds it with the first", async () => {
      const user = await newUser(api, { [ENTERPRISE]: { department: "Design" } });
      const cleared = await patchUser(api, user, { op: "remove", path: `${ENTERPRISE}:department` });
      expect(cleared["schemas"]).toEqual([USER]);
      expect(cleared).not.toHaveProperty(ENTERPRISE);
      const set = await patchUser(api, user, { op: "add", path: `${ENTERPRISE}:costCenter`, value: 17 });
      expect(set["schemas"]).toEqual([USER, ENTERPRISE]);
      expect(set[ENTERPRISE]).toEqual({ costCenter: "17" });
    });

    it("sets, changes and clears a manager in every form, and always returns an object", async () => {
      const boss = await newUser(api);
      const bossId = String(boss["id"]);
      const path = `${ENTERPRISE}:manager`;
      const forms: Json[] = [
        { op: "Add", path, value: bossId },
        { op: "Add", path: "manager", value: [{ $ref: `https://x.example/Users/${bossId}`, value: bossId }] },
        { op: "replace", path, value: { value: bossId } },
        { op: "replace", path: `${path}.value`, value: bossId },
        { op: "replace", value: { [path]: bossId } },
        { op: "replace", value: { [ENTERPRISE]: { manager: { $ref: `../Users/${bossId}` } } } },
      ];
      for (const form of forms) {
        const user = await newUser(api);
        const manager = (await patchUser(api, user, form))[ENTERPRISE];
        expect(manager, JSON.stringify(form)).toMatchObject({
          manager: {
            value: bossId,
            displayName: boss["displayName"]!,
            $ref: `${api.target().baseUrl}/Users/${bossId}`,
          },
        });
        const changed = await patchUser(api, user, { op: "replace", path, value: "u_unknown" });
        expect((changed[ENTERPRISE] as Resource)["manager"]).toEqual({ value: "u_unknown" });
        const clearing: Json[] = [
          { op: "replace", path, value: "" },
          { op: "replace", path, value: null },
          { op: "remove", path },
        ];
        for (const operation of clearing) {
          await patchUser(api, user, { op: "add", path, value: bossId });
          await patchUser(api, user, operation);
          expect((await getUser(api, user["id"]))[ENTERPRISE]).not.toHaveProperty("manager");
        }
      }
    });

    it("creates the element that a value path names, and keeps exactly one primary", async () => {
      const user = await newUser(api, { emails: null, phoneNumbers: null, roles: null });
      const made = await patchUser(
        api,
        user,
        { op: "Add", path: 'emails[type eq "work"].value', value: "w@x.example" },
        { op: "Replace", path: 'emails[type eq "home"].value', value: "h@x.example" },
        { op: "Add", path: 'roles[primary eq "True"].value', value: "Editor" },
      );
      expect(made["emails"]).toEqual([
        { type: "work", value: "w@x.example", primary: true },
        { type: "home", value: "h@x.example" },
      ]);
      expect(made["roles"]).toEqual([{ primary: true, value: "Editor" }]);
      const moved = await patchUser(api, user, {
        op: "replace",
        path: 'emails[type eq "home"].primary',
        value: "True",
      });
      const primaries = (moved["emails"] as Resource[]).filter((item) => item["primary"] === true);
      expect(primaries.map((item) => item["type"])).toEqual(["home"]);
      const added = await patchUser(api, user, {
        op: "add",
        path: "emails",
        value: [{ type: "other", value: "o@x.example", primary: true }],
      });
      expect((added["emails"] as Resource[]).filter((item) => item["primary"] === true)).toHaveLength(1);
      expect(added["emails"]).toHaveLength(3);
      const again = await patchUser(api, user, {
        op: "add",
        path: "emails",
        value: [{ type: "other", value: "o@x.example" }],
      });
      expect(again["emails"]).toHaveLength(3);
      const fewer = await patchUser(api, user, { op: "remove", path: 'emails[type eq "other"]' });
      expect(fewer["emails"]).toHaveLength(2);
      const none = await patchUser(api, user, { op: "remove", path: "emails" });
      expect(none).not.toHaveProperty("emails");
    });

    it("accepts attributes that it knows and does not keep, and stores less common ones", async () => {
      const user = await newUser(api);
      const after = await patchUser(
        api,
        user,
        { op: "add", path: "nickName", value: "Ani" },
        { op: "add", path: 'addresses[type eq "work"].locality', value: "Madrid" },
        { op: "add", path: "photos", value: [{ value: "https://x.example/a.png" }] },
        { op: "add", path: 'ims[type eq "skype"].value', value: "ana" },
        { op: "replace", path: "password", value: "S3cret-S3cret" },
        { op: "replace", value: { members: [], "http://schemas.microsoft.com/x": { a: 1 } } },
      );
      expect(after["nickName"]).toBe("Ani");
      expect(after["addresses"]).toEqual([
        { type: "work", formatted: "4.12", country: "Spain", locality: "Madrid" },
      ]);
      for (const name of ["photos", "ims", "password", "members"]) expect(after).not.toHaveProperty(name);
      expect(JSON.stringify(after)).not.toContain("S3cret");
    });

    it.each<[string, Json, Json]>([
      ["a string", "Editor", [{ value: "Editor" }]],
      [
        "Entra's legacy JSON text",
        [{ value: '{"id":"1","value":"Editor","displayName":"Ed"}' }],
        [{ value: "Editor", display: "Ed" }],
      ],
      [
        "Entra's assertive list",
        [{ primary: false, type: "WindowsAzureActiveDirectoryRole", display: "Viewer", value: "Viewer" }],
        [{ primary: false, type: "WindowsAzureActiveDirectoryRole", display: "Viewer", value: "Viewer" }],
      ],
    ])("reads roles sent as %s", async (_case, value, expected) => {
      const user = await newUser(api);
      expect((await patchUser(api, user, { op: "replace", path: "roles", value }))["roles"]).toEqual(
        expected,
      );
    });

    it("never lets a key reach a prototype", async () => {
      const user = await newUser(api);
      const path = `/Users/${String(user["id"])}`;
      for (const key of [
        "__proto__",
        "constructor",
        "prototype",
        "__proto__.polluted",
        "constructor.prototype",
      ]) {
        const value = JSON.parse(`{${JSON.stringify(key)}:{"polluted":true}}`) as Json;
        expectError(await patch(api, path, { op: "replace", value }), 400, "invalidPath");
        expectError(await patch(api, path, { op: "add", path: key, value: true }), 400, "invalidPath");
        await patch(api, path, { op: "add", path: "urn:x:1.0:User:constructor.prototype", value: "x" });
        await patch(api, path, { op: "replace", path: "name", value });
      }
      expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
      expect((await getUser(api, user["id"]))["userName"]).toBe(user["userName"]);
    });
  });
}
