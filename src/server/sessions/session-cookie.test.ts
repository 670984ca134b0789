import { afterEach, describe, expect, it } from "vitest";

import { readSessionToken, sessionCookie, sessionCookieHeader } from "./session-cookie";

const TOKEN = "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE";

afterEach(() => {
  process.env["PUBLIC_URL"] = "http://localhost:3000";
});

describe("the session cookie", () => {
  it("is a __Host- cookie with Secure on https, and plain on http", () => {
    expect(sessionCookie().name).toBe("chalkroom.session");
    expect(sessionCookieHeader(TOKEN, new Date(0))).not.toContain("Secure");
    process.env["PUBLIC_URL"] = "https://boards.example.com";
    expect(sessionCookie().name).toBe("__Host-chalkroom.session");
    expect(sessionCookieHeader(TOKEN, new Date(0))).toMatch(/Path=\/; .*HttpOnly; SameSite=Lax; Secure$/);
  });

  it("is found among others and refused when it has another shape", () => {
    expect(readSessionToken(`a=1; chalkroom.session=${TOKEN}; b=2`)).toBe(TOKEN);
    expect(readSessionToken(`xchalkroom.session=${TOKEN}`)).toBeNull();
    expect(readSessionToken("chalkroom.session=")).toBeNull();
    expect(readSessionToken("chalkroom.session=<script>alert(1)</script>")).toBeNull();
    expect(readSessionToken(null)).toBeNull();
  });
});
