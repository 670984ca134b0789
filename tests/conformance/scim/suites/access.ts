import { describe, expect, it } from "vitest";

import { buildUrl, exchange, URL_FORMS } from "../../../../tools/entra-sim/index";
import { strictList } from "../../../../tools/entra-sim/strict-answer";
import {
  call,
  expectError,
  filterQuery,
  find,
  newGroup,
  newUser,
  patch,
  resourceOf,
  userBody,
  type Api,
} from "../api";

/** Test Connection, tokens, URL spellings, methods: everything before a resource is touched. */
export function accessSuite(api: Api): void {
  describe("access", () => {
    it("answers Test Connection's probe for users with an empty list", async () => {
      const query = "filter=userName+eq+%22b6e0c1f2-93d4-4c57-8a1e-0f5b7d2c9e11%22";
      const entry = await call(api, "GET", `/Users?${query}`);
      expect(entry.headers.get("content-type")).toMatch(/^application\/scim\+json/);
      expect(entry.answer).toEqual({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      });
    });

    it("answers Test Connection's probe for groups with an empty list", async () => {
      const query =
        "excludedAttributes=members&filter=displayName+eq+%22b6e0c1f2-93d4-4c57-8a1e-0f5b7d2c9e11%22";
      const found = await find(api, "Group", query);
      expect(found).toMatchObject({ total: 0, resources: [] });
    });

    it.each([
      ["no token", ""],
      ["a wrong token", "chalk_scim_wrong-wrong-wrong-wrong"],
      ["a token of another form", "x y z"],
    ])("answers %s with 401, a SCIM error and a challenge", async (_case, token) => {
      const target = { ...api.target(), token };
      for (const path of ["/Users", "/Groups/x", "/nowhere", ""]) {
        const entry = await exchange(target, "GET", `${target.baseUrl}${path}`);
        expectError(entry, 401);
        expect(entry.headers.get("www-authenticate")).toMatch(/^Bearer/);
      }
    });

    it("accepts a token that was pasted with its own Bearer", async () => {
      const target = { ...api.target(), token: `Bearer ${api.target().token}` };
      expect((await exchange(target, "GET", `${target.baseUrl}/Users?count=0`)).status).toBe(200);
    });

    it("shows a workspace nothing of another one", async () => {
      const user = await newUser(api);
      const group = await newGroup(api);
      const target = api.stranger();
      const foreign = (method: string, path: string, body?: Parameters<typeof exchange>[3]) =>
        exchange(target, method, `${target.baseUrl}${path}`, body);
      for (const path of [`/Users/${String(user["id"])}`, `/Groups/${String(group["id"])}`]) {
        expectError(await foreign("GET", path), 404);
        expectError(
          await foreign("PATCH", path, { Operations: [{ op: "replace", value: { displayName: "x" } }] }),
          404,
        );
        expectError(await foreign("DELETE", path), 404);
      }
      const list = await foreign("GET", `/Users?${filterQuery(`userName eq "${String(user["userName"])}"`)}`);
      expect(strictList(list.answer, "User").total).toBe(0);
      const own = await exchange(target, "POST", `${target.baseUrl}/Groups`, {
        displayName: String(group["displayName"]),
        members: [{ value: String(user["id"]) }],
      });
      expectError(own, 400, "invalidValue");
    });

    it.each(URL_FORMS)("serves GET, POST, PATCH and DELETE in URL form %s", async (form) => {
      const target = api.target();
      const url = (path: string, query = "") => buildUrl(form, target.baseUrl, path, query);
      const body = userBody();
      const created = resourceOf(await exchange(target, "POST", url("/Users"), body), 201);
      const path = `/Users/${String(created["id"])}`;
      const query = filterQuery(`userName eq "${String(body["userName"])}"`);
      const found = await exchange(target, "GET", url("/Users", query));
      expect(strictList(found.answer, "User").resources.map((item) => item["id"])).toEqual([created["id"]]);
      const operations = [{ op: "replace", value: { title: "Lead" } }];
      expect(
        resourceOf(await exchange(target, "PATCH", url(path), { Operations: operations }))["title"],
      ).toBe("Lead");
      expect(resourceOf(await exchange(target, "GET", url(path)))["title"]).toBe("Lead");
      expect((await exchange(target, "DELETE", url(path))).status).toBe(204);
      expectError(await exchange(target, "GET", url(path)), 404);
    });

    it("answers the root with a list of users and groups, with and without the flag", async () => {
      await newUser(api);
      await newGroup(api);
      for (const path of ["", "/", "/?aadOptscim062020", "/?aadOptscim062020=true"]) {
        const entry = await call(api, "GET", path);
        expect(entry.status).toBe(200);
        const answer = entry.answer as {
          Resources: { meta: { resourceType: string } }[];
          totalResults: number;
        };
        expect(answer.totalResults).toBeGreaterThanOrEqual(2);
      }
    });

    it("answers unknown paths and methods in SCIM's form, with Allow", async () => {
      for (const path of ["/nowhere", "/Users/1/2", "/Users/%zz", "/Groups/x/members"]) {
        expectError(await call(api, "GET", path), 404);
      }
      const wrong = await call(api, "DELETE", "/Users");
      expectError(wrong, 405);
      expect(wrong.headers.get("allow")).toBe("GET, POST, HEAD, OPTIONS");
      expectError(await call(api, "PUT", "/Schemas", {}), 405);
      expectError(await call(api, "GET", "/Bulk"), 405);
      expectError(await call(api, "GET", "/Me"), 501);
      const options = await call(api, "OPTIONS", "/Users");
      expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, POST, HEAD, OPTIONS"]);
      const head = await call(api, "HEAD", "/Users");
      expect([head.status, head.answer]).toEqual([200, undefined]);
    });

    it("tells versions apart by weak entity tags and requires none", async () => {
      const user = await newUser(api);
      const path = `/Users/${String(user["id"])}`;
      const tag = (user["meta"] as { version: string }).version;
      expect(tag).toMatch(/^W\/"\d+"$/);
      expect((await call(api, "GET", path, undefined, { "if-none-match": tag })).status).toBe(304);
      const body = { Operations: [{ op: "replace", path: "title", value: "Lead" }] };
      expect((await call(api, "PATCH", path, body, { "if-match": tag })).status).toBe(200);
      expectError(await call(api, "PATCH", path, body, { "if-match": tag }), 412);
      expectError(await call(api, "DELETE", path, undefined, { "if-match": tag }), 412);
      expect((await call(api, "GET", path, undefined, { "if-none-match": tag })).status).toBe(200);
      expect((await patch(api, path, { op: "replace", path: "title", value: "Chief" })).status).toBe(200);
    });
  });
}
