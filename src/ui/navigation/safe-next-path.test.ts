import { describe, expect, it } from "vitest";

import { safeNextPath } from "./safe-next-path";

describe("safeNextPath", () => {
  it.each(["/", "/w/acme", "/w/acme/board/1?tool=pen#x", "/w/acme/settings/sso"])("keeps %s", (path) => {
    expect(safeNextPath(path)).toBe(path);
  });

  it.each([
    "https://evil.test/",
    "//evil.test",
    "/\\evil.test",
    "/\t/evil.test",
    "/a\\..\\b",
    "javascript:alert(1)",
    "w/acme",
    "",
    "/./\n/evil.test",
    "/..//evil.test",
    `/${"a".repeat(3_000)}`,
  ])("refuses %j", (path) => {
    expect(safeNextPath(path)).toBeNull();
  });

  it("refuses paths that would lead back to sign-in or into an API", () => {
    expect([safeNextPath("/signin"), safeNextPath("/setup"), safeNextPath("/api/trpc")]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("refuses repeated parameters, which arrive as a list", () => {
    expect(safeNextPath(["/a", "/b"])).toBeNull();
  });
});
