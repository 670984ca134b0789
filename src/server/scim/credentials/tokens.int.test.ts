import { beforeEach, describe, expect, it } from "vitest";

import { expectError } from "../../../../tests/conformance/scim/api";
import { useTestDatabase } from "../../../../tests/support/database";
import { exchange } from "../../../../tools/entra-sim/index";
import { connectScim, type ScimConnection } from "../../../../tests/support/scim-in-process";
import { makeMember, makeSession } from "../../../../tests/support/factories";
import { listAuditEvents } from "#server/audit/index";
import { db } from "#server/db/index";
import { useClock } from "#server/kernel/clock";
import { takeToken } from "#server/kernel/rate-limit";
import { clearProcessSlot } from "#server/kernel/slot";

import { disableScim, enableScim } from "../manage-connection";
import { listCredentials } from "./list-credentials";
import { revealToken, revokeToken, rotateToken } from "./pasted-token";
import { issueSelfTestToken } from "./self-test-token";
import { sweepScimTokens } from "./token.repo";

useTestDatabase();
beforeEach(() => {
  clearProcessSlot("rate-limit.scim");
  clearProcessSlot("scim.last-uses");
});

const HOUR_MS = 3_600_000;

const probe = ({ target }: ScimConnection, token = target.token) =>
  exchange({ ...target, token }, "GET", `${target.baseUrl}/ServiceProviderConfig`);
const statuses = (connection: ScimConnection, ...tokens: string[]) =>
  Promise.all(tokens.map(async (token) => (await probe(connection, token)).status));
const cli = ({ scope }: Pick<ScimConnection, "scope">) =>
  ({ kind: "cli", workspaceId: scope.workspaceId }) as const;

/** Runs work at a later hour, by the clock that rules about time read. */
async function hoursLater<T>(hours: number, work: () => Promise<T>): Promise<T> {
  const at = Date.now() + hours * HOUR_MS;
  const restore = useClock(() => at);
  try {
    return await work();
  } finally {
    restore();
  }
}

describe("bearer tokens", () => {
  it("are two at most: another rotation ends the oldest at once", async () => {
    const connection = await connectScim();
    const first = connection.target.token;
    const { token: second } = await rotateToken(connection.scope, cli(connection), { overlapHours: 24 });
    expect(await statuses(connection, first, second)).toEqual([200, 200]);
    const { token: third } = await rotateToken(connection.scope, cli(connection), { overlapHours: 24 });
    expect(await statuses(connection, first, second, third)).toEqual([401, 200, 200]);
    expect(await revealToken(connection.scope, cli(connection))).toEqual({ token: third });
    const { tokens } = await listCredentials(connection.scope);
    expect(tokens.map(({ lastFour, isCurrent }) => [lastFour, isCurrent])).toEqual([
      [third.slice(-4), true],
      [second.slice(-4), false],
    ]);
    await hoursLater(25, async () => {
      expect(await statuses(connection, second, third)).toEqual([401, 200]);
      expect((await listCredentials(connection.scope)).tokens).toHaveLength(1);
    });
  });

  it("do not get a longer life from an overlap than they had", async () => {
    const connection = await connectScim();
    const { token } = await rotateToken(connection.scope, cli(connection), { expiresInDays: 1 });
    await rotateToken(connection.scope, cli(connection), { overlapHours: 720 });
    expect(await hoursLater(23, () => statuses(connection, token))).toEqual([200]);
    expect(await hoursLater(25, () => statuses(connection, token))).toEqual([401]);
  });

  it("end by themselves where that was chosen, and can then be followed by a new one", async () => {
    const connection = await connectScim();
    const { token } = await rotateToken(connection.scope, cli(connection), { expiresInDays: 30 });
    const [listed] = (await listCredentials(connection.scope)).tokens;
    expect(listed!.expiresAt!.getTime() - listed!.createdAt.getTime()).toBe(30 * 24 * HOUR_MS);
    await hoursLater(30 * 24 + 1, async () => {
      expectError(await probe(connection, token), 401);
      await expect(revealToken(connection.scope, cli(connection))).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
      const next = await rotateToken(connection.scope, cli(connection));
      expect(await statuses(connection, next.token)).toEqual([200]);
    });
  });

  it("can be revoked one by one", async () => {
    const connection = await connectScim();
    const first = connection.target.token;
    const { token: second } = await rotateToken(connection.scope, cli(connection), { overlapHours: 24 });
    const [current, older] = (await listCredentials(connection.scope)).tokens;
    await revokeToken(connection.scope, cli(connection), older!.id);
    expect(await statuses(connection, first, second)).toEqual([401, 200]);
    await expect(revokeToken(connection.scope, cli(connection), older!.id)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await revokeToken(connection.scope, cli(connection), current!.id);
    expect(await statuses(connection, second)).toEqual([401]);
    expect((await listCredentials(connection.scope)).tokens).toEqual([]);
    const { events } = await listAuditEvents(connection.scope);
    expect(
      events.filter(({ action }) => action === "scim.token.revoked").map(({ details }) => details),
    ).toEqual([{ lastFour: second.slice(-4) }, { lastFour: first.slice(-4) }]);
  });

  it("of another workspace cannot be revoked or seen", async () => {
    const connection = await connectScim();
    const other = await connectScim();
    const [foreign] = (await listCredentials(other.scope)).tokens;
    await expect(revokeToken(connection.scope, cli(connection), foreign!.id)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await statuses(other, other.target.token)).toEqual([200]);
    expect(JSON.stringify(await listCredentials(connection.scope))).not.toContain(foreign!.id);
  });

  it("rotated at the same moment by several hands leave two alive", async () => {
    const connection = await connectScim();
    const made = await Promise.all(
      Array.from({ length: 6 }, () => rotateToken(connection.scope, cli(connection), { overlapHours: 1 })),
    );
    const answers = await statuses(connection, ...made.map(({ token }) => token));
    expect(answers.filter((status) => status === 200)).toHaveLength(2);
    expect((await listCredentials(connection.scope)).tokens).toHaveLength(2);
  });

  it("are an administrator's affair", async () => {
    const connection = await connectScim();
    const { actor } = await makeSession(
      connection.scope,
      await makeMember(connection.scope, { role: "editor" }),
    );
    const [token] = (await listCredentials(connection.scope)).tokens;
    for (const attempt of [
      () => revokeToken(connection.scope, actor, token!.id),
      () => issueSelfTestToken(connection.scope, actor),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect((await probe(connection)).status).toBe(200);
  });
});

describe("a self-test's token", () => {
  it("opens SCIM until it is ended, and is no use of the connection", async () => {
    const connection = await connectScim();
    const test = await issueSelfTestToken(connection.scope, cli(connection));
    expect(test.token).toMatch(/^chalk_test_/);
    expect(await statuses(connection, test.token)).toEqual([200]);
    await test.end();
    expect(await statuses(connection, test.token)).toEqual([401]);
    // Written beside the request: a use of the pasted token that comes after would overtake it.
    await probe(connection);
    await expect
      .poll(async () => (await db().scimToken.findMany({ where: { lastUsedAt: { not: null } } })).length)
      .toBeGreaterThan(0);
    const rows = await db().scimToken.findMany({ where: { workspaceId: connection.scope.workspaceId } });
    expect(rows.map(({ kind, lastUsedAt }) => [kind, lastUsedAt !== null])).toEqual([["pasted", true]]);
  });

  it("ends by itself after five minutes, and the hourly sweep takes the row away", async () => {
    const connection = await connectScim();
    const { token } = await issueSelfTestToken(connection.scope, cli(connection));
    expect((await listCredentials(connection.scope)).tokens).toHaveLength(1);
    const row = () => db().scimToken.count({ where: { kind: "self_test" } });
    expect(await hoursLater(4 / 60, () => statuses(connection, token))).toEqual([200]);
    await sweepScimTokens();
    expect(await row()).toBe(1);
    await hoursLater(6 / 60, async () => {
      expect(await statuses(connection, token, connection.target.token)).toEqual([401, 200]);
      await sweepScimTokens();
    });
    expect(await row()).toBe(0);
    expect((await probe(connection)).status).toBe(200);
  });

  it("is refused while SCIM is off, like any other", async () => {
    const connection = await connectScim();
    const { token } = await issueSelfTestToken(connection.scope, cli(connection));
    await disableScim(connection.scope, cli(connection));
    expectError(await probe(connection, token), 403);
    await enableScim(connection.scope, cli(connection));
    expect(await statuses(connection, token)).toEqual([200]);
  });
});

describe("a throttled request", () => {
  it("is answered in SCIM's form before anything of it is applied", async () => {
    const connection = await connectScim();
    const { target, scope } = connection;
    const { workspaceId } = scope;
    const before = await db().auditEvent.count({ where: { workspaceId } });
    // Drained as of a second from now, so that no refill comes between this and the request.
    while (takeToken("scim", workspaceId, { capacity: 600, refillPerSecond: 300 }, Date.now() + 1000) === 0);
    const refused = await exchange(target, "POST", `${target.baseUrl}/Users`, { userName: "late" });
    expectError(refused, 429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(await db().member.count({ where: { workspaceId } })).toBe(0);
    expect(await db().auditEvent.count({ where: { workspaceId } })).toBe(before);
    clearProcessSlot("rate-limit.scim");
    const again = await exchange(target, "POST", `${target.baseUrl}/Users`, { userName: "late" });
    expect(again.status).toBe(201);
  });
});
