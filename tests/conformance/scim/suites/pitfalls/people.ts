import { expect } from "vitest";

import {
  call,
  filterQuery,
  find,
  getUser,
  newUser,
  newUsers,
  patchUser,
  resourceOf,
  unique,
  userBody,
  type Resource,
} from "../../api";
import { path, type Pitfall } from "./pitfall";

/** Ways in which the life of a person has gone wrong. */
export const PEOPLE: readonly Pitfall[] = [
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
    54,
    "a restored user loses the role that the provider gave",
    async (api) => {
      const user = await newUser(api, { roles: [{ value: "Viewer", primary: true }] });
      await patchUser(api, user, { op: "Replace", path: "active", value: "False" });
      const back = await patchUser(api, user, { op: "Replace", path: "active", value: "True" });
      expect(back["roles"]).toEqual(user["roles"]);
    },
  ],
];
