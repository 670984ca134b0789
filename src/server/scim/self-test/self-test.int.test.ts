import { describe, expect, it } from "vitest";

import { makeMember, makeSession } from "../../../../tests/support/factories";
import { type Seen } from "../../../../tests/support/hostile-proxy";
import { connectScim } from "../../../../tests/support/scim-in-process";
import { db, inWorkspaceTx } from "#server/db/index";
import { purgeThrowAways } from "#server/directory/index";
import { newId } from "#server/kernel/ids";

import { type SelfTestEvent } from "./report";
import { startSelfTest } from "./run-self-test";
import { expectNothingLeft, problems, runToEnd, start, makeRig } from "./testing/rig";
import { ALL_MARKS, makeThrowAway } from "./throw-away";

const rig = makeRig();

describe("a self-test with nothing in the way", () => {
  it("goes through every step that it announced, and leaves nothing behind", async () => {
    const { events, steps } = await runToEnd(rig());
    expect(problems(steps)).toEqual([]);
    const [plan] = events;
    expect(plan?.kind === "plan" ? plan.steps.map((step) => step.id) : []).toEqual(
      steps.map((step) => step.id),
    );
    expect(steps.filter((step) => step.status !== "ok").map((step) => step.id)).toEqual(["address"]);
    expect(events.at(-1)).toEqual({ kind: "end", result: "warnings" });
    await expectNothingLeft(rig(), "warnings");
  });

  it("sends what Entra sends: no User-Agent, no Accept, no type on reads, targets untouched", async () => {
    const seen: Seen[] = [];
    rig().proxy.set((request, pass) => {
      seen.push(request);
      return pass(request);
    });
    await runToEnd(rig());
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
    rig().proxy.set((seen) => {
      token = seen.headers["authorization"]!.slice("Bearer ".length);
      return Promise.resolve({ status: 502, headers: { "x-echo": token }, body: `<p>${token}</p>` });
    });
    const { events } = await runToEnd(rig());
    expect(token).toMatch(/^chalk_test_/);
    expect(JSON.stringify(events)).not.toContain(token);
    expect(JSON.stringify(await db().auditEvent.findMany({}))).not.toContain(token);
  });
});

describe("a self-test that is cancelled", () => {
  it("stops, and leaves nothing behind, when its reader goes away in the middle", async () => {
    const run = await start(rig());
    for await (const event of run) if (event.kind === "step" && event.step.id === "add-member") break;
    await expectNothingLeft(rig(), "cancelled");
  });

  it("lets a write that is under way come to its end before it tidies up", async () => {
    const cancel = new AbortController();
    rig().proxy.set(async (seen, pass) => {
      if (seen.method === "POST") cancel.abort();
      return pass(seen);
    });
    const events: SelfTestEvent[] = [];
    for await (const event of await start(rig(), cancel.signal)) events.push(event);
    expect(events.at(-1)).toEqual({ kind: "end", result: "cancelled" });
    await expectNothingLeft(rig(), "cancelled");
  });

  it("does not wait for an answer to a read that never comes", async () => {
    const cancel = new AbortController();
    rig().proxy.set(() => {
      cancel.abort();
      return new Promise(() => {});
    });
    for await (const event of await start(rig(), cancel.signal)) expect(event).toBeDefined();
    await expectNothingLeft(rig(), "cancelled");
  });
});

describe("self-tests", () => {
  it("run one at a time in a workspace, and again after the end", async () => {
    const first = await start(rig());
    await expect(start(rig())).rejects.toMatchObject({ code: "CONFLICT" });
    await first.next();
    await first.return();
    expect(problems((await runToEnd(rig())).steps)).toEqual([]);
  });

  it("are an administrator's affair", async () => {
    const editor = await makeSession(
      rig().connection.scope,
      await makeMember(rig().connection.scope, { role: "editor" }),
    );
    await expect(startSelfTest(rig().connection.scope, editor.actor, undefined)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  it("take away what a run left that was killed, and nobody else's", async () => {
    const { scope } = rig().connection;
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
    await runToEnd(rig());
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
    await inWorkspaceTx(rig().connection.scope, (tx) => purgeThrowAways(tx, ALL_MARKS));
    expect(await db().member.count({ where: { id: theirs.id } })).toBe(1);
  });
});
