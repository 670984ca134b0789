import { describe, expect, it } from "vitest";

import {
  call,
  ENTERPRISE,
  expectError,
  filterQuery,
  find,
  getUser,
  newUser,
  patchUser,
  resourceOf,
  unique,
  userBody,
  type Api,
} from "../api";

/** Creating, reading, replacing and deleting users. */
export function usersSuite(api: Api): void {
  describe("users", () => {
    it("creates the full user of Entra's mapping and returns every attribute as it was sent", async () => {
      const body = userBody({
        [ENTERPRISE]: { employeeNumber: "40117", department: "Design", manager: "u_77" },
      });
      const entry = await call(api, "POST", "/Users", body);
      const user = resourceOf(entry, 201);
      const { meta, roles: _none, ...sent } = body;
      expect(user).toMatchObject({
        ...sent,
        [ENTERPRISE]: { department: "Design", manager: { value: "u_77" } },
      });
      expect(meta).toEqual({ resourceType: "User" });
      const location = `${api.target().baseUrl}/Users/${String(user["id"])}`;
      expect(entry.headers.get("location")).toBe(location);
      expect(user["meta"]).toMatchObject({ resourceType: "User", location, version: 'W/"1"' });
      expect(await getUser(api, user["id"])).toEqual(user);
    });

    it("takes null for absent, text for booleans, and a missing active for true", async () => {
      const user = await newUser(api, {
        active: "True",
        addresses: null,
        title: null,
        [ENTERPRISE]: { manager: null },
      });
      expect(user["active"]).toBe(true);
      expect(user).not.toHaveProperty("addresses");
      expect(user).not.toHaveProperty("title");
      expect(user).not.toHaveProperty(ENTERPRISE);
      const bare = resourceOf(await call(api, "POST", "/Users", { userName: `bare-${unique()}` }), 201);
      expect(bare["active"]).toBe(true);
      expect((await newUser(api, { active: "false" }))["active"]).toBe(false);
    });

    it("keeps a customer's own extension, also when its schema is not listed", async () => {
      const urn = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";
      const user = await newUser(api, { [urn]: { costBand: "B2", badge: 7, tags: ["a", "b"] } });
      expect(user[urn]).toEqual({ costBand: "B2", badge: 7, tags: ["a", "b"] });
      expect(user["schemas"]).toContain(urn);
      const found = await find(
        api,
        "User",
        filterQuery(`id eq "${String(user["id"])}" and ${urn}:costBand eq "B2"`),
      );
      expect(found.total).toBe(1);
      const cleared = await patchUser(api, user, { op: "replace", path: `${urn}:costBand`, value: "" });
      expect(cleared[urn]).toEqual({ badge: 7, tags: ["a", "b"] });
    });

    it("refuses a userName that another user has in another letter case, with 409 uniqueness", async () => {
      const user = await newUser(api);
      const same = String(user["userName"]).toUpperCase();
      expectError(await call(api, "POST", "/Users", userBody({ userName: same })), 409, "uniqueness");
      const other = await newUser(api);
      const entry = await call(api, "PATCH", `/Users/${String(other["id"])}`, {
        Operations: [{ op: "replace", path: "userName", value: same }],
      });
      expectError(entry, 409, "uniqueness");
      expect(await getUser(api, other["id"])).toEqual(other);
    });

    it("accepts the same externalId twice and lets a match find both", async () => {
      const externalId = `twice-${unique()}`;
      await newUser(api, { externalId });
      await newUser(api, { externalId });
      expect((await find(api, "User", filterQuery(`externalId eq "${externalId}"`))).total).toBe(2);
    });

    it.each([
      ["missing", undefined],
      ["null", null],
      ["empty", ""],
      ["blank", "   "],
      ["an object", { a: 1 }],
      ["too long", "x".repeat(600)],
    ])("refuses a userName that is %s with 400 invalidValue", async (_case, userName) => {
      expect.hasAssertions();
      const { userName: _own, ...body } = userBody();
      expectError(
        await call(api, "POST", "/Users", userName === undefined ? body : { ...body, userName }),
        400,
        "invalidValue",
      );
    });

    it("accepts a userName that is no address, and no e-mails", async () => {
      const user = resourceOf(await call(api, "POST", "/Users", { userName: `plain ${unique()} ☃` }), 201);
      expect(user).not.toHaveProperty("emails");
    });

    it("deactivates and restores under the same id, and finds inactive users by id and by filter", async () => {
      const user = await newUser(api);
      const off = await patchUser(api, user, { op: "Replace", path: "active", value: "False" });
      expect(off["active"]).toBe(false);
      expect((await getUser(api, user["id"]))["active"]).toBe(false);
      const found = await find(api, "User", filterQuery(`userName eq "${String(user["userName"])}"`));
      expect(found.resources.map((item) => item["id"])).toEqual([user["id"]]);
      const on = await patchUser(api, user, { op: "Replace", path: "active", value: "True" });
      expect([on["active"], on["id"]]).toEqual([true, user["id"]]);
    });

    it("restores an inactive user in place when the provider posts it again", async () => {
      const body = userBody();
      const user = resourceOf(await call(api, "POST", "/Users", body), 201);
      await patchUser(api, user, { op: "replace", value: { active: false } });
      const again = resourceOf(await call(api, "POST", "/Users", { ...body, title: "Back" }), 201);
      expect([again["id"], again["active"], again["title"]]).toEqual([user["id"], true, "Back"]);
      await patchUser(api, user, { op: "replace", value: { active: false } });
      const someoneElse = { ...body, externalId: `other-${unique()}` };
      expectError(await call(api, "POST", "/Users", someoneElse), 409, "uniqueness");
    });

    it("deletes for good: 404 from then on, absent from lists, and the userName free for a new id", async () => {
      const body = userBody();
      const user = resourceOf(await call(api, "POST", "/Users", body), 201);
      const path = `/Users/${String(user["id"])}`;
      const gone = await call(api, "DELETE", path);
      expect([gone.status, gone.answer]).toEqual([204, undefined]);
      expectError(await call(api, "GET", path), 404);
      expectError(await call(api, "DELETE", path), 404);
      expectError(await call(api, "PATCH", path, { Operations: [] }), 404);
      expectError(await call(api, "PUT", path, body), 404);
      expect((await find(api, "User", filterQuery(`userName eq "${String(body["userName"])}"`))).total).toBe(
        0,
      );
      const again = resourceOf(await call(api, "POST", "/Users", body), 201);
      expect(again["id"]).not.toBe(user["id"]);
    });

    it("replaces by PUT: what is left out is cleared, active stays, the password is never kept", async () => {
      const user = await newUser(api);
      const path = `/Users/${String(user["id"])}`;
      const body = {
        schemas: user["schemas"]!,
        id: user["id"]!,
        userName: user["userName"]!,
        name: { givenName: "Ana" },
        password: "S3cret-S3cret",
        groups: [],
        unknownThing: { a: 1 },
      };
      const replaced = resourceOf(await call(api, "PUT", path, body));
      expect(replaced["name"]).toEqual({ givenName: "Ana" });
      expect(replaced["active"]).toBe(true);
      for (const name of ["title", "emails", "password", "groups", "unknownThing", ENTERPRISE]) {
        expect(replaced).not.toHaveProperty(name);
      }
      expect(JSON.stringify(await getUser(api, user["id"]))).not.toContain("S3cret");
      expectError(await call(api, "PUT", "/Users/0190a1b2-0000-7000-8000-000000000000", body), 404);
    });

    it("creates one user out of 25 identical requests at once and answers the others with 409", async () => {
      const body = userBody();
      const entries = await Promise.all(Array.from({ length: 25 }, () => call(api, "POST", "/Users", body)));
      const statuses = entries.map((entry) => entry.status).sort();
      expect(statuses).toEqual([201, ...Array.from({ length: 24 }, () => 409)]);
      entries
        .filter((entry) => entry.status === 409)
        .forEach((entry) => expectError(entry, 409, "uniqueness"));
    });

    it("keeps every one of parallel changes to different attributes of one user", async () => {
      const user = await newUser(api);
      const names = [
        "title",
        "nickName",
        "locale",
        "timezone",
        "userType",
        "preferredLanguage",
        "displayName",
      ];
      const jobs = names.map((name) =>
        patchUser(api, user, { op: "replace", path: name, value: `new ${name}` }),
      );
      await Promise.all(jobs);
      const after = await getUser(api, user["id"]);
      for (const name of names) expect(after[name]).toBe(`new ${name}`);
    });

    it("answers ids that nobody has, and words that are no ids, with 404", async () => {
      expect.hasAssertions();
      for (const id of ["0190a1b2-0000-7000-8000-000000000000", "abc", "1%27%20OR%201=1", "a%2Fb", "%00"]) {
        expectError(await call(api, "GET", `/Users/${id}`), 404);
      }
    });
  });
}
