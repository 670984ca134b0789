import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  call,
  expectError,
  newGroup,
  newUser,
  type Api,
  type Resource,
} from "../../../tests/conformance/scim/api";
import { useTestDatabase } from "../../../tests/support/database";
import { connectScim, type ScimConnection } from "../../../tests/support/scim-in-process";
import { useClock } from "#server/kernel/clock";
import { clearProcessSlot } from "#server/kernel/slot";

useTestDatabase();

let connection: ScimConnection;
let other: ScimConnection;
const api: Api = { target: () => connection.target, stranger: () => other.target };
const theirs: Api = { target: () => other.target, stranger: () => connection.target };

/** Titles repeat and are missing, so that sorting by them needs the tie-break and the place of what has no value. */
const TITLES = ["b", "a", undefined, "B", "c", undefined, "a", "", "d", "c", undefined];

beforeAll(async () => {
  connection = await connectScim();
  other = await connectScim();
  for (const [index, title] of TITLES.entries()) {
    await newUser(api, {
      userName: `U${String(index).padStart(2, "0")}`,
      title: title ?? null,
      active: index % 2 === 0,
    });
  }
  for (const name of ["G1", "G2", "G3"]) await newGroup(api, { displayName: name });
});
beforeEach(() => clearProcessSlot("rate-limit.scim"));

interface List {
  readonly totalResults: number;
  readonly itemsPerPage: number;
  readonly startIndex?: number;
  readonly nextCursor?: string;
  readonly previousCursor?: string;
  readonly Resources: Resource[];
}

async function page(path: string, parameters: Record<string, string>): Promise<List> {
  const entry = await call(api, "GET", `${path}?${new URLSearchParams(parameters).toString()}`);
  expect(entry.status, JSON.stringify(entry.answer)).toBe(200);
  return entry.answer as unknown as List;
}

async function walk(path: string, parameters: Record<string, string>): Promise<List[]> {
  const pages: List[] = [];
  let cursor = "";
  do {
    const found = await page(path, { ...parameters, cursor });
    pages.push(found);
    cursor = found.nextCursor ?? "";
  } while (cursor !== "");
  return pages;
}

const names = (pages: readonly List[]) =>
  pages.flatMap((found) => found.Resources.map((item) => item["userName"] ?? item["displayName"]));

const expectRefusal = async (path: string, parameters: Record<string, string>, scimType: string, who = api) =>
  expectError(await call(who, "GET", `${path}?${new URLSearchParams(parameters).toString()}`), 400, scimType);

describe("a walk by cursor", () => {
  it.each<[string, string, Record<string, string>]>([
    ["users", "/Users", {}],
    ["groups", "/Groups", {}],
    ["everything", "", {}],
    ["users by a filter", "/Users", { filter: "active eq true" }],
    ["users by name", "/Users", { sortBy: "userName" }],
    ["users by name, backwards", "/Users", { sortBy: "userName", sortOrder: "descending" }],
    ["users by what some lack", "/Users", { sortBy: "title" }],
    ["users by what some lack, backwards", "/Users", { sortBy: "title", sortOrder: "descending" }],
    ["users by id", "/Users", { sortBy: "id" }],
    ["users by an instant", "/Users", { sortBy: "meta.lastModified", sortOrder: "descending" }],
    ["users by a yes or no", "/Users", { sortBy: "active" }],
    ["users by what nobody has", "/Users", { sortBy: "nickName" }],
    ["users by their first address", "/Users", { sortBy: "emails" }],
  ])("through %s meets all of them once, in the order of one large page", async (_what, path, parameters) => {
    const whole = await page(path, { ...parameters, count: "100" });
    expect(whole.startIndex).toBe(1);
    expect(whole.nextCursor).toBeUndefined();
    for (const count of [1, 2, 3, 11, 14, 100]) {
      const pages = await walk(path, { ...parameters, count: String(count) });
      expect(names(pages)).toEqual(names([whole]));
      expect(pages).toHaveLength(Math.ceil(whole.totalResults / count));
      for (const found of pages) {
        expect(found.totalResults).toBe(whole.totalResults);
        expect(found.itemsPerPage).toBe(found.Resources.length);
        expect(found).not.toHaveProperty("startIndex");
      }
    }
  });

  it("goes on from GET in .search and back", async () => {
    const first = await page("/Users", { cursor: "", count: "4" });
    const body = { cursor: first.nextCursor!, count: 4 };
    const second = (await call(api, "POST", "/Users/.search", body)).answer as unknown as List;
    const third = await page("/Users", { cursor: second.nextCursor!, count: "4" });
    expect(names([first, second, third])).toEqual(names([await page("/Users", {})]));
    expect(third.nextCursor).toBeUndefined();
  });

  it("skips nobody and repeats nobody while people behind and before it come and go", async () => {
    const filter = 'userName sw "walk-"';
    for (const name of ["walk-1", "walk-2", "walk-3", "walk-4"]) await newUser(api, { userName: name });
    const first = await page("/Users", { filter, cursor: "", count: "2" });
    await call(api, "DELETE", `/Users/${String(first.Resources[1]!["id"])}`);
    await newUser(api, { userName: "walk-5" });
    const rest = await page("/Users", { filter, cursor: first.nextCursor!, count: "2" });
    const last = await page("/Users", { filter, cursor: rest.nextCursor!, count: "2" });
    expect(names([rest, last])).toEqual(["walk-3", "walk-4", "walk-5"]);
    expect(last.totalResults).toBe(4);
    for (const item of [first.Resources[0]!, ...rest.Resources, ...last.Resources]) {
      await call(api, "DELETE", `/Users/${String(item["id"])}`);
    }
  });

  it("tells only the total for a count of 0 or less", async () => {
    for (const count of ["0", "-3"]) {
      expect(await page("/Users", { cursor: "", count })).toEqual({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        totalResults: TITLES.length,
        itemsPerPage: 0,
        Resources: [],
      });
    }
  });

  it("has cursors of unreserved characters, which say nothing of what they hold", async () => {
    const { nextCursor } = await page("/Users", { cursor: "", count: "1", sortBy: "userName" });
    expect(nextCursor).toMatch(/^[\w.~-]+$/);
    expect(Buffer.from(nextCursor!, "base64url").toString("latin1")).not.toMatch(/u00/i);
  });
});

describe("a cursor is refused", () => {
  it("when it was made up or altered", async () => {
    const { nextCursor } = await page("/Users", { cursor: "", count: "2" });
    await expectRefusal("/Users", { cursor: "abc", count: "2" }, "invalidCursor");
    const altered = `${nextCursor!.slice(0, -4)}${nextCursor!.endsWith("AAAA") ? "BBBB" : "AAAA"}`;
    await expectRefusal("/Users", { cursor: altered, count: "2" }, "invalidCursor");
  });

  it("at another endpoint, with another filter or order, and in another workspace", async () => {
    const query = { filter: "active eq true", count: "2" };
    const { nextCursor } = await page("/Users", { ...query, cursor: "" });
    const cursor = nextCursor!;
    await expectRefusal("/Groups", { ...query, cursor }, "invalidCursor");
    await expectRefusal("", { ...query, cursor }, "invalidCursor");
    await expectRefusal("/Users", { count: "2", cursor }, "invalidCursor");
    await expectRefusal("/Users", { ...query, sortBy: "userName", cursor }, "invalidCursor");
    await expectRefusal("/Users", { ...query, cursor }, "invalidCursor", theirs);
  });

  it("with another count, and a count that is no page's size at once", async () => {
    const { nextCursor } = await page("/Users", { cursor: "", count: "2" });
    await expectRefusal("/Users", { cursor: nextCursor!, count: "3" }, "invalidCount");
    await expectRefusal("/Users", { cursor: "", count: "201" }, "invalidCount");
    await expectRefusal("/Users", { cursor: "", count: "many" }, "invalidCount");
    expectError(await call(api, "POST", "/Users/.search", { cursor: "", count: 1000 }), 400, "invalidCount");
  });

  it("an hour after it was given, and not before", async () => {
    const { nextCursor } = await page("/Users", { cursor: "", count: "2" });
    const start = Date.now();
    const restore = useClock(() => start + 3_590_000);
    try {
      await page("/Users", { cursor: nextCursor!, count: "2" });
      useClock(() => start + 3_602_000);
      await expectRefusal("/Users", { cursor: nextCursor!, count: "2" }, "expiredCursor");
    } finally {
      restore();
    }
  });
});

it("cuts a count that is too large when paging by index, as before", async () => {
  expect((await page("/Users", { count: "5000" })).totalResults).toBe(TITLES.length);
});

it("discovery says that there are cursors, and that pages go by index unless asked otherwise", async () => {
  const { answer } = await call(api, "GET", "/ServiceProviderConfig");
  expect(answer).toMatchObject({
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: "index",
      defaultPageSize: 100,
      maxPageSize: 200,
      cursorTimeout: 3600,
    },
  });
});
