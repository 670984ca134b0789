import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parsePatchPath } from "../filter/parser";
import { MembersPlan } from "./members-plan";

type Step = readonly ["add" | "remove" | "replace" | "removeFiltered" | "removeAll", readonly string[]];

const id = fc.constantFrom("a", "b", "c", "d", "e");
const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom("add", "remove", "replace", "removeFiltered", "removeAll"),
  fc.array(id, { minLength: 1, maxLength: 3 }),
);

/** The obvious way: one step after the other on the whole set. */
function applyPlainly(present: ReadonlySet<string>, [verb, ids]: Step): Set<string> {
  if (verb === "add") return new Set([...present, ...ids]);
  if (verb === "replace") return new Set(ids);
  if (verb === "removeAll") return new Set();
  return new Set([...present].filter((member) => !ids.includes(member)));
}

function fold(plan: MembersPlan, [verb, ids]: Step): void {
  const members = parsePatchPath("members");
  const values = ids.map((value) => ({ value, $ref: null }));
  if (verb === "add" || verb === "replace" || verb === "remove") plan.apply(members, verb, values);
  else if (verb === "removeAll") plan.apply(members, "remove", undefined);
  else {
    const filter = ids.map((value) => `value eq "${value}"`).join(" or ");
    plan.apply(parsePatchPath(`members[${filter}]`), "remove", undefined);
  }
}

describe("MembersPlan", () => {
  it("ends in the members that one operation after the other would give", () => {
    fc.assert(
      fc.property(fc.uniqueArray(id), fc.array(step, { maxLength: 12 }), (present, steps) => {
        const plan = new MembersPlan();
        let expected: Set<string> = new Set(present);
        for (const item of steps) {
          expected = applyPlainly(expected, item);
          fold(plan, item);
        }
        const kept = plan.exact ? [] : present.filter((member) => !plan.removed.has(member));
        expect(new Set([...kept, ...plan.added])).toEqual(expected);
      }),
    );
  });

  it("reads members as objects, strings, one object, and by the end of a $ref", () => {
    const plan = new MembersPlan();
    const path = parsePatchPath("members");
    plan.apply(path, "add", [{ value: "A" }, "b", { $ref: "https://x.example/Users/c" }]);
    plan.apply(path, "add", { VALUE: "d" });
    expect([...plan.added]).toEqual(["a", "b", "c", "d"]);
  });

  it("is empty when nothing was said", () => {
    const plan = new MembersPlan();
    plan.apply(parsePatchPath("members"), "add", []);
    plan.apply(parsePatchPath('members[value eq "a"].display'), "replace", "x");
    expect(plan.isEmpty).toBe(true);
  });
});
