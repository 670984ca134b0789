import { afterAll, beforeAll, beforeEach, expect } from "vitest";

import { useTestDatabase } from "../../../../../tests/support/database";
import { makeMember, makeSession } from "../../../../../tests/support/factories";
import {
  harmless,
  startHostileProxy,
  type HostileProxy,
  type Reply,
  type Seen,
} from "../../../../../tests/support/hostile-proxy";
import { connectScim, type ScimConnection } from "../../../../../tests/support/scim-in-process";
import { db } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { env, provideEnv } from "#server/kernel/env";
import { clearProcessSlot } from "#server/kernel/slot";

import { handleScim } from "../../handle-scim";
import type { SelfTestEvent, SelfTestStep } from "../report";
import { startSelfTest, type SelfTestOptions } from "../run-self-test";

/** A workspace behind a proxy that a test may spoil, and its administrator; made anew for each test. */
export interface Rig {
  readonly proxy: HostileProxy;
  readonly connection: ScimConnection;
  readonly admin: Actor;
}

/** The SCIM core as the server behind the proxy. */
export async function upstream({ method, target, headers, body }: Seen): Promise<Reply> {
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

/** Registers what the tests of a file need. Call it at the top level of the file. */
export function makeRig(): () => Rig {
  useTestDatabase();
  const ownUrl = env().publicUrl;
  let proxy: HostileProxy;
  let rig: Rig;
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
    const connection = await connectScim();
    const member = await makeMember(connection.scope, { role: "admin", name: "Ada Admin" });
    rig = { proxy, connection, admin: (await makeSession(connection.scope, member)).actor };
    await db().auditEvent.deleteMany({});
  });
  return () => rig;
}

export const start = ({ connection, admin }: Rig, signal?: AbortSignal, options?: SelfTestOptions) =>
  startSelfTest(connection.scope, admin, signal, options);

export async function runToEnd(
  rig: Rig,
  options?: SelfTestOptions,
): Promise<{ steps: SelfTestStep[]; events: SelfTestEvent[] }> {
  const events: SelfTestEvent[] = [];
  for await (const event of await start(rig, undefined, options)) events.push(event);
  return { events, steps: events.flatMap((event) => (event.kind === "step" ? [event.step] : [])) };
}

/** What is wrong, by step. On a loopback address the first step always has its remark. */
export const problems = (steps: readonly SelfTestStep[]) =>
  steps
    .filter((step) => step.problem !== null && step.id !== "address")
    .map((step) => [step.id, step.problem]);

/** Nothing of the throw-away person or group, and one audit row that says how it went. */
export async function expectNothingLeft({ connection }: Rig, result: string): Promise<void> {
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
