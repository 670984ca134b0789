import { describe, expect, it } from "vitest";

import { strictList } from "../../../../tools/entra-sim/strict-answer";
import {
  call,
  ENTERPRISE,
  expectError,
  filterQuery,
  find,
  getGroup,
  ids,
  newGroup,
  newUser,
  patchUser,
  unique,
  type Api,
  type Resource,
} from "../api";

/** Filters, paging, sorting, projections. */
export function listsSuite(api: Api): void {
  describe("filters", () => {
    it("matches userName in any case, externalId exactly, displayName in any case, active as a boolean", async () => {
      const mark = unique();
      const user = await newUser(api, {
        userName: `Cäse.${mark}`,
        externalId: `Ext-${mark}`,
        displayName: `Case ${mark}`,
      });
      const total = async (filter: string) => (await find(api, "User", filterQuery(filter))).total;
      expect(await total(`userName eq "CÄSE.${mark}"`)).toBe(1);
      expect(await total(`externalId eq "Ext-${mark}"`)).toBe(1);
      expect(await total(`externalId eq "ext-${mark}"`)).toBe(0);
      expect(await total(`displayName eq "CASE ${mark}"`)).toBe(1);
      expect(await total(`userName eq "cäse.${mark}" and active eq true`)).toBe(1);
      expect(await total(`userName eq "cäse.${mark}" and active eq "False"`)).toBe(0);
      expect(await total(`externalId eq Ext-${mark}`)).toBe(1);
      expect(await total(`id eq "${String(user["id"])}"`)).toBe(1);
    });

    it("reads the grammar as the RFC does", async () => {
      const mark = unique();
      const names = ["ada", "bob", "cyd"];
      const people: Resource[] = [];
      for (const [index, name] of names.entries()) {
        people.push(
          await newUser(api, {
            userName: `${name}.${mark}`,
            displayName: `${name} (${mark})`,
            title: index === 2 ? null : `title ${index}`,
            emails: [
              { type: "work", value: `${name}@${mark}.example`, primary: true },
              { type: "home", value: `home-${name}@${mark}.example` },
            ],
            [ENTERPRISE]: { department: index === 0 ? "R&D" : "Sales" },
          }),
        );
      }
      const [ada, bob, cyd] = people as [Resource, Resource, Resource];
      const within = `userName ew ".${mark}"`;
      const cases: [string, Resource[]][] = [
        [`userName sw "ADA.${mark}"`, [ada]],
        [`userName co ".${mark}"`, [ada, bob, cyd]],
        [`${within} and title pr`, [ada, bob]],
        [`${within} and not (title pr)`, [cyd]],
        [`${within} and title eq null`, [cyd]],
        [`${within} and (title eq "title 0" or displayName sw "cyd")`, [ada, cyd]],
        [`userName eq "ada.${mark}" or userName eq "bob.${mark}" and title eq "nothing"`, [ada]],
        [`${within} and ${ENTERPRISE}:department eq "r&d"`, [ada]],
        [
          `${within} and URN:IETF:params:scim:schemas:extension:enterprise:2.0:User:DEPARTMENT ne "Sales"`,
          [ada],
        ],
        [`emails[type eq "work"].value eq "bob@${mark}.example"`, [bob]],
        [`emails[type eq "work"].value eq "home-bob@${mark}.example"`, []],
        [`emails[type eq "home" and value sw "home-cyd@${mark}"]`, [cyd]],
        [`emails[primary eq "True"].value eq "cyd@${mark}.example"`, [cyd]],
        [`emails co "home-ada@${mark}"`, [ada]],
        [`emails.value eq "ADA@${mark}.example"`, [ada]],
        [`${within} and userName gt "bob"`, [bob, cyd]],
        [`${within} and userName le "b"`, [ada]],
        [
          `${within} and meta.created gt "2020-01-01T00:00:00Z" and meta.resourceType eq User`,
          [ada, bob, cyd],
        ],
        [`${within} and meta.lastModified lt "2020-01-01T00:00:00+02:00"`, []],
        [`${within} and schemas eq "${ENTERPRISE}"`, [ada, bob, cyd]],
        [`${within} and name.familyName eq "ruiz"`, [ada, bob, cyd]],
        [`${within} and members eq "x"`, []],
        [`${within} and photos pr`, []],
        [`NOT (userName NE "ada.${mark}")`, [ada]],
      ];
      for (const [filter, expected] of cases) {
        const found = await find(api, "User", filterQuery(filter));
        expect(ids(...found.resources), filter).toEqual(ids(...expected));
      }
    });

    it.each([
      "userName",
      'userName eq "x',
      'userName like "x"',
      'nonsense eq "x"',
      'emails.nonsense eq "x"',
      'name eq "x"',
      "active gt true",
      'active eq "maybe"',
      'meta.created gt "yesterday"',
      'userName[type eq "x"]',
      "(((",
      '"',
      'userName eq "\\u0000"',
    ])("refuses %s with 400 invalidFilter", async (filter) => {
      expect.hasAssertions();
      expectError(await call(api, "GET", `/Users?${filterQuery(filter)}`), 400, "invalidFilter");
    });

    it("treats characters with a meaning elsewhere as themselves", async () => {
      const mark = unique();
      const names = [
        `TestGrp-!@#$%^&*()_+=-{}][":;'/.,?\\1 ${mark}`,
        `a_b ${mark}`,
        `a%b ${mark}`,
        `axb ${mark}`,
        `ünï + & ${mark}`,
      ];
      const groups: Resource[] = [];
      for (const displayName of names) groups.push(await newGroup(api, { displayName }));
      for (const [index, displayName] of names.entries()) {
        const found = await find(api, "Group", filterQuery(`displayName eq ${JSON.stringify(displayName)}`));
        expect(ids(...found.resources), displayName).toEqual(ids(groups[index]!));
      }
      const contains = await find(api, "Group", filterQuery(`displayName co "_b ${mark}"`));
      expect(ids(...contains.resources)).toEqual(ids(groups[1]!));
    });

    it("answers Entra's reference checks for managers and members", async () => {
      const boss = await newUser(api);
      const user = await newUser(api);
      await patchUser(api, user, { op: "add", path: `${ENTERPRISE}:manager`, value: boss["id"]! });
      const byManager = `id eq "${String(user["id"])}" and manager eq "${String(boss["id"])}"`;
      const found = await find(api, "User", `${filterQuery(byManager)}&attributes=id`);
      expect(found.resources.map((item) => Object.keys(item).sort())).toEqual([["id", "schemas"]]);
      const group = await newGroup(api, { members: [{ value: user["id"]! }] });
      const total = async (filter: string) => {
        const own = `id eq "${String(group["id"])}" and ${filter}`;
        return (await find(api, "Group", filterQuery(own))).total;
      };
      const [inside, outside] = [String(user["id"]), String(boss["id"])];
      expect([await total(`members eq "${inside}"`), await total(`members eq "${outside}"`)]).toEqual([1, 0]);
      expect(await total(`members.value eq "${inside}"`)).toBe(1);
      expect(await total(`members[value eq "${outside}"]`)).toBe(0);
      expect(await total(`members.display eq "${String(user["displayName"])}"`)).toBe(1);
      expect(await total("members.display pr")).toBe(1);
      const { baseUrl } = api.target();
      expect(await total(`members.$ref eq "${baseUrl}/Users/${inside}"`)).toBe(1);
      const people = async (filter: string) =>
        (await find(api, "User", filterQuery(`id eq "${inside}" and ${filter}`))).total;
      expect(await people(`groups eq "${String(group["id"])}"`)).toBe(1);
      expect(await people(`groups.$ref eq "${baseUrl}/Groups/${String(group["id"])}"`)).toBe(1);
      expect(await people(`${ENTERPRISE}:manager.displayName eq "${String(boss["displayName"])}"`)).toBe(1);
      expect(await people(`manager.$ref eq "${baseUrl}/Users/${outside}"`)).toBe(1);
      expect(await people(`manager.displayName eq "nobody"`)).toBe(0);
    });
  });

  describe("paging and sorting", () => {
    it("pages in a stable order without overlap, echoes the index and counts the whole filter", async () => {
      const mark = unique();
      const people: Resource[] = [];
      for (let index = 0; index < 12; index++)
        people.push(await newUser(api, { userName: `page${index}.${mark}` }));
      const filter = filterQuery(`userName ew ".${mark}"`);
      const seen: string[] = [];
      for (const startIndex of [1, 6, 11]) {
        const entry = await call(api, "GET", `/Users?${filter}&startIndex=${startIndex}&count=5`);
        const page = strictList(entry.answer, "User");
        expect(entry.answer).toMatchObject({
          totalResults: 12,
          startIndex,
          itemsPerPage: page.resources.length,
        });
        seen.push(...page.resources.map((item) => String(item["id"])));
      }
      expect(seen).toEqual(people.map((item) => item["id"]));
      const shape = async (query: string) => {
        const { answer } = await call(api, "GET", `/Users?${filter}&${query}`);
        const { totalResults, startIndex, itemsPerPage } = answer as Record<string, number>;
        return [totalResults, startIndex, itemsPerPage];
      };
      expect(await shape("startIndex=0&count=3")).toEqual([12, 1, 3]);
      expect(await shape("startIndex=-3&count=3")).toEqual([12, 1, 3]);
      expect(await shape("count=0")).toEqual([12, 1, 0]);
      expect(await shape("count=-1")).toEqual([12, 1, 0]);
      expect(await shape("startIndex=100")).toEqual([12, 100, 0]);
      expect(await shape("count=100000")).toEqual([12, 1, 12]);
      expectError(await call(api, "GET", `/Users?count=many`), 400, "invalidValue");
    });

    it("sorts by what it is told, in both directions", async () => {
      const mark = unique();
      for (const name of ["Bea", "ada", "Cyd"])
        await newUser(api, { userName: `${name}.${mark}`, title: name });
      const order = async (query: string) => {
        const found = await find(api, "User", `${filterQuery(`userName ew ".${mark}"`)}&${query}`);
        return found.resources.map((item) => item["title"]);
      };
      expect(await order("sortBy=title")).toEqual(["ada", "Bea", "Cyd"]);
      expect(await order("sortBy=userName&sortOrder=descending")).toEqual(["Cyd", "Bea", "ada"]);
      expect(await order("sortBy=emails&sortOrder=ascending")).toHaveLength(3);
      expect(await order("sortBy=meta.created")).toEqual(["Bea", "ada", "Cyd"]);
      expectError(await call(api, "GET", "/Users?sortBy=nonsense"), 400, "invalidPath");
    });

    it("gives .search the same answer as GET, on users, groups and the root", async () => {
      const mark = unique();
      await newUser(api, { userName: `s1.${mark}` });
      await newUser(api, { userName: `s2.${mark}` });
      const filter = `userName ew ".${mark}"`;
      const search = { filter, startIndex: 2, count: 1, attributes: ["userName"] };
      const schemas = ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"];
      for (const path of ["/Users", "/Groups", ""]) {
        const query = `${filterQuery(filter)}&startIndex=2&count=1&attributes=userName`;
        const got = await call(api, "GET", `${path}?${query}`);
        const found = await call(api, "POST", `${path}/.search`, { schemas, ...search });
        expect(got.status).toBe(200);
        expect([found.status, found.answer]).toEqual([got.status, got.answer]);
      }
    });

    it("sorts users and groups together at the root, and refuses to when they are too many", async () => {
      const mark = unique();
      await newUser(api, { userName: `u.${mark}`, displayName: `b ${mark}`, title: "x" });
      await newGroup(api, { displayName: `C ${mark}` });
      await newGroup(api, { displayName: `A ${mark}` });
      const names = async (query: string) => {
        const entry = await call(api, "GET", `/?${filterQuery(`displayName ew "${mark}"`)}&${query}`);
        expect(entry.status, JSON.stringify(entry.answer)).toBe(200);
        const answer = entry.answer as unknown as { totalResults: number; Resources: Resource[] };
        expect(answer.totalResults).toBe(3);
        return answer.Resources.map((item) => String(item["displayName"] ?? item["id"])[0]);
      };
      expect(await names("sortBy=displayName")).toEqual(["A", "b", "C"]);
      expect(await names("sortBy=DISPLAYNAME&sortOrder=descending&startIndex=2&count=1")).toEqual(["b"]);
      expect(await names("sortBy=title")).toEqual(["b", "C", "A"]);
      expect(await names("sortBy=meta.created&sortOrder=descending")).toEqual(["A", "C", "b"]);
      const found = await call(api, "POST", "/.search", {
        filter: `displayName ew "${mark}"`,
        sortBy: "displayName",
        attributes: ["meta.resourceType"],
      });
      const shown = (found.answer as unknown as { Resources: Resource[] }).Resources;
      expect(shown.map((item) => Object.keys(item).sort())).toEqual(
        shown.map(() => ["id", "meta", "schemas"]),
      );
      expect(shown.map((item) => (item["meta"] as Resource)["resourceType"])).toEqual([
        "Group",
        "User",
        "Group",
      ]);
      expectError(await call(api, "GET", "/?sortBy=nonsense"), 400, "invalidPath");
      const many = Array.from({ length: 201 }, (_, index) => ({
        method: "POST",
        path: "/Groups",
        bulkId: `g${index}`,
        data: { displayName: `${index} many-${mark}` },
      }));
      await call(api, "POST", "/Bulk", { Operations: many });
      const filter = filterQuery(`displayName ew "many-${mark}"`);
      expectError(await call(api, "GET", `/?${filter}&sortBy=displayName`), 400, "tooMany");
      expect((await call(api, "GET", `/?${filter}`)).answer).toMatchObject({ totalResults: 201 });
    });

    it("tolerates unknown parameters, a trailing ampersand and a question mark without a query", async () => {
      const user = await newUser(api);
      expect((await call(api, "GET", `/Users?${filterQuery("active eq true")}&count=1&`)).status).toBe(200);
      expect((await call(api, "GET", `/Users?foo=bar&count=1&aadOptscim062020`)).status).toBe(200);
      expect((await call(api, "GET", `/Users/${String(user["id"])}?`)).status).toBe(200);
    });
  });

  describe("projections", () => {
    it("selects and excludes attributes on every verb, and never id and schemas", async () => {
      const user = await newUser(api);
      const path = `/Users/${String(user["id"])}`;
      const keys = async (method: string, query: string, body?: Parameters<typeof call>[3]) => {
        const entry = await call(api, method, `${path}?${query}`, body);
        return Object.keys(entry.answer as Resource).sort();
      };
      expect(await keys("GET", "attributes=userName,NAME.givenName")).toEqual([
        "id",
        "name",
        "schemas",
        "userName",
      ]);
      expect(await keys("GET", `attributes=${ENTERPRISE}:department`)).toEqual(
        ["id", "schemas", ENTERPRISE].sort(),
      );
      expect(await keys("GET", "attributes=department")).toEqual(["id", "schemas", ENTERPRISE].sort());
      expect(await keys("GET", "excludedAttributes=id,schemas,meta")).toEqual(
        Object.keys(user)
          .filter((key) => key !== "meta")
          .sort(),
      );
      const operations = { Operations: [{ op: "replace", path: "title", value: "x" }] };
      expect(await keys("PATCH", "attributes=title", operations)).toEqual(["id", "schemas", "title"]);
      const { userName } = user;
      expect(await keys("PUT", "attributes=userName", { userName: userName! })).toEqual([
        "id",
        "schemas",
        "userName",
      ]);
      const posted = await call(api, "POST", "/Users?attributes=active", { userName: `p.${unique()}` });
      expect(Object.keys(posted.answer as Resource).sort()).toEqual(["active", "id", "schemas"]);
      expectError(
        await call(api, "GET", `${path}?attributes=id&excludedAttributes=name`),
        400,
        "invalidValue",
      );
    });

    it("leaves members out when they are excluded: by id, in lists and in .search", async () => {
      const user = await newUser(api);
      const group = await newGroup(api, { members: [{ value: user["id"]! }] });
      const path = `/Groups/${String(group["id"])}`;
      expect((await call(api, "GET", `${path}?excludedAttributes=members`)).answer).not.toHaveProperty(
        "members",
      );
      expect((await call(api, "GET", `${path}?excludedAttributes=MEMBERS`)).answer).not.toHaveProperty(
        "members",
      );
      const filter = `displayName eq "${String(group["displayName"])}"`;
      const listed = await find(api, "Group", `excludedAttributes=members&${filterQuery(filter)}`);
      expect(listed.resources[0]).not.toHaveProperty("members");
      const searched = await call(api, "POST", "/Groups/.search", {
        filter,
        excludedAttributes: ["members"],
      });
      expect(strictList(searched.answer, "Group").resources[0]).not.toHaveProperty("members");
      expect((await getGroup(api, group["id"]))["members"]).toHaveLength(1);
    });
  });
}
