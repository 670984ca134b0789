import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { useClock } from "#server/kernel/clock";

import { endingsFor, lastingDays } from "./lifetime";

const AT = Date.parse("2026-11-23T12:00:00Z");
let restore: () => void;
beforeEach(() => {
  restore = useClock(() => AT);
});
afterEach(() => restore());

describe("what ends when a new credential comes", () => {
  it("is nothing when there was none", () => {
    expect(endingsFor([], 24)).toEqual([]);
  });

  it("is the present one, now or after the overlap", () => {
    expect(endingsFor([{ id: "a" }])).toEqual([{ ids: ["a"], at: new Date(AT) }]);
    expect(endingsFor([{ id: "a" }], 24)).toEqual([{ ids: ["a"], at: new Date("2026-11-24T12:00:00Z") }]);
  });

  it("is at once what was living out an overlap already, so that no third is alive", () => {
    expect(endingsFor([{ id: "b" }, { id: "a" }], 1)).toEqual([
      { ids: ["a"], at: new Date(AT) },
      { ids: ["b"], at: new Date("2026-11-23T13:00:00Z") },
    ]);
  });
});

describe("a lifetime in days", () => {
  it("begins now, and ends so many days later or never", () => {
    const createdAt = new Date(AT);
    expect(lastingDays(2)).toEqual({ createdAt, expiresAt: new Date("2026-11-25T12:00:00Z") });
    expect(lastingDays(null)).toEqual({ createdAt, expiresAt: null });
    expect(lastingDays(undefined)).toEqual({ createdAt, expiresAt: null });
  });
});
