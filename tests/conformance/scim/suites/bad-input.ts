import { describe, expect, it } from "vitest";

import {
  call,
  expectError,
  filterQuery,
  find,
  getGroup,
  getUser,
  newGroup,
  newUser,
  patchUser,
  unique,
  userBody,
  type Api,
} from "../api";

/** Everything malformed gets a SCIM error and changes nothing; never a 5xx. */
export function badInputSuite(api: Api): void {
  /** Sends bytes as they are; `call` would make JSON of them. */
  const raw = async (method: string, path: string, body: BodyInit, type?: string) => {
    const { baseUrl, token, send = fetch } = api.target();
    const response = await send(
      new Request(`${baseUrl}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(type === undefined ? {} : { "content-type": type }),
        },
        body,
      }),
    );
    const text = await response.text();
    return { status: response.status, text, type: response.headers.get("content-type") ?? "" };
  };

  describe("bad input", () => {
    it.each<[string, BodyInit]>([
      ["no JSON", "{not json"],
      ["nothing", ""],
      ["a list", "[]"],
      ["a string", '"x"'],
      ["null", "null"],
      ["broken UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
      ["very deep JSON", `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`],
    ])("answers a body that is %s with 400 invalidSyntax, and changes nothing", async (_case, body) => {
      const user = await newUser(api);
      const group = await newGroup(api, { members: [{ value: user["id"]! }] });
      const before = [await getUser(api, user["id"]), await getGroup(api, group["id"])];
      for (const [method, path] of [
        ["POST", "/Users"],
        ["POST", "/Groups"],
        ["POST", "/Users/.search"],
        ["PUT", `/Users/${String(user["id"])}`],
        ["PATCH", `/Users/${String(user["id"])}`],
        ["PUT", `/Groups/${String(group["id"])}`],
        ["PATCH", `/Groups/${String(group["id"])}`],
      ] as const) {
        const answer = await raw(method, path, body);
        expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("invalidSyntax")]);
        expect(answer.type).toMatch(/^application\/scim\+json/);
      }
      expect([await getUser(api, user["id"]), await getGroup(api, group["id"])]).toEqual(before);
    });

    it.each(["\\u0000", "\\ud800"])("refuses the character %s anywhere in a body", async (character) => {
      const text = JSON.stringify(userBody({ title: "PLACE" })).replace("PLACE", character);
      const answer = await raw("POST", "/Users", text, "application/scim+json");
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("invalidValue")]);
    });

    it("answers a body over 1 MiB with 413", async () => {
      const answer = await raw("POST", "/Users", JSON.stringify(userBody({ title: "x".repeat(1_100_000) })));
      expect(answer.status).toBe(413);
      expect(answer.text).toContain('"status":"413"');
    });

    it.each([
      "application/scim+json; charset=utf-8",
      "application/json",
      "APPLICATION/JSON;charset=UTF-8",
      undefined,
    ])("accepts a body of type %s", async (type) => {
      const body = new TextEncoder().encode(JSON.stringify(userBody()));
      expect((await raw("POST", "/Users", body, type)).status).toBe(201);
    });

    it.each(["application/xml", "text/html", "application/x-www-form-urlencoded"])(
      "answers a body of type %s with 415",
      async (type) => {
        const answer = await raw("POST", "/Users", JSON.stringify(userBody()), type);
        expect([answer.status, answer.text]).toEqual([415, expect.stringContaining('"status":"415"')]);
      },
    );

    it.each([
      ["active", "maybe"],
      ["active", 2],
      ["emails", [{ value: { a: 1 } }]],
      ["name", "Ana"],
      ["displayName", ["a", "b"]],
      ["title", "x".repeat(9000)],
      ["externalId", "x".repeat(600)],
      ["phoneNumbers", Array.from({ length: 300 }, (_, index) => ({ value: String(index) }))],
    ])("refuses %s with a value of the wrong kind, and creates nobody", async (name, value) => {
      const body = userBody({ [name]: value });
      expectError(await call(api, "POST", "/Users", body), 400, "invalidValue");
      const filter = filterQuery(`userName eq "${String(body["userName"])}"`);
      expect((await find(api, "User", filter)).total).toBe(0);
    });

    it("answers broken percent-encoding and huge numbers with 400", async () => {
      expect.hasAssertions();
      expectError(await call(api, "GET", "/Users?filter=%E0%A4%A"), 400);
      expectError(await call(api, "GET", "/Users?startIndex=99999999999999999999"), 400, "invalidValue");
      expectError(await call(api, "GET", "/Users?sortOrder=sideways&sortBy=userName"), 400, "invalidValue");
    });

    it.each<[string, string]>([
      ["longer than 4,096 characters", `userName eq "${"x".repeat(4096)}"`],
      ["nested deeper than 16 levels", `${"(".repeat(17)}active eq true${")".repeat(17)}`],
      ["of more than 64 terms", Array.from({ length: 65 }, () => "active eq true").join(" and ")],
    ])("refuses a filter %s with 400 invalidFilter, also in .search", async (_case, filter) => {
      expect.hasAssertions();
      expectError(await call(api, "GET", `/Users?${filterQuery(filter)}`), 400, "invalidFilter");
      for (const path of ["/Users", "/Groups", ""]) {
        expectError(await call(api, "POST", `${path}/.search`, { filter }), 400, "invalidFilter");
      }
    });

    it("answers filters at those limits", async () => {
      const depth = `${"(".repeat(16)}active eq true${")".repeat(16)}`;
      const terms = Array.from({ length: 64 }, () => "active eq true").join(" and ");
      for (const filter of [depth, terms, `userName eq "${"x".repeat(4000)}"`]) {
        expect((await call(api, "POST", "/Users/.search", { filter, count: 0 })).status).toBe(200);
      }
    });

    it("limits the names in attributes, and what one user can hold", async () => {
      const names = Array.from({ length: 201 }, (_, index) => `a${index}`);
      expectError(await call(api, "POST", "/Users/.search", { attributes: names }), 400, "invalidValue");
      const user = await newUser(api);
      const urn = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";
      const operation = { op: "add", path: `${urn}:blob`, value: "x".repeat(100_000) };
      const body = { Operations: [operation] };
      expectError(await call(api, "PATCH", `/Users/${String(user["id"])}`, body), 400, "invalidValue");
      expect(await getUser(api, user["id"])).toEqual(user);
    });

    it("passes over unknown attributes of a new resource", async () => {
      const user = await newUser(api, { nonsense: { a: [1] }, "not a name!": 1, "urn:broken:": 2 });
      expect(JSON.stringify(user)).not.toContain("nonsense");
      expect((await patchUser(api, user, { op: "replace", path: "title", value: unique() }))["id"]).toBe(
        user["id"],
      );
    });
  });
}
