import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { JsonValue } from "../json";
import { bulkIdIn, referencesIn, resolveReferences, withoutManagers } from "./references";

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

describe("references of a bulk request", () => {
  it("stand under value, $ref, manager and members, also in lists and qualified names; elsewhere they are text", () => {
    const data = {
      displayName: "bulkId:text",
      members: [{ value: "bulkId:a", display: "bulkId:text" }, "bulkId:b"],
      [ENTERPRISE]: { manager: { $ref: "bulkId:c" } },
      [`${ENTERPRISE}:manager`]: "bulkId:d",
      Operations: [{ op: "add", path: "members", VALUE: [{ Value: "bulkId:e" }] }],
      emails: [{ value: "bulkId:" }],
    };
    expect([...referencesIn(data)].sort()).toEqual(["a", "b", "c", "d", "e"]);
    const ids = new Map(["a", "b", "c", "d", "e", "text"].map((name) => [name, `id-${name}`]));
    expect(JSON.parse(JSON.stringify(resolveReferences(data, ids)))).toEqual({
      displayName: "bulkId:text",
      members: [{ value: "id-a", display: "bulkId:text" }, "id-b"],
      [ENTERPRISE]: { manager: { $ref: "id-c" } },
      [`${ENTERPRISE}:manager`]: "id-d",
      Operations: [{ op: "add", path: "members", VALUE: [{ Value: "id-e" }] }],
      emails: [{ value: "bulkId:" }],
    });
  });

  it("leave data without any as it is, and give no object a prototype", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const value = data as JsonValue;
        fc.pre(referencesIn(value).size === 0);
        expect(JSON.stringify(resolveReferences(value, new Map([["a", "b"]])))).toBe(JSON.stringify(value));
      }),
    );
    const hostile = JSON.parse('{"__proto__":{"value":"bulkId:a"}}') as JsonValue;
    const resolved = resolveReferences(hostile, new Map([["a", "x"]])) as object;
    expect(Object.getPrototypeOf(resolved)).toBeNull();
    expect(JSON.stringify(resolved)).toBe('{"__proto__":{"value":"x"}}');
  });

  it("to a manager can be taken out, and nothing else with them", () => {
    const data = {
      title: "x",
      manager: [{ value: "bulkId:a" }],
      [ENTERPRISE]: { manager: "bulkId:a", department: "Law" },
      [`${ENTERPRISE}:manager`]: { value: "bulkId:b" },
      roles: [{ value: "bulkId:a" }],
    };
    const left = withoutManagers(data, new Set(["a"]));
    expect(JSON.parse(JSON.stringify(left))).toEqual({
      title: "x",
      [ENTERPRISE]: { department: "Law" },
      [`${ENTERPRISE}:manager`]: { value: "bulkId:b" },
      roles: [{ value: "bulkId:a" }],
    });
  });

  it.each([
    ["bulkId:q", "q"],
    ["bulkId:", null],
    ["bulkid:q", null],
    ["x bulkId:q", null],
  ])("are read from %s", (text, bulkId) => {
    expect(bulkIdIn(text)).toBe(bulkId);
  });
});
