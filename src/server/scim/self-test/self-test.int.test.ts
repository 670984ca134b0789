import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../../tests/support/database";
import { connectScim, type ScimConnection } from "../../../../tests/support/scim-in-process";
import { makeMember, makeSession } from "../../../../tests/support/factories";
import {
  harmless,
  startHostileProxy,
  type Defect,
  type HostileProxy,
  type Reply,
  type Seen,
} from "../../../../tests/support/hostile-proxy";
import { db, inWorkspaceTx } from "#server/db/index";
import { purgeThrowAways } from "#server/directory/index";
import type { Actor } from "#server/kernel/actor";
import { env, provideEnv } from "#server/kernel/env";
import { newId } from "#server/kernel/ids";
import { clearProcessSlot } from "#server/kernel/slot";
import { findActiveSession } from "#server/sessions/index";
import { router } from "#server/trpc/init";

import { handleScim } from "../handle-scim";
import { scimRouter } from "../scim.router";
import type { SelfTestEvent, SelfTestStep } from "./report";
import { startSelfTest, type SelfTestOptions } from "./run-self-test";
import { ALL_MARKS, makeThrowAway } from "./throw-away";

useTestDatabase();

let proxy: HostileProxy;
let connection: ScimConnection;
let admin: Actor;

/** The SCIM core as the server behind the proxy. */
async function upstream({ method, target, headers, body }: Seen): Promise<Reply> {
  const { host: _host, "content-length": _length, connection: _connection, ...kept } = headers;
  const response = await handleScim(
    new Request(`http://inner.test${target}`, { method, headers: kept, ...(body === "" ? {} : { body }) }),
  );
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

const ownUrl = env().publicUrl;
beforeAll(async () => {
  proxy = await startHostileProxy(upstream);
  provideEnv({ publicUrl: proxy.origin });
});
afterAll(async () => {
  provideEnv({ publicUrl: ownUrl });
  await proxy.close();
});
beforeEach(async () => {
  clearProcessSlot("rate-limit.scim");
  provideEnv({ publicUrl: proxy.origin });
  proxy.set(harmless);
  connection = await connectScim();
  const member = await makeMember(connection.scope, { role: "admin", name: "Ada Admin" });
  admin = (await makeSession(connection.scope, member)).actor;
  await db().auditEvent.deleteMany({});
});

const start = (signal?: AbortSignal, options?: SelfTestOptions) =>
  startSelfTest(connection.scope, admin, signal, options);

async function runToEnd(
  options?: SelfTestOptions,
): Promise<{ steps: SelfTestStep[]; events: SelfTestEvent[] }> {
  const events: SelfTestEvent[] = [];
  for await (const event of await start(undefined, options)) events.push(event);
  return { events, steps: events.flatMap((event) => (event.kind === "step" ? [event.step] : [])) };
}

const problems = (steps: readonly SelfTestStep[]) =>
  steps
    .filter((step) => step.problem !== null && step.id !== "address")
    .map((step) => [step.id, step.problem]);

/** Nothing of the throw-away person or group, and one audit row that says how it went. */
async function expectNothingLeft(result: string): Promise<void> {
  const { workspaceId } = connection.scope;
  const where = { workspaceId };
  expect(await db().member.count({ where: { ...where, source: "scim" } })).toBe(0);
  expect(await db().group.count({ where })).toBe(0);
  expect(await db().groupMembership.count({ where })).toBe(0);
  expect(await db().scimToken.count({ where: { ...where, kind: "self_test" } })).toBe(0);
  const audit = await db().auditEvent.findMany({ where });
  expect(
    audit.map((row) => [row.action, row.actorKind, (row.details as { result?: string }).result]),
  ).toEqual([["scim.self_test.run", "member", result]]);
}

describe("a self-test with nothing in the way", () => {
  it("goes through every step that it announced, and leaves nothing behind", async () => {
    const { events, steps } = await runToEnd();
    expect(problems(steps)).toEqual([]);
    const [plan] = events;
    expect(plan?.kind === "plan" ? plan.steps.map((step) => step.id) : []).toEqual(
      steps.map((step) => step.id),
    );
    expect(steps.filter((step) => step.status !== "ok").map((step) => step.id)).toEqual(["address"]);
    expect(events.at(-1)).toEqual({ kind: "end", result: "warnings" });
    await expectNothingLeft("warnings");
  });

  it("sends what Entra sends: no User-Agent, no Accept, no type on reads, targets untouched", async () => {
    const seen: Seen[] = [];
    proxy.set((request, pass) => {
      seen.push(request);
      return pass(request);
    });
    await runToEnd();
    const names = new Set(seen.flatMap((request) => Object.keys(request.headers)));
    expect([...names].sort()).toEqual([
      "authorization",
      "connection",
      "content-length",
      "content-type",
      "host",
    ]);
    expect(seen.filter((request) => request.method === "GET" && "content-type" in request.headers)).toEqual(
      [],
    );
    const targets = seen.map((request) => request.target.replace("/public-api/scim-v2", ""));
    expect(targets[0]).toMatch(/^\/Users\?filter=userName\+eq\+%22[0-9a-f-]{36}%22$/);
    expect(targets.some((target) => target.startsWith("/?aadOptscim062020/Users?filter="))).toBe(true);
    expect(targets.some((target) => target.startsWith("//Users?"))).toBe(true);
    expect(targets.some((target) => target.includes("%2B"))).toBe(true);
  });

  it("never tells the token, not even when something echoes it", async () => {
    let token = "";
    proxy.set((seen) => {
      token = seen.headers["authorization"]!.slice("Bearer ".length);
      return Promise.resolve({ status: 502, headers: { "x-echo": token }, body: `<p>${token}</p>` });
    });
    const { events } = await runToEnd();
    expect(token).toMatch(/^chalk_test_/);
    expect(JSON.stringify(events)).not.toContain(token);
    expect(JSON.stringify(await db().auditEvent.findMany({}))).not.toContain(token);
  });
});

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
        headers: { ...s.headers, authorization: `Bearer ${connection.target.token}` },
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
      answered((r) => ({ ...r, body: r.body.replaceAll(proxy.origin, "http://inner:3000") })),
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
    proxy.set(defect);
    const { steps, events } = await runToEnd();
    expect(problems(steps)[0]).toEqual([stepId, problem]);
    const found = steps.find((step) => step.id === stepId)!;
    expect(found.advice?.length).toBeGreaterThan(40);
    expect(found.request?.url).toContain(proxy.origin);
    const end = events.at(-1);
    await expectNothingLeft(end?.kind === "end" ? end.result : "");
  });

  it("that caches: says that a read after the change is old", async () => {
    const kept = new Map<string, Reply>();
    proxy.set(async (seen, pass) => {
      if (seen.method !== "GET") return pass(seen);
      const key = seen.target + seen.headers["authorization"];
      const reply = kept.get(key) ?? (await pass(seen));
      kept.set(key, reply);
      return reply;
    });
    const { steps } = await runToEnd();
    expect(problems(steps)[0]).toEqual(["read-changes", "stale-answer"]);
    await expectNothingLeft("failed");
  });

  it("that cuts the connection", async () => {
    proxy.set(() => Promise.resolve(null));
    const { steps } = await runToEnd();
    expect(problems(steps)).toEqual([["probe-users", "connection-broken"]]);
    expect(steps.filter((step) => step.status === "skipped").length).toBeGreaterThan(20);
  });

  it("that never answers: waits no longer than an answer may take", async () => {
    proxy.set(() => new Promise(() => {}));
    const { steps } = await runToEnd({ answerMs: 200 });
    expect(problems(steps)).toEqual([["probe-users", "timeout"]]);
  });

  it("whose certificate nobody has signed", async () => {
    const tls = await startHostileProxy(upstream, { tls: true });
    try {
      provideEnv({ publicUrl: tls.origin });
      const { steps } = await runToEnd();
      expect(problems(steps)).toEqual([["probe-users", "tls"]]);
    } finally {
      await tls.close();
    }
  });

  it("that speaks plain http where PUBLIC_URL says https", async () => {
    provideEnv({ publicUrl: proxy.origin.replace("http:", "https:") });
    const { steps } = await runToEnd();
    expect(problems(steps)).toEqual([["probe-users", "tls"]]);
  });

  it("that is not there", async () => {
    const gone = await startHostileProxy(upstream);
    await gone.close();
    provideEnv({ publicUrl: gone.origin });
    const { steps } = await runToEnd();
    expect(problems(steps)).toEqual([["probe-users", "unreachable"]]);
    await expectNothingLeft("failed");
  });

  it("says by its own words that SCIM is switched off", async () => {
    await db().workspace.updateMany({ data: { scimEnabledAt: null } });
    const { steps } = await runToEnd();
    expect(problems(steps)).toEqual([["probe-users", "switched-off"]]);
  });
});

describe("a self-test that is cancelled", () => {
  it("stops, and leaves nothing behind, when its reader goes away in the middle", async () => {
    const run = await start();
    for await (const event of run) if (event.kind === "step" && event.step.id === "add-member") break;
    await expectNothingLeft("cancelled");
  });

  it("lets a write that is under way come to its end before it tidies up", async () => {
    const cancel = new AbortController();
    proxy.set(async (seen, pass) => {
      if (seen.method === "POST") cancel.abort();
      return pass(seen);
    });
    const events: SelfTestEvent[] = [];
    for await (const event of await start(cancel.signal)) events.push(event);
    expect(events.at(-1)).toEqual({ kind: "end", result: "cancelled" });
    await expectNothingLeft("cancelled");
  });

  it("does not wait for an answer to a read that never comes", async () => {
    const cancel = new AbortController();
    proxy.set(() => {
      cancel.abort();
      return new Promise(() => {});
    });
    for await (const event of await start(cancel.signal)) expect(event).toBeDefined();
    await expectNothingLeft("cancelled");
  });
});

describe("a self-test through tRPC", () => {
  const asked = async (sameOrigin = true) => {
    const { slug } = await db().workspace.findFirstOrThrow({ where: { id: connection.scope.workspaceId } });
    const member = await makeMember(connection.scope, { role: "admin" });
    const session = await findActiveSession((await makeSession(connection.scope, member)).token);
    const input = encodeURIComponent(JSON.stringify({ json: { workspaceSlug: slug } }));
    await db().auditEvent.deleteMany({});
    return fetchRequestHandler({
      endpoint: "/api/trpc",
      router: router({ scim: scimRouter }),
      req: new Request(`http://localhost:3000/api/trpc/scim.selfTest.run?input=${input}`),
      createContext: () => ({
        session,
        address: "192.0.2.1",
        headers: new Headers(),
        setCookie: () => {},
        sameOrigin,
      }),
    });
  };

  it("comes as server-sent events that no proxy keeps back", async () => {
    const response = await asked();
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    const text = await response.text();
    expect(text.indexOf('"kind":"plan"')).toBeLessThan(
      text.indexOf('"id":"tidy-up","phase":"leaving","name"'),
    );
    expect(text).toContain('"kind":"end","result":"warnings"');
    expect(text).toMatch(/event: return/);
  });

  it("is cancelled when the browser goes away", async () => {
    const reader = (await asked()).body!.getReader();
    const decoder = new TextDecoder();
    for (let text = ""; !text.includes('"create-group"');) {
      text = decoder.decode((await reader.read()).value);
    }
    await reader.cancel();
    await expect.poll(() => db().auditEvent.count({ where: { action: "scim.self_test.run" } })).toBe(1);
    await expectNothingLeft("cancelled");
  });

  it("is refused when another site's page asks", async () => {
    expect(await (await asked(false)).text()).toContain("another site");
    expect(await db().auditEvent.count()).toBe(0);
  });
});

describe("self-tests", () => {
  it("run one at a time in a workspace, and again after the end", async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({ code: "CONFLICT" });
    await first.next();
    await first.return();
    expect(problems((await runToEnd()).steps)).toEqual([]);
  });

  it("are an administrator's affair", async () => {
    const editor = await makeSession(
      connection.scope,
      await makeMember(connection.scope, { role: "editor" }),
    );
    await expect(startSelfTest(connection.scope, editor.actor, undefined)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  it("take away what a run left that was killed, and nobody else's", async () => {
    const { scope } = connection;
    const scim = { source: "scim", scimManaged: true } as const;
    const left = await makeMember(scope, { userName: makeThrowAway().userName, ...scim });
    const recent = await makeMember(scope, { userName: makeThrowAway().userName, ...scim });
    const invited = await makeMember(scope, { userName: makeThrowAway().userName });
    const signedIn = await makeMember(scope, {
      userName: makeThrowAway().userName,
      ...scim,
      samlNameId: "x",
    });
    const real = await makeMember(scope, { userName: "chalkroom-self-test+real@acme.example", ...scim });
    const old = [left, invited, signedIn, real].map((member) => member.id);
    await db().member.updateMany({ where: { id: { in: old } }, data: { createdAt: new Date(0) } });
    const seen = { workspaceId: scope.workspaceId, targetKind: "member", targetId: left.id, at: new Date(0) };
    const events = [
      { ...seen, id: newId(), actorKind: "scim", action: "member.updated" },
      { ...seen, id: newId(), actorKind: "cli", action: "member.updated" },
    ];
    await db().auditEvent.createMany({ data: events });
    await runToEnd();
    // What people did is never forgotten.
    const kept = await db().auditEvent.findMany({
      where: { targetId: left.id },
      select: { actorKind: true },
    });
    expect(kept.map((row) => row.actorKind).sort()).toEqual(["cli", "system"]);
    const rows = await db().member.findMany({
      where: { workspaceId: scope.workspaceId },
      select: { id: true },
    });
    const ids = rows.map((row) => row.id);
    expect([left, recent, invited, signedIn, real].map((member) => ids.includes(member.id))).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  it("keep to their own workspace when they tidy up", async () => {
    const other = await connectScim();
    const theirs = await makeMember(other.scope, {
      userName: makeThrowAway().userName,
      source: "scim",
      scimManaged: true,
    });
    await inWorkspaceTx(connection.scope, (tx) => purgeThrowAways(tx, ALL_MARKS));
    expect(await db().member.count({ where: { id: theirs.id } })).toBe(1);
  });
});
