import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cloneJson, emptyObject, type JsonObject, type JsonValue } from "../json";
import { ENTERPRISE_URN, USER_URN } from "../schema/attributes";
import { applyOperation, applyResource, type PatchTarget } from "./apply";
import { readOperations } from "./operations";

const CUSTOM_URN = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";

/** Targets of Entra's attribute mappings that have one value and no brackets. */
const PLAIN = [
  "displayName",
  "title",
  "externalId",
  "preferredLanguage",
  "nickName",
  "name.givenName",
  "name.familyName",
  "name.formatted",
  `${ENTERPRISE_URN}:department`,
  `${ENTERPRISE_URN}:employeeNumber`,
  `${ENTERPRISE_URN}:manager`,
  `${CUSTOM_URN}:badge`,
  `${USER_URN}:locale`,
] as const;
const BRACKETED = [
  'emails[type eq "work"].value',
  'emails[type eq "other"].value',
  'phoneNumbers[type eq "mobile"].value',
  'phoneNumbers[type eq "work"].value',
  'addresses[type eq "work"].formatted',
  'addresses[type eq "work"].country',
  'roles[primary eq "True"].value',
] as const;

interface Mapped {
  readonly target: string;
  readonly value: string | null;
}
interface SourceChange {
  readonly attributes: readonly Mapped[];
  readonly active: boolean | null;
}

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom("True", "0", " x ", "ä+&%"),
);
const cleared = fc.constantFrom("", null);
const sourceChange: fc.Arbitrary<SourceChange> = fc.record({
  attributes: fc.uniqueArray(
    fc.record({
      target: fc.constantFrom(...PLAIN, ...BRACKETED),
      value: fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: cleared }),
    }),
    { selector: (item) => item.target, maxLength: 12 },
  ),
  active: fc.option(fc.boolean()),
});
const stored: fc.Arbitrary<JsonObject> = sourceChange.map((source) => {
  const made = patched(document({ userName: "ana" }), legacy(source, []));
  return made;
});

/** No flag: an operation for every target, verbs in capitals chosen without a rule, booleans as text. */
function legacy({ attributes, active }: SourceChange, verbs: readonly boolean[]): JsonObject[] {
  const verb = (index: number) => (verbs[index % (verbs.length || 1)] ? "Add" : "Replace");
  const operations = attributes.map(({ target, value }, index) => ({ op: verb(index), path: target, value }));
  if (active === null) return operations;
  return [...operations, { op: "Replace", path: "active", value: active ? "True" : "False" }];
}

/** With the flag: targets in brackets each by themselves, all others as flat keys of one operation without a path. */
function flagged({ attributes, active }: SourceChange): JsonObject[] {
  const bracketed = attributes.filter(({ target }) => target.includes("["));
  const plain = attributes.filter(({ target }) => !target.includes("["));
  const value: JsonObject = Object.fromEntries(plain.map((item) => [item.target, item.value]));
  return [
    ...bracketed.map((item) => ({ op: "replace", path: item.target, value: item.value })),
    ...(plain.length > 0 ? [{ op: "replace", value }] : []),
    ...(active === null ? [] : [{ op: "replace", path: "active", value: active }]),
  ];
}

/** Everything as keys of one path-less add, also those in brackets, and the boolean among them. */
function folded({ attributes, active }: SourceChange): JsonObject[] {
  const value: JsonObject = Object.fromEntries(attributes.map((item) => [item.target, item.value]));
  return [{ op: "add", value: active === null ? value : { ...value, active } }];
}

function document(body: JsonObject): JsonObject {
  const made = Object.assign(emptyObject(), { active: true });
  applyResource(targetOf(made), body);
  return made;
}

function targetOf(made: JsonObject): PatchTarget {
  return { resource: "User", document: made, members: null, id: null, onIgnored: () => undefined };
}

function patched(before: JsonObject, operations: JsonValue[]): JsonObject {
  const after = cloneJson(before);
  for (const operation of readOperations({ Operations: operations }))
    applyOperation(targetOf(after), operation);
  return after;
}

describe("one change of the source", () => {
  it("ends in the same state in the legacy dialect, with the flag and folded into one operation", () => {
    fc.assert(
      fc.property(stored, sourceChange, fc.array(fc.boolean(), { maxLength: 5 }), (before, source, verbs) => {
        const expected = patched(before, legacy(source, verbs));
        expect(patched(before, flagged(source))).toEqual(expected);
        expect(patched(before, folded(source))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("shows every attribute as it was sent, and none that was cleared", () => {
    fc.assert(
      fc.property(stored, sourceChange, (before, source) => {
        const after = patched(before, flagged(source));
        for (const { target, value } of source.attributes) {
          const shown = read(after, target);
          expect(shown, target).toBe(value === "" ? undefined : (value ?? undefined));
        }
        expect(after["active"]).toBe(source.active ?? before["active"]);
      }),
      { numRuns: 300 },
    );
  });

  it("changes nothing when it is applied again", () => {
    fc.assert(
      fc.property(stored, sourceChange, (before, source) => {
        const once = patched(before, flagged(source));
        expect(patched(once, legacy(source, [true]))).toEqual(once);
      }),
    );
  });
});

/** What stands at a target, by means of its own. */
function read(from: JsonObject, target: string): JsonValue | undefined {
  const bracketed = /^(\w+)\[(\w+) eq "(\w+)"\]\.(\w+)$/.exec(target);
  if (bracketed) {
    const [, list, key, wanted, sub] = bracketed as unknown as [string, string, string, string, string];
    const items = (from[list] ?? []) as JsonObject[];
    return items.find((item) => String(item[key]).toLowerCase() === wanted.toLowerCase())?.[sub];
  }
  const colon = target.lastIndexOf(":");
  const urn = target.slice(0, colon);
  const holder = colon < 0 || urn === USER_URN ? from : ((from[urn] ?? {}) as JsonObject);
  const [name = "", sub] = target.slice(colon + 1).split(".");
  if (name === "manager") return (holder["manager"] as JsonObject | undefined)?.["value"];
  return sub === undefined ? holder[name] : (holder[name] as JsonObject | undefined)?.[sub];
}

describe("value paths into a customer's own list", () => {
  const path = (rest: string) => `${CUSTOM_URN}:desks${rest}`;
  const before = () =>
    document({ userName: "ana", [CUSTOM_URN]: { desks: [{ kind: "home", floor: 2 }, "x"] } });
  const desks = (...operations: JsonObject[]) => {
    const extension = patched(before(), operations)[CUSTOM_URN] as JsonObject | undefined;
    return extension?.["desks"];
  };

  it("change, make and take away only what they describe, and keep types", () => {
    expect(desks({ op: "replace", path: path('[kind eq "HOME"].floor'), value: 3 })).toEqual([
      { kind: "home", floor: 3 },
      "x",
    ]);
    expect(desks({ op: "add", path: path('[kind eq "work"].floor'), value: 4 })).toEqual([
      { kind: "home", floor: 2 },
      "x",
      { kind: "work", floor: 4 },
    ]);
    expect(desks({ op: "remove", path: path('[kind eq "home"]') })).toEqual(["x"]);
    expect(desks({ op: "replace", path: path('[kind eq "home"].floor'), value: "" })).toEqual([
      { kind: "home" },
      "x",
    ]);
    expect(desks({ op: "replace", path: path('[kind eq "home"]'), value: { seat: "a" } })).toEqual([
      { kind: "home", floor: 2, seat: "a" },
      "x",
    ]);
  });

  it("are refused when they say more than equality", () => {
    expect(() => desks({ op: "remove", path: path('[floor gt "1"]') })).toThrow(/selected by/);
  });
});
