import { describe, expect, it } from "vitest";

import { safePath } from "./safe-path";

describe("a safe path", () => {
  it.each([
    ["/", "/"],
    ["/w/acme", "/w/acme"],
    ["/w/acme/board/0190?x=1#y", "/w/acme/board/0190?x=1#y"],
    ["/w/acme?next=%2F%2Fevil.test", "/w/acme?next=%2F%2Fevil.test"],
    ["/w/caf%C3%A9", "/w/caf%C3%A9"],
    ["/w/acme/../acme", "/w/acme"],
    ["/w/100%25", "/w/100%25"],
  ])("%s leads to %s", (value, expected) => {
    expect(safePath(value)).toBe(expected);
  });

  it.each([
    ["nothing", null],
    ["an empty value", ""],
    ["another site", "https://evil.test"],
    ["another site in capitals", "HTTPS://evil.test"],
    ["a script", "javascript:alert(1)"],
    ["a data URL", "data:text/html,x"],
    ["two slashes", "//evil.test"],
    ["three slashes", "///evil.test"],
    ["slash and backslash", "/\\evil.test"],
    ["backslash and slash", "\\/evil.test"],
    ["two backslashes", "\\\\evil.test"],
    ["a backslash later", "/w\\..\\\\evil.test"],
    ["dot segments before two slashes", "/..//evil.test"],
    ["a dot segment before two slashes", "/.//evil.test"],
    ["an inner way to two slashes", "/w/..//evil.test"],
    ["a tab between slashes", "/\t/evil.test"],
    ["a line break between slashes", "/\n/evil.test"],
    ["a carriage return between slashes", "/\r/evil.test"],
    ["a new header", "/w\r\nSet-Cookie: a=b"],
    ["a null character", "/\u0000/evil.test"],
    ["a leading blank", " //evil.test"],
    ["encoded slashes", "/%2F%2Fevil.test"],
    ["an encoded slash", "/%2Fevil.test"],
    ["an encoded backslash", "/%5Cevil.test"],
    ["twice encoded slashes", "/%252F%252Fevil.test"],
    ["an encoded line break", "/w%0D%0ASet-Cookie:%20a=b"],
    ["an encoded tab", "/%09/evil.test"],
    ["encoded dot segments", "/%2e%2e//evil.test"],
    ["a broken escape", "/w/%zz"],
    ["no leading slash", "w/acme"],
    ["a host and a user", "@evil.test"],
    ["an address after a user", "http://localhost@evil.test/"],
    ["the sign-out endpoint", "/api/auth/signout"],
    ["the login endpoint, a loop", "/api/saml/0190/login"],
    ["the sign-in page, a loop", "/signin?next=/signin"],
    ["the sign-in endpoint behind dots", "/w/../api/auth/signout"],
    ["more than a URL may hold", `/${"a".repeat(3000)}`],
  ])("is not %s", (_what, value) => {
    expect(safePath(value)).toBeNull();
  });
});
