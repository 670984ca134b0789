import fc from "fast-check";
import { beforeAll, beforeEach, expect, it } from "vitest";

import { call, type Api, type Resource } from "../../../../tests/conformance/scim/api";
import { useTestDatabase } from "../../../../tests/support/database";
import { connectScim, type ScimConnection } from "../../../../tests/support/scim-in-process";
import { clearProcessSlot } from "#server/kernel/slot";

import type { AttributePath, Comparison, Filter, Presence } from "./ast";
import { printFilter } from "./print";

// What PostgreSQL makes of a filter is compared with a plain reading of RFC 7644 section 3.4.2.2 over the resources
// that the service itself returns.
useTestDatabase();

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const CUSTOM = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";

let connection: ScimConnection;
let people: Resource[] = [];
const api: Api = { target: () => connection.target, stranger: () => connection.target };

const WORDS = [
  "a",
  "A",
  "b",
  "ab",
  "Ba",
  "a_b",
  "a%b",
  "axb",
  "Äb",
  "ß",
  "10",
  "9",
  "true",
  " a ",
  '"',
  "\\",
];
const word = fc.constantFrom(...WORDS);
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const email = fc.record({ type: fc.constantFrom("work", "home", "Other"), value: word });
const person = fc.record({
  displayName: sometimes(word),
  title: sometimes(word),
  externalId: sometimes(word),
  active: fc.boolean(),
  name: sometimes(fc.record({ familyName: sometimes(word), givenName: sometimes(word) })),
  emails: fc.array(email, { maxLength: 3 }),
  roles: fc.array(fc.record({ value: word, primary: fc.boolean() }), { maxLength: 2 }),
  [ENTERPRISE]: fc.record({ department: sometimes(word), manager: sometimes(word) }),
  [CUSTOM]: fc.record({
    badge: sometimes(fc.integer({ min: 8, max: 11 })),
    tags: fc.array(word, { maxLength: 2 }),
    desk: sometimes(fc.record({ floor: word })),
  }),
});

beforeAll(async () => {
  connection = await connectScim();
  const drawn = fc.sample(person, { numRuns: 30, seed: 20_261_123 });
  for (const [index, body] of drawn.entries()) {
    const made = await call(api, "POST", "/Users", {
      ...body,
      userName: `${WORDS[index % WORDS.length]}${index}`,
    });
    if (made.status !== 201) throw new Error(`A person was not made: ${JSON.stringify(made.answer)}`);
    people.push(made.answer as Resource);
  }
  people = people.map((item) => JSON.parse(JSON.stringify(item)) as Resource);
});
beforeEach(() => clearProcessSlot("rate-limit.scim"));

/** A path, the values that make sense beside it, and whether letter case counts. */
interface Subject {
  readonly path: AttributePath;
  readonly exact?: boolean;
}
const at = (name: string, sub: string | null = null, urn: string | null = null): AttributePath => ({
  urn,
  name,
  sub,
});
const TEXTS: readonly Subject[] = [
  { path: at("userName") },
  { path: at("displayName") },
  { path: at("title") },
  { path: at("externalId"), exact: true },
  { path: at("name", "familyName") },
  { path: at("emails") },
  { path: at("emails", "value") },
  { path: at("emails", "type") },
  { path: at("roles") },
  { path: at("department", null, ENTERPRISE) },
  { path: at("manager", null, ENTERPRISE), exact: true },
  { path: at("manager", "value", ENTERPRISE), exact: true },
  { path: at("tags", null, CUSTOM) },
  { path: at("desk", "floor", CUSTOM) },
  { path: at("nickName") },
];
const EXACT = new Set(TEXTS.filter((item) => item.exact).map((item) => item.path.name));

const textComparison: fc.Arbitrary<Comparison> = fc.record({
  kind: fc.constant("compare" as const),
  path: fc.constantFrom(...TEXTS).map(({ path }) => path),
  op: fc.constantFrom("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"),
  value: fc.oneof(word, fc.constantFrom("", "work", "home", "zz")),
});
const otherComparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({
    kind: fc.constant("compare" as const),
    path: fc.constant(at("active")),
    op: fc.constantFrom("eq" as const, "ne" as const),
    value: fc.constantFrom<boolean | string>(true, false, "True", "FALSE"),
  }),
  fc.record({
    kind: fc.constant("compare" as const),
    path: fc.constant(at("badge", null, CUSTOM)),
    op: fc.constantFrom("eq", "ne", "gt", "ge", "lt", "le"),
    value: fc.integer({ min: 8, max: 11 }),
  }),
  fc.record({
    kind: fc.constant("compare" as const),
    path: fc.constantFrom(...TEXTS).map(({ path }) => path),
    op: fc.constantFrom("eq" as const, "ne" as const),
    value: fc.constant(null),
  }),
);
const presence: fc.Arbitrary<Presence> = fc.record({
  kind: fc.constant("present" as const),
  path: fc.constantFrom(...TEXTS.map(({ path }) => path), at("active"), at("badge", null, CUSTOM)),
});
const inElement = fc.constantFrom("type", "value");
const elementTerm: fc.Arbitrary<Comparison | Presence> = fc.oneof(
  fc.record({
    kind: fc.constant("compare" as const),
    path: inElement.map((name) => at(name)),
    op: fc.constantFrom("eq", "ne", "co", "sw", "gt"),
    value: fc.oneof(word, fc.constantFrom("work", "HOME")),
  }),
  fc.record({ kind: fc.constant("present" as const), path: inElement.map((name) => at(name)) }),
);
const valuePath: fc.Arbitrary<Filter> = fc.record({
  kind: fc.constant("valuePath" as const),
  path: fc.constant(at("emails")),
  filter: fc.oneof(
    elementTerm,
    fc.tuple(elementTerm, elementTerm).map((terms): Filter => ({ kind: "and", terms })),
    fc.tuple(elementTerm, elementTerm).map((terms): Filter => ({ kind: "or", terms })),
    elementTerm.map((term): Filter => ({ kind: "not", term })),
  ),
  tail: fc.option<Comparison | Presence>(elementTerm),
});
const filters: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small" },
    textComparison,
    otherComparison,
    presence,
    valuePath,
    fc.tuple(tie("filter"), tie("filter")).map((terms): Filter => ({ kind: "and", terms })),
    fc.tuple(tie("filter"), tie("filter")).map((terms): Filter => ({ kind: "or", terms })),
    tie("filter").map((term): Filter => ({ kind: "not", term })),
  ),
})).filter;

/** The values at a path; an attribute with one value gives one, a missing one none. */
function valuesAt(resource: unknown, path: AttributePath): unknown[] {
  const holder = path.urn === null ? resource : (resource as Resource)[path.urn];
  const value = (holder as Resource | undefined)?.[path.name];
  const all = value === undefined ? [] : Array.isArray(value) ? value : [value];
  const parts = all.map((item) =>
    typeof item === "object" && item !== null ? (item as Resource)[path.sub ?? "value"] : item,
  );
  return parts.filter((item) => item !== undefined && item !== null && item !== "");
}

function holds(filter: Filter, resource: unknown): boolean {
  switch (filter.kind) {
    case "and":
      return filter.terms.every((term) => holds(term, resource));
    case "or":
      return filter.terms.some((term) => holds(term, resource));
    case "not":
      return !holds(filter.term, resource);
    case "present":
      return valuesAt(resource, filter.path).length > 0;
    case "compare":
      return compares(filter, valuesAt(resource, filter.path));
    case "valuePath": {
      const list = ((resource as Resource)[filter.path.name] ?? []) as unknown[];
      return list.some(
        (item) => holds(filter.filter, item) && (filter.tail === null || holds(filter.tail, item)),
      );
    }
  }
}

function compares({ op, value, path }: Comparison, values: readonly unknown[]): boolean {
  if (value === null) return (values.length === 0) === (op === "eq");
  if (op === "ne") return !values.some((item) => one("eq", item, value, path));
  return values.some((item) => one(op, item, value, path));
}

function one(op: Comparison["op"], stored: unknown, wanted: unknown, path: AttributePath): boolean {
  if (typeof stored === "number" && typeof wanted === "number") return ordered(op, stored - wanted);
  const fold = (item: unknown) => {
    const text = String(item);
    return EXACT.has(path.name) && path.name !== "active" ? text : text.toLowerCase();
  };
  const [left, right] = [fold(stored), fold(wanted)];
  if (op === "co") return left.includes(right);
  if (op === "sw") return left.startsWith(right);
  if (op === "ew") return left.endsWith(right);
  return ordered(op, Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

function ordered(op: Comparison["op"], difference: number): boolean {
  switch (op) {
    case "eq":
      return difference === 0;
    case "gt":
      return difference > 0;
    case "ge":
      return difference >= 0;
    case "lt":
      return difference < 0;
    default:
      return op === "le" && difference <= 0;
  }
}

const idsOf = (resources: readonly Resource[]) => resources.map((item) => String(item["id"])).sort();

it("finds exactly those who meet a filter, whatever the filter", async () => {
  let hits = 0;
  await fc.assert(
    fc.asyncProperty(filters, async (filter) => {
      clearProcessSlot("rate-limit.scim");
      const text = printFilter(filter);
      const { status, answer } = await call(api, "POST", "/Users/.search", {
        filter: text,
        attributes: ["id"],
      });
      expect(status, `${text}: ${JSON.stringify(answer)}`).toBe(200);
      const expected = idsOf(people.filter((item) => holds(filter, item)));
      expect(idsOf((answer as unknown as { Resources: Resource[] }).Resources), text).toEqual(expected);
      if (expected.length > 0 && expected.length < people.length) hits++;
    }),
    { numRuns: 400 },
  );
  // A generator whose filters found all or nobody would prove little.
  expect(hits).toBeGreaterThan(100);
}, 120_000);
