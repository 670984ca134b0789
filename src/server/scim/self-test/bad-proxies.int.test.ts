import { describe, expect, it } from "vitest";

import {
  startHostileProxy,
  type Defect,
  type Reply,
  type Seen,
} from "../../../../tests/support/hostile-proxy";
import { db } from "#server/db/index";
import { provideEnv } from "#server/kernel/env";

import { expectNothingLeft, problems, runToEnd, upstream, makeRig } from "./testing/rig";

const rig = makeRig();

const html = (status: number, body = "<html><h1>Sorry</h1></html>"): Reply => ({
  status,
  headers: { "content-type": "text/html", server: "edge/1" },
  body,
});
const answer =
  (reply: Reply): Defect =>
  () =>
    Promise.resolve(reply);
const redirect = (status: number, location: (seen: Seen) => string): Defect => {
  return (seen) => Promise.resolve({ status, headers: { location: location(seen) }, body: "" });
};
const on = (method: string, reply: Reply): Defect => {
  return (seen, pass) => (seen.method === method ? Promise.resolve(reply) : pass(seen));
};
const without = (headers: Seen["headers"], name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
const changed =
  (change: (seen: Seen) => Seen): Defect =>
  (seen, pass) =>
    pass(change(seen));
const answered =
  (change: (reply: Reply, seen: Seen) => Reply): Defect =>
  async (seen, pass) =>
    change(await pass(seen), seen);
const isSpelling = (seen: Seen) => /\/\/Users|\/Users\/\?|aadOptscim/.test(seen.target);

describe("a self-test through a proxy that is set up badly", () => {
  it.each<[string, string, string, Defect]>([
    [
      "redirects to https",
      "probe-users",
      "redirect-to-https",
      redirect(301, ({ target }) => `https://127.0.0.1${target}`),
    ],
    [
      "redirects to a sign-in page",
      "probe-users",
      "redirect-sign-in",
      redirect(302, () => "https://login.gate.example/x"),
    ],
    [
      "redirects to another host",
      "probe-users",
      "redirect",
      redirect(307, ({ target }) => `http://www.example${target}`),
    ],
    [
      "redirects a slash at the end away",
      "spelling-slash",
      "redirect-slash",
      (seen, pass) =>
        seen.target.includes("/Users/?")
          ? redirect(308, ({ target }) => target.replace("/Users/?", "/Users?"))(seen, pass)
          : pass(seen),
    ],
    [
      "tidies doubled slashes by a redirect",
      "spelling-double",
      "redirect-slash",
      (seen, pass) =>
        seen.target.includes("//")
          ? redirect(301, ({ target }) => target.replace("//", "/"))(seen, pass)
          : pass(seen),
    ],
    [
      "takes the Authorization header away",
      "probe-users",
      "authorization-missing",
      changed((s) => ({ ...s, headers: without(s.headers, "authorization") })),
    ],
    [
      "puts another token in its place",
      "probe-users",
      "token-refused",
      changed((s) => ({ ...s, headers: { ...s.headers, authorization: "Bearer something-else" } })),
    ],
    [
      "asks for its own sign-in",
      "probe-users",
      "proxy-sign-in",
      answer({ ...html(401), headers: { "www-authenticate": "Basic" } }),
    ],
    [
      "refuses requests without a User-Agent",
      "probe-users",
      "refused-by-proxy",
      (seen, pass) => ("user-agent" in seen.headers ? pass(seen) : Promise.resolve(html(403))),
    ],
    ["does not know the path", "probe-users", "path-not-forwarded", answer(html(404))],
    [
      "changes the path",
      "probe-users",
      "path-not-forwarded",
      changed((s) => ({ ...s, target: s.target.replace("/Users", "/api/Users") })),
    ],
    ["shows a page of its own", "probe-users", "path-not-forwarded", answer(html(200))],
    ["does not reach the server behind it", "probe-users", "server-behind-unreachable", answer(html(502))],
    ["limits the rate", "probe-users", "rate-limited", answer(html(429))],
    [
      "answers JSON of its own",
      "probe-users",
      "not-json",
      answer({ status: 200, headers: { "content-type": "application/json" }, body: "{}" }),
    ],
    [
      "drops the query",
      "probe-users",
      "query-dropped",
      async (seen, pass) => pass({ ...seen, target: seen.target.split("?")[0]! }),
    ],
    [
      "adds a token to every request",
      "wrong-token",
      "wrong-token-accepted",
      changed((s) => ({
        ...s,
        headers: { ...s.headers, authorization: `Bearer ${rig().connection.target.token}` },
      })),
    ],
    [
      "takes WWW-Authenticate away",
      "wrong-token",
      "challenge-lost",
      answered((r) => ({ ...r, headers: without(r.headers, "www-authenticate") })),
    ],
    [
      "decodes plus signs twice",
      "match-person",
      "query-altered",
      changed((s) => ({ ...s, target: s.target.replace("%2B", "+") })),
    ],
    ["blocks PATCH", "update-legacy", "method-blocked", on("PATCH", html(405))],
    ["forbids PATCH", "update-legacy", "method-blocked", on("PATCH", html(403))],
    ["blocks DELETE", "delete-group", "method-blocked", on("DELETE", html(501))],
    [
      "limits bodies",
      "large-batch",
      "body-limit",
      (seen, pass) => (seen.body.length > 65_536 ? Promise.resolve(html(413)) : pass(seen)),
    ],
    [
      "changes the Content-Type of requests",
      "create-person",
      "content-type-changed",
      changed((s) =>
        s.method === "POST"
          ? { ...s, headers: { ...s.headers, "content-type": "application/x-www-form-urlencoded" } }
          : s,
      ),
    ],
    [
      "changes the Content-Type of answers",
      "probe-users",
      "answer-content-type",
      answered((r) => ({ ...r, headers: { ...r.headers, "content-type": "text/plain" } })),
    ],
    [
      "rewrites Location",
      "create-person",
      "location-rewritten",
      answered((r) =>
        r.headers["location"] ? { ...r, headers: { ...r.headers, location: "http://inner:3000/x" } } : r,
      ),
    ],
    [
      "takes ETag away",
      "create-person",
      "entity-tag-lost",
      answered((r) => ({ ...r, headers: without(r.headers, "etag") })),
    ],
    [
      "leads to a process with another PUBLIC_URL",
      "create-person",
      "other-public-url",
      answered((r) => ({ ...r, body: r.body.replaceAll(rig().proxy.origin, "http://inner:3000") })),
    ],
    [
      "replaces error pages",
      "read-deleted",
      "error-page-replaced",
      answered((r) => (r.status === 404 ? html(404) : r)),
    ],
    ["swallows bodies", "probe-users", "not-json", answered((r) => ({ ...r, body: "" }))],
    [
      "refuses the flag",
      "spelling-flag",
      "refused-by-proxy",
      (seen, pass) => (isSpelling(seen) ? Promise.resolve(html(403)) : pass(seen)),
    ],
  ])("that %s: names it at the step %s", async (_what, stepId, problem, defect) => {
    rig().proxy.set(defect);
    const { steps, events } = await runToEnd(rig());
    expect(problems(steps)[0]).toEqual([stepId, problem]);
    const found = steps.find((step) => step.id === stepId)!;
    expect(found.advice?.length).toBeGreaterThan(40);
    expect(found.request?.url).toContain(rig().proxy.origin);
    const end = events.at(-1);
    await expectNothingLeft(rig(), end?.kind === "end" ? end.result : "");
  });

  it("that caches: says that a read after the change is old", async () => {
    const kept = new Map<string, Reply>();
    rig().proxy.set(async (seen, pass) => {
      if (seen.method !== "GET") return pass(seen);
      const key = seen.target + seen.headers["authorization"];
      const reply = kept.get(key) ?? (await pass(seen));
      kept.set(key, reply);
      return reply;
    });
    const { steps } = await runToEnd(rig());
    expect(problems(steps)[0]).toEqual(["read-changes", "stale-answer"]);
    await expectNothingLeft(rig(), "failed");
  });

  it("that cuts the connection", async () => {
    rig().proxy.set(() => Promise.resolve(null));
    const { steps } = await runToEnd(rig());
    expect(problems(steps)).toEqual([["probe-users", "connection-broken"]]);
    expect(steps.filter((step) => step.status === "skipped").length).toBeGreaterThan(20);
  });

  it("that never answers: waits no longer than an answer may take", async () => {
    rig().proxy.set(() => new Promise(() => {}));
    const { steps } = await runToEnd(rig(), { answerMs: 200 });
    expect(problems(steps)).toEqual([["probe-users", "timeout"]]);
  });

  it("whose certificate nobody has signed", async () => {
    const tls = await startHostileProxy(upstream, { tls: true });
    try {
      provideEnv({ publicUrl: tls.origin });
      const { steps } = await runToEnd(rig());
      expect(problems(steps)).toEqual([["probe-users", "tls"]]);
    } finally {
      await tls.close();
    }
  });

  it("that speaks plain http where PUBLIC_URL says https", async () => {
    provideEnv({ publicUrl: rig().proxy.origin.replace("http:", "https:") });
    const { steps } = await runToEnd(rig());
    expect(problems(steps)).toEqual([["probe-users", "tls"]]);
  });

  it("that is not there", async () => {
    const gone = await startHostileProxy(upstream);
    await gone.close();
    provideEnv({ publicUrl: gone.origin });
    const { steps } = await runToEnd(rig());
    expect(problems(steps)).toEqual([["probe-users", "unreachable"]]);
    await expectNothingLeft(rig(), "failed");
  });

  it("says by its own words that SCIM is switched off", async () => {
    await db().workspace.updateMany({ data: { scimEnabledAt: null } });
    const { steps } = await runToEnd(rig());
    expect(problems(steps)).toEqual([["probe-users", "switched-off"]]);
  });
});
