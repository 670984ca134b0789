import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ScimError } from "../scim-error";
import type { AttributePath, Comparison, Filter, FilterValue, Presence } from "./ast";
import { parseAttributePath, parseFilter, parsePatchPath } from "./parser";
import { printFilter, printPatchPath } from "./print";

const path = (name: string, sub: string | null = null, urn: string | null = null): AttributePath => ({
  urn,
  name,
  sub,
});
const eq = (target: AttributePath, value: FilterValue): Comparison => ({
  kind: "compare",
  path: target,
  op: "eq",
  value,
});

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** What a function throws, or null. */
function failureOf(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return error;
  }
}

describe("parseFilter", () => {
  it.each<[string, Filter]>([
    ['userName eq "ana"', eq(path("userName"), "ana")],
    ['USERNAME EQ "ana"', eq(path("USERNAME"), "ana")],
    ["externalId eq jyoung", eq(path("externalId"), "jyoung")],
    ["active eq true", eq(path("active"), true)],
    ['active eq "True"', eq(path("active"), "True")],
    ["x eq -1.5e3", eq(path("x"), -1500)],
    ["externalId eq 12345678901234567890", eq(path("externalId"), "12345678901234567890")],
    ["x eq null", eq(path("x"), null)],
    ["name.familyName pr", { kind: "present", path: path("name", "familyName") }],
    [`${ENTERPRISE}:department eq "R+D"`, eq(path("department", null, ENTERPRISE), "R+D")],
    [`${ENTERPRISE}:manager.value eq "u"`, eq(path("manager", "value", ENTERPRISE), "u")],
    ['members.$ref eq "x"', eq(path("members", "$ref"), "x")],
    ['userName eq "a\\"b\\\\c"', eq(path("userName"), 'a"b\\c')],
    ["meta.resourceType eq User", eq(path("meta", "resourceType"), "User")],
    [
      'emails[type eq "work"].value eq "x"',
      {
        kind: "valuePath",
        path: path("emails"),
        filter: eq(path("type"), "work"),
        tail: eq(path("value"), "x"),
      },
    ],
    ["not(a pr)", { kind: "not", term: { kind: "present", path: path("a") } }],
    [
      'a eq "1" or b eq "2" and not (c pr)',
      {
        kind: "or",
        terms: [
          eq(path("a"), "1"),
          {
            kind: "and",
            terms: [eq(path("b"), "2"), { kind: "not", term: { kind: "present", path: path("c") } }],
          },
        ],
      },
    ],
    [
      '(a eq "1" or b eq "2") and c pr',
      {
        kind: "and",
        terms: [
          { kind: "or", terms: [eq(path("a"), "1"), eq(path("b"), "2")] },
          { kind: "present", path: path("c") },
        ],
      },
    ],
  ])("reads %s", (text, expected) => {
    expect(parseFilter(text)).toEqual(expected);
  });

  it.each([
    "",
    "   ",
    "userName",
    "userName eq",
    'userName is "x"',
    'userName eq "x',
    'userName eq "x" and',
    'userName eq "x" userName eq "y"',
    '(userName eq "x"',
    'userName eq "x")',
    'emails[type eq "work"',
    'emails[a[b eq "c"]]',
    'name.given.x eq "y"',
    '"userName" eq "x"',
    'user name eq "x"',
    'userName eq "\\u0000"',
    'userName eq "\\ud800"',
    '__proto__ eq "x"',
    `userName eq "${"x".repeat(5000)}"`,
    `${"(".repeat(40)}a pr${")".repeat(40)}`,
    Array.from({ length: 65 }, () => "a pr").join(" or "),
  ])("refuses %s with 400 invalidFilter", (text) => {
    expect(() => parseFilter(text)).toThrowError(
      expect.objectContaining({ status: 400, scimType: "invalidFilter" }) as Error,
    );
  });

  it("says where the problem is", () => {
    expect(() => parseFilter('userName foo "x"')).toThrow(/position 10/);
  });

  it("throws nothing but ScimError, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        expect(failureOf(() => parseFilter(text))).toSatisfy(
          (error: unknown) => error === null || error instanceof ScimError,
        );
      }),
    );
  });
});

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/);
const attributePath = fc.record({
  urn: fc.constantFrom(null, ENTERPRISE),
  name,
  sub: fc.option(name),
});
const value = fc.oneof(
  fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0") && !/\p{Surrogate}/u.test(text)),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const comparison: fc.Arbitrary<Comparison> = fc.record({
  kind: fc.constant("compare" as const),
  path: attributePath,
  op: fc.constantFrom("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"),
  value,
});
const presence: fc.Arbitrary<Presence> = fc.record({
  kind: fc.constant("present" as const),
  path: attributePath,
});
const tail = fc.oneof(comparison, presence).map((term) => ({ ...term, path: path(term.path.name) }));

function filterOf(depth: number, brackets: boolean): fc.Arbitrary<Filter> {
  if (depth === 0) return fc.oneof(comparison, presence);
  const inner = filterOf(depth - 1, brackets);
  const chain = (kind: "and" | "or") =>
    fc.array(inner, { minLength: 2, maxLength: 3 }).map((terms): Filter => ({ kind, terms }));
  const valuePath = fc.record({
    kind: fc.constant("valuePath" as const),
    path: attributePath.map((target) => ({ ...target, sub: null })),
    filter: filterOf(depth - 1, true),
    tail: fc.option(tail),
  });
  const negation = inner.map((term): Filter => ({ kind: "not", term }));
  return brackets
    ? fc.oneof(comparison, presence, chain("and"), chain("or"), negation)
    : fc.oneof(comparison, presence, chain("and"), chain("or"), negation, valuePath);
}

describe("printing and parsing", () => {
  it("gives back the same filter", () => {
    fc.assert(
      fc.property(filterOf(2, false), (filter) => {
        expect(parseFilter(printFilter(filter))).toEqual(filter);
      }),
    );
  });

  it("gives back the same PATCH path", () => {
    const target = fc.oneof(
      attributePath.map((item) => ({ path: item, filter: null, sub: null })),
      fc.record({
        path: attributePath.map((item) => ({ ...item, sub: null })),
        filter: filterOf(1, true),
        sub: fc.option(name),
      }),
    );
    fc.assert(
      fc.property(target, (item) => {
        expect(parsePatchPath(printPatchPath(item))).toEqual(item);
      }),
    );
  });
});

describe("parsePatchPath", () => {
  it.each(["", "emails[", 'emails[type eq "work"]x', "a.b.c", "a b", "1abc", 'emails.value[type eq "x"]'])(
    "refuses %s with 400 invalidPath",
    (text) => {
      expect(() => parsePatchPath(text)).toThrowError(
        expect.objectContaining({ scimType: "invalidPath" }) as Error,
      );
    },
  );
});

describe("parseAttributePath", () => {
  it("splits an extension path at its last colon", () => {
    expect(parseAttributePath(`${ENTERPRISE}:department`)).toEqual(path("department", null, ENTERPRISE));
  });
});
