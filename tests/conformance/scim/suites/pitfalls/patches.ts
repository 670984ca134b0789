import { expect } from "vitest";

import {
  call,
  ENTERPRISE,
  expectError,
  getUser,
  newUser,
  patch,
  patchUser,
  resourceOf,
  type Resource,
} from "../../api";
import { path, type Pitfall } from "./pitfall";

/** Ways in which PATCH has gone wrong. */
export const PATCHES: readonly Pitfall[] = [
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
    57,
    "operations and members have no limit",
    async (api) => {
      const operations = Array.from({ length: 1001 }, () => ({ op: "replace", path: "title", value: "x" }));
      expectError(await patch(api, path(await newUser(api)), ...operations), 400, "tooMany");
    },
  ],
];
