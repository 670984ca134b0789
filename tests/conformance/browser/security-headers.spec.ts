import { describe, expect, it } from "vitest";

import { sourceFiles } from "../../guards/source-tree";
import { useApp } from "../../support/use-app";

const { baseUrl, workspace } = useApp();
const ANY_ID = "00000000-0000-7000-8000-000000000000";

/** The addresses of all pages and routes, read off the tree, so that a new one is walked as well. */
const addresses = sourceFiles("src/app")
  .filter((path) => /\/(?:page|route)\.tsx?$/.test(path))
  .map(
    (path) =>
      path
        .replace(/^src\/app/, "")
        .replace(/\/(?:page|route)\.tsx?$/, "")
        .replace(/\/\([^/]+\)/g, "")
        .replace("[workspaceSlug]", workspace.slug)
        .replace("[[...path]]", "Users")
        .replace("[...nextauth]", "session")
        .replace("[trpc]", "auth.me")
        .replace(/\[[^/]+\]/g, ANY_ID) || "/",
  )
  .sort();

const get = (path: string) => fetch(`${baseUrl}${path}`, { redirect: "manual" });
const policyOf = (answer: Response) => answer.headers.get("content-security-policy") ?? "";
const nonceOf = (policy: string) => /'nonce-([^']+)'/.exec(policy)?.[1];

describe("every answer", () => {
  it("is walked", () => expect(addresses.length).toBeGreaterThan(20));

  it.each(addresses)("carries the security headers: %s", async (path) => {
    const { headers } = await get(path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toMatch(/^(?:same-origin|no-referrer)$/);
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-/);
    expect(headers.get("x-powered-by")).toBeNull();
  });

  it.each(addresses.filter((path) => path.startsWith(`/w/`)))(
    "that shows a workspace leads strangers to the sign-in page: %s",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(307);
      expect(new URL(answer.headers.get("location")!, baseUrl).pathname).toBe("/signin");
    },
  );
});

describe("the policy of a page", () => {
  it.each(["/signin", "/no-such-page"])("lets only scripts with its nonce run: %s", async (path) => {
    const answer = await get(path);
    const nonce = nonceOf(policyOf(answer));
    const inline = [...(await answer.text()).matchAll(/<script(?![^>]*\ssrc=)([^>]*)>/g)];
    expect(inline.length).toBeGreaterThan(0);
    for (const [, attributes] of inline) expect(attributes).toContain(`nonce="${nonce}"`);
  });

  it("has another nonce each time, and never one that the client chose", async () => {
    const forged = { "content-security-policy": "script-src 'nonce-chosen'" };
    const first = await get("/signin");
    const second = await fetch(`${baseUrl}/signin`, { headers: forged });
    expect(nonceOf(policyOf(first))).not.toBe(nonceOf(policyOf(second)));
    expect(await second.text()).not.toContain("chosen");
  });
});

describe("a request that changes something", () => {
  const elsewhere = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const closed = addresses.filter(
    (path) => !/^\/(?:public-api\/|api\/saml\/[^/]+\/(?:acs|logout)$)/.test(path),
  );

  it.each(closed)("is refused when another site's page makes it: %s", async (path) => {
    for (const headers of [elsewhere, { origin: elsewhere.origin }, { "sec-fetch-site": "same-site" }]) {
      const answer = await fetch(`${baseUrl}${path}`, { method: "POST", headers, redirect: "manual" });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toEqual({ error: expect.any(String), code: "FORBIDDEN" });
    }
  });

  it("may come from the identity provider's site to the assertion consumer service alone", async () => {
    const answer = await fetch(`${baseUrl}/api/saml/${workspace.id}/acs`, {
      method: "POST",
      headers: elsewhere,
      redirect: "manual",
    });
    expect(answer.status).toBe(303);
  });
});
