import { expect } from "vitest";

import { call, filterQuery, newUser, resourceOf, userBody } from "../../api";
import { path, type Pitfall } from "./pitfall";

/** Ways in which headers, addresses and discovery have gone wrong. */
export const WIRE: readonly Pitfall[] = [
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
    36,
    "there is no ServiceProviderConfig",
    async (api) => {
      expect((await call(api, "GET", "/ServiceProviderConfig")).status).toBe(200);
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
];
