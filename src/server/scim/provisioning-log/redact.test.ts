import { describe, expect, it } from "vitest";

import type { JsonObject } from "../json";
import { hideInPath, sketchJson, storableText, withoutSecret } from "./redact";

const sketch = (body: JsonObject) => JSON.parse(sketchJson(body)) as JsonObject;

describe("a body in the provisioning log", () => {
  it("is what was said, when nothing of it is secret or long", () => {
    const body = {
      userName: "ana@x.example",
      active: true,
      emails: [{ value: "ana@x.example", primary: true }],
      n: null,
    };
    expect(sketch(body)).toEqual(body);
  });

  it.each<[string, JsonObject]>([
    ["an attribute", { password: "hunter2!" }],
    ["any letter case", { PassWord: "hunter2!" }],
    ["an attribute with its schema", { "urn:ietf:params:scim:schemas:core:2.0:User:password": "hunter2!" }],
    ["an object within", { "urn:x:User": { apiToken: "hunter2!", clientSecret: { deep: ["hunter2!"] } } }],
    ["a PATCH by path", { Operations: [{ op: "replace", path: "password", value: "hunter2!" }] }],
    [
      "a PATCH by path, in any case",
      { operations: [{ OP: "Replace", Path: "Password", Value: "hunter2!" }] },
    ],
    [
      "a PATCH by a value path",
      { Operations: [{ op: "add", path: 'x[type eq "a"].secret', value: ["hunter2!"] }] },
    ],
    ["a PATCH without a path", { Operations: [{ op: "replace", value: { password: "hunter2!" } }] }],
    ["a Bulk", { Operations: [{ method: "POST", path: "/Users", data: { password: "hunter2!" } }] }],
    ["a search", { filter: 'password eq "hunter2!"' }],
    ["a PATCH path with a filter", { Operations: [{ op: "remove", path: 'x[password eq "hunter2!"]' }] }],
    ["a token in any text", { title: "chalk_scim_hunter2AAAABBBBCCCC", nickName: "Bearer hunter2hunter2" }],
  ])("has no secret of %s", (_where, body) => {
    const text = sketchJson(body);
    expect(text).not.toContain("hunter2");
    expect(text).toContain("[secret]");
  });

  it("shows long lists by their beginning and the number of the rest", () => {
    const members = Array.from({ length: 2_000 }, (_, index) => ({ value: `id-${index}` }));
    const { members: shown } = sketch({ members });
    expect(shown).toHaveLength(21);
    expect((shown as unknown[]).at(-1)).toBe("… (1980 more)");
  });

  it.each<[string, JsonObject]>([
    ["one long text", { title: "x".repeat(100_000) }],
    [
      "long texts of three bytes a letter",
      { title: "漢".repeat(100_000), name: { familyName: "字".repeat(9_000) } },
    ],
    ["text that JSON has to escape", { title: '\u0001"'.repeat(20_000) }],
    ["many keys", Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`key${index}`, index]))],
    ["a long key", { ["k".repeat(50_000)]: 1 }],
    ["a page of resources", { Resources: Array.from({ length: 200 }, () => ({ a: "y".repeat(900) })) }],
  ])("is at most 8 KiB of readable JSON, for %s", (_what, body) => {
    const text = sketchJson(body);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8_192);
    expect(JSON.parse(text)).toBeTypeOf("object");
    expect(text).toMatch(/more\)/);
  });

  it("keeps hostile keys as plain keys", () => {
    const text = sketchJson(JSON.parse('{"__proto__":{"polluted":1},"constructor":"x"}') as JsonObject);
    expect(text).toBe('{"__proto__":{"polluted":1},"constructor":"x"}');
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("a path in the provisioning log", () => {
  it("keeps its query but for secrets", () => {
    expect(hideInPath("/Users?filter=userName+eq+%22a%22&count=5")).toBe(
      "/Users?filter=userName+eq+%22a%22&count=5",
    );
    expect(hideInPath("/Users?access_token=hunter2&count=5&Password=hunter2")).toBe(
      "/Users?access_token=[secret]&count=5&Password=[secret]",
    );
    expect(hideInPath("/Users?filter=password+eq+%22hunter2%22")).toBe("/Users?filter=[secret]");
    expect(hideInPath("/Users?filter=p%61ssword+eq+%22hunter2%22")).toBe("/Users?filter=[secret]");
    expect(hideInPath("/Users/chalk_scim_hunter2hunter2")).toBe("/Users/[secret]");
  });

  it("is cut when somebody sends a very long one", () => {
    expect(hideInPath(`/Users?filter=${"x".repeat(50_000)}`).length).toBeLessThanOrEqual(2_000);
  });
});

it("a filter is told unless it compares a secret", () => {
  expect(withoutSecret('userName eq "a"')).toBe('userName eq "a"');
  expect(withoutSecret('password eq "hunter2"')).toBe("[secret]");
});

it("a text loses what PostgreSQL cannot store", () => {
  expect(storableText("a\0b\uD800c😀")).toBe("a\uFFFDb\uFFFDc😀");
});
