import { describe, expect, it } from "vitest";

import { isStorable, isStorableText } from "./storable";

describe("text that PostgreSQL cannot store", () => {
  it("is NUL and half a surrogate pair, and nothing else", () => {
    expect(isStorableText("a\u0000b")).toBe(false);
    expect(isStorableText("a\ud800b")).toBe(false);
    expect(isStorableText("\ud83d\ude00 é \u0001")).toBe(true);
  });

  it("is found in lists, in values and in keys", () => {
    expect(isStorable({ a: [{ b: "\0" }] })).toBe(false);
    expect(isStorable({ ["\0"]: 1 })).toBe(false);
    expect(isStorable({ a: ["x", 1, null, undefined, true] })).toBe(true);
  });

  it("is looked for in an input that contains itself, and in one that is nested deeply", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    expect(isStorable(circle)).toBe(true);
    let deep: unknown = "\0";
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(isStorable(deep)).toBe(false);
  });
});
