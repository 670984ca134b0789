import { describe, expect, it } from "vitest";

import { assertUsablePassword, hashPassword, isPassword } from "./passwords";
import { hashSetupCode, newSetupCode } from "./setup-code";

describe("a password", () => {
  it("is hashed with argon2id and a salt of its own", async () => {
    const [one, two] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
  });

  it("is recognised, in either Unicode form, and nothing else is", async () => {
    const hash = await hashPassword("pässword");
    expect(await isPassword("pa\u0308ssword", hash)).toBe(true);
    expect(await isPassword("password", hash)).toBe(false);
    expect(await isPassword("", hash)).toBe(false);
  });

  it("of nobody is never right", async () => {
    expect(await isPassword("anything", null)).toBe(false);
  });

  it.each(["", "1234567", "x".repeat(257)])("of an unusable length is refused (%#)", (password) => {
    expect(() => assertUsablePassword(password)).toThrow(expect.objectContaining({ code: "BAD_INPUT" }));
  });
});

describe("a set-up code", () => {
  it("is readable and new every time", () => {
    const codes = new Set(Array.from({ length: 200 }, newSetupCode));
    expect(codes.size).toBe(200);
    for (const code of codes) expect(code).toMatch(/^([2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}$/);
  });

  it("may be typed in any case and with any separators", () => {
    const code = newSetupCode();
    expect(hashSetupCode(` ${code.toLowerCase().replaceAll("-", " ")} `)).toBe(hashSetupCode(code));
    expect(hashSetupCode(`${code}A`)).not.toBe(hashSetupCode(code));
  });
});
