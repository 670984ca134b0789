import { expect } from "vitest";

import { strictList } from "../../../../../tools/entra-sim/strict-answer";
import {
  call,
  expectError,
  filterQuery,
  find,
  ids,
  newGroup,
  newUser,
  unique,
  userBody,
  type Resource,
} from "../../api";
import { type Pitfall } from "./pitfall";

/** Ways in which filters and lists have gone wrong. */
export const SEARCHES: readonly Pitfall[] = [
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
    45,
    "a list has the wrong shape or starts at 0",
    async (api) => {
      const entry = await call(api, "GET", "/Users?startIndex=0&count=1");
      strictList(entry.answer, "User");
      expect((entry.answer as Resource)["startIndex"]).toBe(1);
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
    55,
    "one externalId of two users is refused, or only one of them is found",
    async (api) => {
      const externalId = `nick-${unique()}`;
      const twins = [await newUser(api, { externalId }), await newUser(api, { externalId })];
      const found = await find(api, "User", filterQuery(`externalId eq "${externalId}"`));
      expect(ids(...found.resources)).toEqual(ids(...twins));
    },
  ],
];
