import { beforeEach, describe, expect, it, vi } from "vitest";

import { expectError } from "../../../tests/conformance/scim/api";
import { useTestDatabase } from "../../../tests/support/database";
import { exchange } from "../../../tools/entra-sim/index";
import { connectScim, type ScimConnection } from "../../../tests/support/scim-in-process";
import { makeMember, makeSamlConnection, makeSession, makeWorkspace } from "../../../tests/support/factories";
import { listAuditEvents } from "#server/audit/index";
import { db } from "#server/db/index";
import { useClock } from "#server/kernel/clock";
import { takeToken } from "#server/kernel/rate-limit";
import { clearProcessSlot } from "#server/kernel/slot";

import {
  disableScim,
  enableScim,
  getScimStatus,
  handleScim,
  revealToken,
  rotateToken,
  scimConnectionInfo,
} from "./index";

useTestDatabase();
beforeEach(() => {
  clearProcessSlot("rate-limit.scim");
  clearProcessSlot("scim.last-uses");
});

const probe = ({ target }: ScimConnection, token = target.token) =>
  exchange({ ...target, token }, "GET", `${target.baseUrl}/Users?count=0`);
const cli = ({ scope }: Pick<ScimConnection, "scope">) =>
  ({ kind: "cli", workspaceId: scope.workspaceId }) as const;

describe("the SCIM connection", () => {
  it("cannot be turned on before SAML is configured", async () => {
    const { scope } = await makeWorkspace();
    await expect(enableScim(scope, cli({ scope }))).rejects.toMatchObject({
      code: "SAML_REQUIRED",
      httpStatus: 403,
    });
    expect(await getScimStatus(scope)).toMatchObject({ samlConfigured: false, enabled: false, token: null });
    await makeSamlConnection(scope);
    expect(await enableScim(scope, cli({ scope }))).toEqual({
      tenantUrl: "http://localhost:3000/public-api/scim-v2/?aadOptscim062020",
      baseUrl: "http://localhost:3000/public-api/scim-v2",
    });
    expect(await getScimStatus(scope)).toMatchObject({
      ...scimConnectionInfo(),
      samlConfigured: true,
      enabled: true,
    });
  });

  it("is an administrator's affair", async () => {
    const { scope } = await connectScim();
    const editor = await makeSession(scope, await makeMember(scope, { role: "editor" }));
    for (const useCase of [enableScim, disableScim, revealToken, rotateToken]) {
      await expect(useCase(scope, editor.actor)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    const admin = await makeSession(scope, await makeMember(scope, { role: "admin" }));
    expect((await revealToken(scope, admin.actor)).token).toMatch(/^chalk_scim_/);
  });

  it("refuses with 403 in SCIM's form while it is off or SAML is gone, and takes the same token when on again", async () => {
    const connection = await connectScim();
    const { scope } = connection;
    await disableScim(scope, cli(connection));
    expect(expectError(await probe(connection), 403)).toMatch(/switched off/);
    await enableScim(scope, cli(connection));
    expect((await probe(connection)).status).toBe(200);
    await db().samlConnection.deleteMany({ where: { workspaceId: scope.workspaceId } });
    expect(expectError(await probe(connection), 403)).toMatch(/SAML/);
  });

  it("reveals the same token at any time, and audits every look", async () => {
    const connection = await connectScim();
    const admin = await makeMember(connection.scope, { role: "admin", name: "Ada Admin" });
    const { actor } = await makeSession(connection.scope, admin);
    expect(await revealToken(connection.scope, actor)).toEqual({ token: connection.target.token });
    const { events } = await listAuditEvents(connection.scope);
    expect(
      events.filter((event) => event.action === "scim.token.revealed").map((event) => event.actor),
    ).toEqual(["Ada Admin", "cli"]);
    expect((await getScimStatus(connection.scope)).lastReveal).toMatchObject({ by: "Ada Admin" });
    expect(JSON.stringify(events)).not.toContain(connection.target.token);
  });

  it("stores no token in clear and opens a sealed one for its own row only", async () => {
    const connection = await connectScim();
    const other = await connectScim();
    const rows = await db().scimToken.findMany({ where: { workspaceId: connection.scope.workspaceId } });
    expect(rows).toHaveLength(1);
    const row = rows[0]!;
    expect(Buffer.from(row.ciphertext!).toString("latin1")).not.toContain(connection.target.token);
    expect(row.lastFour).toBe(connection.target.token.slice(-4));
    const { ciphertext } = row;
    await db().scimToken.updateMany({
      where: { workspaceId: other.scope.workspaceId },
      data: { ciphertext },
    });
    await expect(revealToken(other.scope, cli(other))).rejects.toMatchObject({ code: "INTERNAL" });
  });

  it("rotates: the old token ends at once, or after the overlap that was chosen", async () => {
    const connection = await connectScim();
    const { scope } = connection;
    const second = await rotateToken(scope, cli(connection));
    expectError(await probe(connection), 401);
    expect((await probe(connection, second.token)).status).toBe(200);
    const third = await rotateToken(scope, cli(connection), { overlapHours: 1 });
    expect((await probe(connection, second.token)).status).toBe(200);
    expect(await revealToken(scope, cli(connection))).toEqual(third);
    const later = Date.now() + 3_700_000;
    const restore = useClock(() => later);
    try {
      expectError(await probe(connection, second.token), 401);
      expect((await probe(connection, third.token)).status).toBe(200);
    } finally {
      restore();
    }
  });

  it("notes the last use", async () => {
    const connection = await connectScim();
    expect((await getScimStatus(connection.scope)).token).toMatchObject({ lastUsedAt: null });
    await probe(connection);
    await expect
      .poll(async () => (await getScimStatus(connection.scope)).token?.lastUsedAt ?? null)
      .toBeInstanceOf(Date);
  });

  it("counts the people and groups that SCIM manages", async () => {
    const connection = await connectScim();
    const { target, scope } = connection;
    await makeMember(scope);
    await exchange(target, "POST", `${target.baseUrl}/Users`, { userName: "a" });
    await exchange(target, "POST", `${target.baseUrl}/Groups`, { displayName: "g" });
    expect(await getScimStatus(scope)).toMatchObject({ members: 1, groups: 1 });
  });

  it("throttles far above Entra's pace, with Retry-After and a SCIM error, one workspace at a time", async () => {
    const connection = await connectScim();
    const other = await connectScim();
    const burst = await Promise.all(Array.from({ length: 100 }, () => probe(connection)));
    expect(burst.map((entry) => entry.status)).toEqual(Array.from({ length: 100 }, () => 200));
    // Drained as of a second from now, so that no refill comes between this and the request.
    const { workspaceId } = connection.scope;
    while (takeToken("scim", workspaceId, { capacity: 600, refillPerSecond: 300 }, Date.now() + 1000) === 0);
    const refused = await probe(connection);
    expectError(refused, 429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect((await probe(other)).status).toBe(200);
  });

  it("counts every operation of a Bulk, lets it finish, and makes the next request wait", async () => {
    const connection = await connectScim();
    vi.useFakeTimers({ toFake: ["Date"], now: new Date() });
    try {
      const operation = { method: "DELETE", path: "/Users/0190a1b2-0000-7000-8000-000000000000" };
      const Operations = Array.from({ length: 1000 }, () => operation);
      const bulk = await exchange(connection.target, "POST", `${connection.target.baseUrl}/Bulk`, {
        Operations,
      });
      expect(bulk.status).toBe(200);
      const { Operations: results } = bulk.answer as { Operations: { status: string }[] };
      expect(results.map(({ status }) => status)).toEqual(Operations.map(() => "404"));
      const next = await probe(connection);
      expectError(next, 429);
      expect(next.headers.get("retry-after")).toBe("2");
    } finally {
      vi.useRealTimers();
    }
  });

  it("answers a failure of its own with a neutral 500 in SCIM's form", async () => {
    const connection = await connectScim();
    await db().$executeRaw`ALTER TABLE "GroupMembership" RENAME TO "GroupMembershipAway"`;
    try {
      const response = await handleScim(
        new Request(
          `${connection.target.baseUrl}/Groups?filter=members+eq+%220190a1b2-0000-7000-8000-000000000000%22`,
          {
            headers: { authorization: `Bearer ${connection.target.token}` },
          },
        ),
      );
      const text = await response.text();
      expect([response.status, response.headers.get("content-type")]).toEqual([
        500,
        "application/scim+json; charset=utf-8",
      ]);
      expect(text).not.toMatch(/GroupMembership|prisma|select/i);
    } finally {
      await db().$executeRaw`ALTER TABLE "GroupMembershipAway" RENAME TO "GroupMembership"`;
    }
  });
});
