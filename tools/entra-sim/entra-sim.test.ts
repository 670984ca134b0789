import { describe, expect, it } from "vitest";

import { parseTenantUrl } from "./cli-options";
import { attributePatch, removeMembersPatch } from "./dialect";
import { Escrow } from "./escrow";
import { ObjectFailure } from "./failure";
import { createBody, readTarget, roleValue } from "./mapping";
import { days, makeSource } from "./sample-source";
import { ServiceIncompatible, strictError, strictResource } from "./strict-answer";
import { toCurl } from "./wire";

const HOUR = 60;
const refusal = new ObjectFailure("BadRequest", "no");
const hiccup = new ObjectFailure("InternalServerError", "later", true);

describe("the escrow", () => {
  it("tries after 6, 12 and 24 hours, then every 24 hours, until day 28", () => {
    const escrow = new Escrow();
    const turns: number[] = [];
    let now = 0;
    escrow.add("a", refusal, now);
    while (escrow.retryAt("a")! < Infinity) {
      now = escrow.retryAt("a")!;
      turns.push(now / HOUR);
      escrow.add("a", refusal, now);
    }
    expect(turns.slice(0, 5)).toEqual([6, 12, 24, 48, 72]);
    expect(turns.at(-1)).toBe(28 * 24);
    expect(escrow.isDue("a", 10 ** 9)).toBe(false);
  });

  it("gives what may pass one more chance in the next cycle", () => {
    const escrow = new Escrow();
    escrow.add("a", hiccup, 40);
    expect(escrow.retryAt("a")).toBe(40);
    escrow.add("a", hiccup, 80);
    expect(escrow.retryAt("a")).toBe(40 + 6 * HOUR);
  });

  it("quarantines from 5,000 failures on, when they are over 40 %", () => {
    const escrow = new Escrow();
    for (let index = 0; index < 4999; index++) escrow.add(String(index), refusal, 0);
    expect(escrow.exceedsThreshold(5000)).toBe(false);
    escrow.add("last", refusal, 0);
    expect(escrow.exceedsThreshold(12_499)).toBe(true);
    expect(escrow.exceedsThreshold(12_500)).toBe(false);
  });
});

describe("the dialects", () => {
  const changes = [
    { path: "active", value: false, present: true },
    { path: 'emails[type eq "work"].value', value: "a@contoso.example", present: false },
    { path: "name.givenName", value: "Ana", present: true },
    { path: "title", value: "Lead", present: false },
  ];

  it("say the same in their own ways", () => {
    expect(attributePatch("legacy", changes)["Operations"]).toEqual([
      { op: "Replace", path: "active", value: "False" },
      { op: "Add", path: 'emails[type eq "work"].value', value: "a@contoso.example" },
      { op: "Replace", path: "name.givenName", value: "Ana" },
      { op: "Add", path: "title", value: "Lead" },
    ]);
    expect(attributePatch("flag", changes)["Operations"]).toEqual([
      { op: "replace", path: "active", value: false },
      { op: "add", path: 'emails[type eq "work"].value', value: "a@contoso.example" },
      { op: "replace", value: { "name.givenName": "Ana", title: "Lead" } },
    ]);
  });

  it("remove members by value, or by one path for each", () => {
    expect(removeMembersPatch("legacy", ["u1", "u2"])["Operations"]).toEqual([
      {
        op: "Remove",
        path: "members",
        value: [
          { $ref: null, value: "u1" },
          { $ref: null, value: "u2" },
        ],
      },
    ]);
    expect(removeMembersPatch("flag", ["u1", "u2"])["Operations"]).toEqual([
      { op: "remove", path: 'members[value eq "u1"]' },
      { op: "remove", path: 'members[value eq "u2"]' },
    ]);
  });
});

describe("the mapping", () => {
  it("reads back from a create body what it has written there", () => {
    const [user] = makeSource(1, 0).users;
    const body = createBody(user!);
    expect(readTarget(body, 'emails[type eq "work"].value')).toBe(user!.mail);
    expect(readTarget(body, "name.familyName")).toBe(user!.surname);
    expect(
      readTarget(body, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber"),
    ).toBe("40000");
    expect(readTarget(body, "nickName")).toBeUndefined();
  });

  it("finds a role in every form", () => {
    for (const form of ["single", "complex", "assertive"] as const) {
      expect(readTarget({ roles: roleValue(form, "Editor") }, "roles")).toBe("Editor");
    }
  });
});

describe("the sample directory", () => {
  it("is the same each time, and has nobody twice", () => {
    const source = makeSource(40, 5, { tag: "ab12" });
    expect(makeSource(40, 5, { tag: "ab12" })).toEqual(source);
    for (const { users, groups } of [source, ...days(source, 4)]) {
      expect(new Set(users.map((user) => user.userPrincipalName.toLowerCase())).size).toBe(users.length);
      expect(new Set([...users, ...groups].map(({ id }) => id)).size).toBe(users.length + groups.length);
    }
  });
});

describe("the strict parser", () => {
  const user = { schemas: ["urn:x"], id: "u1", userName: "a", active: true };

  it.each([
    [{ ...user, id: 7 }, "id is not a string"],
    [{ ...user, active: "True" }, "active is not a boolean"],
    [{ ...user, title: null }, "the resource has a null"],
    [{ ...user, emails: { value: "a" } }, "emails is not a list"],
    [
      { ...user, meta: { resourceType: "User", created: "yesterday" } },
      "meta.created is not a date and time",
    ],
    ["<html>", "the resource is not an object"],
  ])("refuses %j", (resource, complaint) => {
    expect(() => strictResource(resource, "User")).toThrow(new ServiceIncompatible(complaint));
  });

  it("takes a null inside a text for what it is", () => {
    expect(() => strictResource({ ...user, title: "null, or :null" }, "User")).not.toThrow();
  });

  it("wants an error's status as text", () => {
    const error = { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: 404, detail: "gone" };
    expect(() => strictError(error, 404)).toThrow("as a string");
  });
});

describe("the tenant URL", () => {
  it.each([
    ["https://a.example/public-api/scim-v2", false],
    ["https://a.example/public-api/scim-v2/", false],
    ["https://a.example/public-api/scim-v2?aadOptscim062020", true],
    ["https://a.example/public-api/scim-v2/?aadOptscim0620200", true],
    ["https://a.example/public-api/scim-v2/?AADOPTSCIM062020=true", true],
  ])("%s", (text, flagged) => {
    expect(parseTenantUrl(text)).toEqual({ baseUrl: "https://a.example/public-api/scim-v2", flagged });
  });
});

it("a replayed request keeps quotes and has no token", () => {
  const entry = {
    method: "PATCH",
    url: "https://a.example/Users/1",
    body: { value: "O'Neil" },
    status: 400,
    answer: undefined,
    headers: new Headers(),
    ms: 1,
  };
  expect(toCurl(entry)).toBe(
    `curl -i -X PATCH -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/scim+json; charset=utf-8' --data '{"value":"O'\\''Neil"}' 'https://a.example/Users/1'`,
  );
});
