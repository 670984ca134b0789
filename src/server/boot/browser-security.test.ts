import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

import { afterEach, describe, expect, it } from "vitest";

import { provideEnv } from "#server/kernel/env";

import { isForgedByOtherSite, pagePolicy, stampSecurity } from "./browser-security";

function request(method: string, url: string, headers: Record<string, string> = {}): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { method, url, headers });
}

function stamped(url: string, headers: Record<string, string> = {}) {
  const incoming = request("GET", url, headers);
  const response = new ServerResponse(incoming);
  stampSecurity(incoming, response);
  return { incoming, policy: String(response.getHeader("content-security-policy")), response };
}

afterEach(() => provideEnv({ publicUrl: "http://localhost:3000" }));

describe("security headers", () => {
  it("pin the browser to https where the public address is https, and nowhere else", () => {
    expect(stamped("/signin").response.getHeader("strict-transport-security")).toBeUndefined();
    provideEnv({ publicUrl: "https://boards.example" });
    expect(stamped("/signin").response.getHeader("strict-transport-security")).toMatch(/^max-age=\d{8}/);
    expect(pagePolicy("x")).toContain("connect-src 'self' wss://boards.example;");
  });

  it("let nothing load or run in what is data", () => {
    for (const path of ["/api/health/live", "/public-api/scim-v2/Users?x=1", "/metrics", "/realtime"]) {
      expect(stamped(path).policy).toBe("default-src 'none'; frame-ancestors 'none'");
    }
    expect(stamped("/apiary").policy).toContain("script-src 'self' 'nonce-");
  });

  it("tell Next the nonce of the answer, whatever the client sends", () => {
    const { incoming, policy } = stamped("/signin", {
      "content-security-policy": "script-src 'nonce-theirs'",
      "content-security-policy-report-only": "script-src 'nonce-theirs'",
    });
    expect(incoming.headers["content-security-policy"]).toBe(policy);
    expect(incoming.headers["content-security-policy-report-only"]).toBeUndefined();
    expect(stamped("/api/x", { "content-security-policy": "y" }).incoming.headers).toEqual({});
  });
});

describe("a request from another site", () => {
  const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };

  it.each([
    ["POST", "/api/trpc/boards.delete", true],
    ["DELETE", "/w/acme", true],
    ["GET", "/w/acme", false],
    ["POST", "/api/saml/1/acs", false],
    ["POST", "/api/saml/1/acs?x=/api/trpc", false],
    ["POST", "/api/trpc/x?y=/api/saml/1/acs", true],
    ["POST", "/api/saml/1/acs/../login", true],
    ["PATCH", "/public-api/scim-v2/Users/1", false],
  ])("%s %s is forged: %s", (method, url, forged) => {
    expect(isForgedByOtherSite(request(method, url, foreign))).toBe(forged);
  });

  it("is told from our own pages and from programs that are no browser", () => {
    const own = { "sec-fetch-site": "same-origin", origin: "http://localhost:3000" };
    expect(isForgedByOtherSite(request("POST", "/api/trpc/x", own))).toBe(false);
    expect(isForgedByOtherSite(request("POST", "/api/trpc/x"))).toBe(false);
    expect(isForgedByOtherSite(request("POST", "/api/trpc/x", { origin: "http://localhost:3000" }))).toBe(
      false,
    );
    expect(isForgedByOtherSite(request("POST", "/api/trpc/x", { origin: "null" }))).toBe(true);
  });
});
