import { describe, expect, it } from "vitest";

import { constantTimeEqual, open, randomToken, seal } from "./crypto";

describe("sealed secrets", () => {
  it("open again with the same purpose and context", () => {
    expect(open("scim-token", seal("scim-token", "chalk_scim_ä", "row-1"), "row-1")).toBe("chalk_scim_ä");
  });

  it("do not open in another row, for another purpose, or when one bit was changed", () => {
    const sealed = seal("scim-token", "secret", "row-1");
    const changed = Uint8Array.from(sealed);
    changed[changed.length - 1]! ^= 1;
    expect(() => open("scim-token", sealed, "row-2")).toThrow();
    expect(() => open("next-auth", sealed, "row-1")).toThrow();
    expect(() => open("scim-token", changed, "row-1")).toThrow();
    expect(() => open("scim-token", sealed.slice(0, 20), "row-1")).toThrow();
  });

  it("differ each time, so that equal secrets do not show", () => {
    expect(seal("scim-token", "x", "r")).not.toEqual(seal("scim-token", "x", "r"));
  });
});

describe("tokens and comparison", () => {
  it("makes tokens of 256 bits that do not repeat", () => {
    const tokens = new Set(Array.from({ length: 1000 }, () => randomToken("t_")));
    expect(tokens.size).toBe(1000);
    expect([...tokens][0]).toMatch(/^t_[A-Za-z0-9_-]{43}$/);
  });

  it("compares strings of any length without throwing", () => {
    expect(constantTimeEqual("abc", "abc")).toBe(true);
    expect(constantTimeEqual("abc", "abd")).toBe(false);
    expect(constantTimeEqual("abc", "abcd")).toBe(false);
    expect(constantTimeEqual("", "")).toBe(true);
  });
});
