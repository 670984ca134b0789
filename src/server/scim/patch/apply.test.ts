import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cloneJson, emptyObject, type JsonObject, type JsonValue } from "../json";
import { ENTERPRISE_URN } from "../schema/attributes";
import { ScimError } from "../scim-error";
import { applyOperation, applyResource, type PatchTarget } from "./apply";
import { readOperations, type PatchVerb } from "./operations";

function target(edited: JsonObject, ignored: string[] = []): PatchTarget {
  return {
    resource: "User",
    document: edited,
    members: null,
    id: "u_1",
    onIgnored: (name) => ignored.push(name),
  };
}

function document(values: JsonObject = {}): JsonObject {
  return Object.assign(emptyObject(), { userName: "ana", active: true }, cloneJson(values));
}

function apply(
  before: JsonObject,
  ...operations: [op: PatchVerb, path: string | undefined, value?: JsonValue][]
) {
  const after = document(before);
  for (const [op, path, value] of operations) applyOperation(target(after), { op, path, value });
  return after;
}

describe("a list that grows", () => {
  const numbered = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => `a${from + index}`);
  const full = apply({}, ["add", "emails", numbered(200)], ["add", "urn:x:2.0:User:tags", numbered(200)]);

  it.each(["emails", "urn:x:2.0:User:tags"])("ends at 200 values, however they come: %s", (path) => {
    expect(() => apply(full, ["add", path, numbered(200)])).not.toThrow();
    expect(() => apply(full, ["add", path, numbered(1, 200)])).toThrow(/at most 200/);
    expect(() => apply({}, ["replace", path, numbered(201)])).toThrow(/at most 200/);
  });
});

describe("applyOperation", () => {
  it.each<[string, JsonObject, [PatchVerb, string | undefined, JsonValue?], JsonObject]>([
    ["sets by add", {}, ["add", "title", "x"], { title: "x" }],
    ["sets by replace what is missing", {}, ["replace", "title", "x"], { title: "x" }],
    ["reads names in any case", {}, ["replace", "TITLE", "x"], { title: "x" }],
    [
      "reads the core URN",
      {},
      ["add", "urn:ietf:params:scim:schemas:core:2.0:User:title", "x"],
      { title: "x" },
    ],
    ["turns numbers into text", {}, ["add", "title", 7], { title: "7" }],
    [
      "takes a list of one object for a single value",
      {},
      ["add", "title", [{ $ref: null, value: "x" }]],
      { title: "x" },
    ],
    ["clears by an empty string", { title: "x" }, ["replace", "title", ""], {}],
    ["clears by an empty list", { title: "x" }, ["replace", "title", []], {}],
    [
      "merges a complex value",
      { name: { familyName: "R" } },
      ["add", "name", { givenName: "A" }],
      { name: { familyName: "R", givenName: "A" } },
    ],
    [
      "clears a sub-attribute by null inside a complex value",
      { name: { familyName: "R", givenName: "A" } },
      ["replace", "name", { GIVENNAME: null }],
      { name: { familyName: "R" } },
    ],
    [
      "drops a complex value with its last sub-attribute",
      { name: { givenName: "A" } },
      ["remove", "name.givenName"],
      {},
    ],
    [
      "adds to a list",
      { emails: [{ value: "a" }] },
      ["add", "emails", [{ value: "b" }]],
      { emails: [{ value: "a" }, { value: "b" }] },
    ],
    [
      "adds an equal element once",
      { emails: [{ value: "a" }] },
      ["add", "emails", { value: "A" }],
      { emails: [{ value: "A" }] },
    ],
    [
      "replaces a list",
      { emails: [{ value: "a" }] },
      ["replace", "emails", [{ value: "b", type: "work" }]],
      { emails: [{ value: "b", type: "work" }] },
    ],
    [
      "removes the listed elements only",
      { emails: [{ value: "a", type: "work" }, { value: "b" }] },
      ["remove", "emails", [{ value: "a" }]],
      { emails: [{ value: "b" }] },
    ],
    [
      "removes by a filter",
      { emails: [{ value: "a", type: "work" }, { value: "b" }] },
      ["remove", 'emails[type eq "work"]'],
      { emails: [{ value: "b" }] },
    ],
    [
      "drops the element whose value is cleared",
      { emails: [{ value: "a", type: "work", primary: true }] },
      ["replace", 'emails[type eq "work"].value', null],
      {},
    ],
    [
      "leaves other sub-attributes of a cleared one",
      { addresses: [{ type: "work", formatted: "1", country: "ES" }] },
      ["remove", 'addresses[type eq "work"].formatted'],
      { addresses: [{ type: "work", country: "ES" }] },
    ],
    [
      "changes every element without a filter",
      { emails: [{ value: "a" }, { value: "b" }] },
      ["replace", "emails.type", "home"],
      {
        emails: [
          { value: "a", type: "home" },
          { value: "b", type: "home" },
        ],
      },
    ],
    [
      "does nothing when a filter has nothing to remove",
      { emails: [{ value: "a" }] },
      ["remove", 'emails[type eq "work"]'],
      { emails: [{ value: "a" }] },
    ],
    [
      "matches a boolean by text",
      { roles: [{ value: "x", primary: true }] },
      ["replace", 'roles[primary eq "True"].value', "y"],
      { roles: [{ value: "y", primary: true }] },
    ],
    [
      "creates by two equalities",
      {},
      ["add", 'emails[type eq "work" and primary eq true].value', "x"],
      { emails: [{ type: "work", primary: true, value: "x" }] },
    ],
    [
      "writes the whole extension",
      {},
      ["add", ENTERPRISE_URN, { department: "D", "manager.value": "m" }],
      { [ENTERPRISE_URN]: { department: "D", manager: { value: "m" } } },
    ],
    [
      "removes the whole extension",
      { [ENTERPRISE_URN]: { department: "D" } },
      ["remove", ENTERPRISE_URN],
      {},
    ],
    ["leaves active when no value is given", {}, ["replace", "active", ""], {}],
    ["leaves active when it is removed", {}, ["remove", "active"], {}],
    ["passes over the same id", {}, ["replace", "id", "u_1"], {}],
    [
      "passes over read-only keys of a value",
      {},
      ["replace", undefined, { id: "x", meta: {}, groups: [], title: "x" }],
      { title: "x" },
    ],
    [
      "takes a value path as a key",
      {},
      ["add", undefined, { 'emails[type eq "work"].value': "x" }],
      { emails: [{ type: "work", value: "x", primary: true }] },
    ],
    [
      "appends to a customer's list",
      { "urn:a:2.0:User": { tags: ["a"] } },
      ["add", "urn:a:2.0:User:tags", ["a", "b"]],
      { "urn:a:2.0:User": { tags: ["a", "b"] } },
    ],
    [
      "finds a customer's attribute in any case",
      { "urn:a:2.0:User": { Badge: 1 } },
      ["replace", "URN:A:2.0:user:BADGE", 2],
      { "urn:a:2.0:User": { Badge: 2 } },
    ],
    [
      "reads Whimsical's editor in an extension as a boolean",
      {},
      ["add", "urn:a:2.0:User:editor", "False"],
      { "urn:a:2.0:User": { editor: false } },
    ],
  ])("%s", (_behaviour, before, operation, expected) => {
    expect(apply(before, operation)).toEqual({ userName: "ana", active: true, ...expected });
  });

  it.each<[string, [PatchVerb, string | undefined, JsonValue?], string]>([
    ["an unknown name", ["add", "foo", 1], "invalidPath"],
    ["an unknown sub-attribute", ["add", "name.foo", "x"], "invalidPath"],
    ["an unknown sub-attribute behind a filter", ["add", 'emails[type eq "x"].foo', "x"], "invalidPath"],
    ["an unknown name in a filter", ["add", 'emails[foo eq "x"].value', "x"], "invalidPath"],
    ["brackets on a single value", ["add", 'title[type eq "x"]', "x"], "invalidPath"],
    ["a filter that describes no element", ["replace", 'emails[not (type eq "x")].value', "x"], "noTarget"],
    ["two values for one", ["add", "title", ["a", "b"]], "invalidValue"],
    ["a number for a boolean", ["add", "active", 1], "invalidValue"],
    ["an object for text", ["add", "title", { x: 1 }], "invalidValue"],
    ["text for a complex value", ["add", "name", "Ana"], "invalidValue"],
    ["a removal of userName", ["remove", "userName"], "mutability"],
    ["another id", ["replace", "id", "u_2"], "mutability"],
    ["a value without a path that is no object", ["replace", undefined, "x"], "invalidValue"],
    ["a remove without a path", ["remove", undefined], "noTarget"],
  ])("refuses %s", (_case, operation, scimType) => {
    expect(() => apply({}, operation)).toThrow(expect.objectContaining({ status: 400, scimType }) as Error);
  });

  it("reports what it did not keep", () => {
    const ignored: string[] = [];
    const operation = {
      op: "add" as const,
      path: undefined,
      value: { photos: [], password: "x", members: [] },
    };
    applyOperation(target(document(), ignored), operation);
    expect(ignored).toEqual(["photos", "password", "members"]);
  });
});

describe("readOperations", () => {
  it("reads verbs and member names in any case, in any order", () => {
    expect(readOperations({ operations: [{ VALUE: 1, Path: "a", Op: "REPLACE" }] })).toEqual([
      { op: "replace", path: "a", value: 1 },
    ]);
  });
});

const nastyKey = fc.constantFrom("__proto__", "constructor", "prototype", "toString", "hasOwnProperty");
const anyPath = fc.oneof(
  nastyKey,
  fc.tuple(nastyKey, nastyKey).map(([a, b]) => `${a}.${b}`),
  nastyKey.map((key) => `urn:x:2.0:User:${key}`),
  fc.tuple(nastyKey, nastyKey).map(([a, b]) => `urn:x:2.0:User:${a}.${b}`),
  nastyKey.map((key) => `emails[${key} eq "x"].value`),
  nastyKey.map((key) => `emails[type eq "x"].${key}`),
  nastyKey.map((key) => `name.${key}`),
  fc.constantFrom("name", "emails", "roles", ENTERPRISE_URN, "manager", "urn:x:2.0:User", "title"),
  fc.string(),
);
const anyValue = fc.jsonValue({ maxDepth: 3 }).chain((value) =>
  fc.oneof(
    fc.constant(value),
    nastyKey.map((key) => JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`) as unknown),
  ),
);

describe("hostile operations", () => {
  it("never change a prototype, and fail only with a SCIM error", () => {
    const prototypes = () =>
      [Object.prototype, Array.prototype, Function.prototype].map((item) => Reflect.ownKeys(item).length);
    const before = prototypes();
    fc.assert(
      fc.property(
        fc.constantFrom<PatchVerb>("add", "remove", "replace"),
        fc.option(anyPath, { nil: undefined }),
        anyValue,
        (op, path, value) => {
          const after = document({ emails: [{ type: "work", value: "x" }], name: { givenName: "A" } });
          let failure: unknown = null;
          try {
            applyOperation(target(after), { op, path, value: value as JsonValue });
            applyResource(target(after), { [path ?? "x"]: value as JsonValue });
          } catch (error) {
            failure = error;
          }
          expect(failure === null || failure instanceof ScimError).toBe(true);
          expect(Object.getPrototypeOf(after)).toBeNull();
          expect(prototypes()).toEqual(before);
          expect(({} as JsonObject)["polluted"]).toBeUndefined();
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("leave the same document when they are applied twice by replace", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("title", "name", "emails", "addresses", "roles"),
        anyValue,
        (path, value) => {
          const once = document();
          const twice = document();
          const operation = { op: "replace" as const, path, value: value as JsonValue };
          let refused = false;
          try {
            applyOperation(target(once), operation);
          } catch {
            refused = true;
          }
          fc.pre(!refused);
          applyOperation(target(twice), operation);
          applyOperation(target(twice), operation);
          expect(twice).toEqual(once);
        },
      ),
    );
  });
});
