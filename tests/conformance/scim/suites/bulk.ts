import { describe, expect, it } from "vitest";

import type { Exchange, Json } from "../../../../tools/entra-sim/index";
import { strictError } from "../../../../tools/entra-sim/strict-answer";
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
  newGroup,
  newUser,
  unique,
  userBody,
  type Api,
  type Resource,
} from "../api";

interface Result {
  readonly method: string;
  readonly status: string;
  readonly bulkId?: string;
  readonly location?: string;
  readonly version?: string;
  readonly response?: Json;
}

const BULK_REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

/** RFC 7644 section 3.7. */
export function bulkSuite(api: Api): void {
  const send = (operations: Json[], rest: Resource = {}): Promise<Exchange> =>
    call(api, "POST", "/Bulk", { schemas: [BULK_REQUEST], ...rest, Operations: operations });

  /** The results of a bulk request that could be read. */
  async function bulk(operations: Json[], rest: Resource = {}): Promise<Result[]> {
    const entry = await send(operations, rest);
    expect(entry.status, JSON.stringify(entry.answer)).toBe(200);
    expect(entry.headers.get("content-type")).toMatch(/^application\/scim\+json/);
    const answer = entry.answer as unknown as { schemas: string[]; Operations: Result[] };
    expect(answer.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]);
    return answer.Operations;
  }
  const statuses = (results: readonly Result[]) => results.map((result) => result.status);
  const idIn = (result: Result | undefined) => result!.location!.split("/").at(-1)!;
  const post = (bulkId: string, data: Json = userBody()): Json => ({
    method: "POST",
    path: "/Users",
    bulkId,
    data,
  });
  const managerOf = async (id: Json) => {
    const extension = (await getUser(api, id))[ENTERPRISE] as Resource | undefined;
    return (extension?.["manager"] as Resource | undefined)?.["value"];
  };

  describe("bulk", () => {
    it("creates, replaces, patches and deletes users and groups, each with its own result", async () => {
      const [kept, gone] = [await newUser(api), await newUser(api)];
      const group = await newGroup(api);
      const results = await bulk([
        post("ana"),
        { method: "PUT", path: `/Users/${String(kept["id"])}`, data: { userName: kept["userName"]! } },
        {
          method: "patch",
          path: `/groups/${String(group["id"])}`,
          data: { Operations: [{ op: "add", path: "members", value: [{ value: kept["id"]! }] }] },
        },
        { method: "DELETE", path: `/Users/${String(gone["id"])}` },
      ]);
      expect(statuses(results)).toEqual(["201", "200", "200", "204"]);
      const made = await getUser(api, idIn(results[0]));
      const { baseUrl } = api.target();
      expect(results).toMatchObject([
        {
          method: "POST",
          bulkId: "ana",
          location: `${baseUrl}/Users/${String(made["id"])}`,
          version: 'W/"1"',
        },
        { method: "PUT", location: `${baseUrl}/Users/${String(kept["id"])}` },
        { method: "PATCH", location: `${baseUrl}/Groups/${String(group["id"])}` },
        { method: "DELETE", location: `${baseUrl}/Users/${String(gone["id"])}` },
      ]);
      for (const result of results) expect(result).not.toHaveProperty("response");
      expect(await getUser(api, kept["id"])).not.toHaveProperty("title");
      expect(results[2]!.version).toBe(((await getGroup(api, group["id"]))["meta"] as Resource)["version"]);
      expect(await memberIds(api, group)).toEqual(ids(kept));
      expectError(await call(api, "GET", `/Users/${String(gone["id"])}`), 404);
    });

    it("resolves references to what stands before and after them, in data and in paths", async () => {
      const results = await bulk([
        {
          method: "POST",
          path: "/Groups",
          bulkId: "team",
          data: {
            displayName: `Team ${unique()}`,
            members: [{ value: "bulkId:bo" }, { value: "bulkId:ana" }],
          },
        },
        post("ana", userBody({ [ENTERPRISE]: { manager: { value: "bulkId:bo" } } })),
        post("bo"),
        {
          method: "PATCH",
          path: "/Users/bulkId:bo",
          data: { Operations: [{ op: "replace", path: "title", value: "Lead" }] },
        },
        {
          method: "PATCH",
          path: "/Groups/bulkId:team",
          data: { Operations: [{ op: "remove", path: "members", value: [{ value: "bulkId:ana" }] }] },
        },
      ]);
      expect(statuses(results)).toEqual(["201", "201", "201", "200", "200"]);
      expect(results.map((result) => result.bulkId)).toEqual(["team", "ana", "bo", undefined, undefined]);
      const [team, ana, bo] = results.map(idIn) as [string, string, string];
      expect(await memberIds(api, { id: team })).toEqual([bo]);
      expect(await managerOf(ana)).toBe(bo);
      expect((await getUser(api, bo))["title"]).toBe("Lead");
    });

    it("makes people who are each other's manager, and somebody who is their own", async () => {
      const results = await bulk([
        post("ana", userBody({ [ENTERPRISE]: { department: "Law", manager: "bulkId:bo" } })),
        post("bo", userBody({ [ENTERPRISE]: { manager: { value: "bulkId:cyd" } } })),
        post("cyd", userBody({ [`${ENTERPRISE}:manager`]: "bulkId:ana" })),
        post("self", userBody({ manager: [{ value: "bulkId:self" }] })),
      ]);
      expect(statuses(results)).toEqual(["201", "201", "201", "201"]);
      const [ana, bo, cyd, self] = results.map(idIn) as [string, string, string, string];
      expect([await managerOf(ana), await managerOf(bo), await managerOf(cyd)]).toEqual([bo, cyd, ana]);
      expect(await managerOf(self)).toBe(self);
      for (const [index, id] of [ana, bo, cyd, self].entries()) {
        expect(results[index]!.version).toBe(((await getUser(api, id))["meta"] as Resource)["version"]);
      }
    });

    it("says 409 for circles that cannot be made and 400 for names that nobody has, and does the rest", async () => {
      const group = (bulkId: string, member: string): Json => ({
        method: "POST",
        path: "/Groups",
        bulkId,
        data: { displayName: `Team ${unique()}`, members: [{ value: `bulkId:${member}` }] },
      });
      const results = await bulk([group("a", "b"), group("b", "a"), group("c", "nobody"), post("ana")]);
      expect(statuses(results)).toEqual(["409", "409", "400", "201"]);
      expect(results[2]).not.toHaveProperty("location");
      expect(strictError(results[2]!.response, 400).scimType).toBe("invalidValue");
      expect(strictError(results[2]!.response, 400).detail).toContain("nobody");
    });

    it("fails what refers to a failed operation with 409, and leaves a report without the manager who failed", async () => {
      const taken = await newUser(api);
      const results = await bulk([
        post("boss", userBody({ userName: taken["userName"]! })),
        {
          method: "POST",
          path: "/Groups",
          bulkId: "g",
          data: { displayName: unique(), members: [{ value: "bulkId:boss" }] },
        },
        post("one", userBody({ manager: "bulkId:two" })),
        post("two", userBody({ userName: taken["userName"]!, manager: "bulkId:one" })),
      ]);
      expect(statuses(results)).toEqual(["409", "409", "409", "409"]);
      expect(strictError(results[0]!.response, 409).scimType).toBe("uniqueness");
      expect(results[0]).not.toHaveProperty("location");
    });

    it("goes on after failures, and stops at failOnErrors with the results so far", async () => {
      const bad = post("bad", userBody({ active: "maybe" }));
      const late = userBody();
      const all = await bulk([post("one"), bad, post("two", late)]);
      expect(statuses(all)).toEqual(["201", "400", "201"]);
      expect(strictError(all[1]!.response, 400).scimType).toBe("invalidValue");
      const never = userBody();
      const some = await bulk([post("three"), bad, post("four", never)], { failOnErrors: 1 });
      expect(statuses(some)).toEqual(["201", "400"]);
      const name = filterQuery(`userName eq "${String(never["userName"])}"`);
      expect((await find(api, "User", name)).total).toBe(0);
      const two = await bulk([bad, { ...(bad as Resource), bulkId: "bad2" }, post("five")], {
        failOnErrors: 3,
      });
      expect(statuses(two)).toEqual(["400", "400", "201"]);
    });

    it("applies an operation only to the version it names", async () => {
      const user = await newUser(api);
      const path = `/Users/${String(user["id"])}`;
      const title = (value: string, version: string): Json => ({
        method: "PATCH",
        path,
        version,
        data: { Operations: [{ op: "replace", path: "title", value }] },
      });
      const results = await bulk([
        title("first", 'W/"1"'),
        title("second", 'W/"1"'),
        { method: "DELETE", path, version: 'W/"1"' },
        { method: "PUT", path, version: 'W/"9"', data: { userName: user["userName"]! } },
      ]);
      expect(statuses(results)).toEqual(["200", "412", "412", "412"]);
      expect(results[0]!.version).toBe('W/"2"');
      expect(results[1]!.location).toBe(`${api.target().baseUrl}${path}`);
      expect((await getUser(api, user["id"]))["title"]).toBe("first");
    });

    it("answers operations that make no sense with an error each", async () => {
      const results = await bulk([
        { method: "GET", path: "/Users" },
        { method: "POST", path: "/Users", data: userBody() },
        { method: "POST", path: "/Users", bulkId: "x" },
        { method: "PATCH", path: "/Users", data: {} },
        { method: "POST", path: "/Users/.search", bulkId: "s", data: {} },
        { method: "POST", path: "/Bulk", bulkId: "b", data: { Operations: [] } },
        { method: "DELETE", path: "/Users/0190a1b2-0000-7000-8000-000000000000" },
        { method: "DELETE" },
        { method: "PATCH", path: "/Users/bulkId:nobody", data: { Operations: [] } },
      ]);
      expect(statuses(results)).toEqual(["400", "400", "400", "405", "404", "404", "404", "404", "400"]);
      for (const result of results) strictError(result.response, Number(result.status));
    });

    it.each<[string, Json, number, string | undefined]>([
      ["without Operations", {}, 400, "invalidSyntax"],
      ["with Operations that are no list", { Operations: {} }, 400, "invalidSyntax"],
      ["with an operation that is no object", { Operations: ["x"] }, 400, "invalidSyntax"],
      [
        "with a path that is no string",
        { Operations: [{ method: "DELETE", path: 1 }] },
        400,
        "invalidSyntax",
      ],
      ["with failOnErrors 0", { failOnErrors: 0, Operations: [] }, 400, "invalidValue"],
      ["with failOnErrors as text", { failOnErrors: "1", Operations: [] }, 400, "invalidValue"],
    ])("refuses a message %s", async (_case, body, status, scimType) => {
      expect.hasAssertions();
      expectError(await call(api, "POST", "/Bulk", body), status, scimType);
    });

    it("refuses a message with one bulkId twice, and does nothing of it", async () => {
      const body = userBody();
      expectError(await send([post("same", body), post("same")]), 400, "invalidValue");
      const name = filterQuery(`userName eq "${String(body["userName"])}"`);
      expect((await find(api, "User", name)).total).toBe(0);
    });

    it("refuses with 413 more operations and bytes than it advertises, and takes as many as it does", async () => {
      const { answer } = await call(api, "GET", "/ServiceProviderConfig");
      const limits = (answer as Resource)["bulk"] as { maxOperations: number; maxPayloadSize: number };
      expect(limits).toEqual({ supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 });
      const nothing = { method: "GET", path: "/Users" };
      const many = (count: number) => Array.from({ length: count }, () => nothing);
      expect(await bulk(many(limits.maxOperations))).toHaveLength(limits.maxOperations);
      expect(expectError(await send(many(limits.maxOperations + 1)), 413)).toContain("maxOperations");
      const padded = (size: number) => send([], { padding: "x".repeat(size) });
      expect((await padded(limits.maxPayloadSize - 200)).status).toBe(200);
      expect(expectError(await padded(limits.maxPayloadSize), 413)).toContain(String(limits.maxPayloadSize));
    });

    it("takes an empty list as nothing to do", async () => {
      expect(await bulk([])).toEqual([]);
    });
  });
}
