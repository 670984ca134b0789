import { beforeEach, describe, expect, it } from "vitest";

import { expectError } from "../../../../tests/conformance/scim/api";
import { useTestDatabase } from "../../../../tests/support/database";
import { exchange } from "../../../../tools/entra-sim/index";
import { connectScim, type ScimConnection } from "../../../../tests/support/scim-in-process";
import { askToken, type TokenAnswer } from "../../../../tests/support/token-request";
import { db } from "#server/db/index";
import { useClock } from "#server/kernel/clock";
import { newId } from "#server/kernel/ids";
import { clearProcessSlot } from "#server/kernel/slot";

import { listCredentials } from "../credentials/list-credentials";
import { addSecret, createClient, revokeClient, revokeSecret } from "../credentials/manage-clients";
import { sweepScimTokens } from "../credentials/token.repo";
import { disableScim, enableScim } from "../manage-connection";

useTestDatabase();
beforeEach(() => {
  for (const slot of ["rate-limit.scim", "rate-limit.oauth.address", "rate-limit.oauth.client"]) {
    clearProcessSlot(slot);
  }
});

const HOUR_MS = 3_600_000;

const cli = ({ scope }: Pick<ScimConnection, "scope">) =>
  ({ kind: "cli", workspaceId: scope.workspaceId }) as const;
const probe = ({ target }: ScimConnection, token: string) =>
  exchange({ ...target, token }, "GET", `${target.baseUrl}/ServiceProviderConfig`);

async function connectClient() {
  const connection = await connectScim();
  const client = await createClient(connection.scope, cli(connection), { name: "Entra" });
  return { connection, ...client };
}

const post = (clientId: string, secret: string) => askToken({ client_id: clientId, client_secret: secret });

function expectRefused(answer: TokenAnswer, code = "invalid_client", status = 401): void {
  expect([answer.status, answer.body["error"]]).toEqual([status, code]);
  expect(answer.token).toBe("");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(String(answer.body["error_description"])).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
}

/** Runs work at a later moment, by the clock that rules about time read. */
async function later<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const at = Date.now() + ms;
  const restore = useClock(() => at);
  try {
    return await work();
  } finally {
    restore();
  }
}

describe("a client with a secret", () => {
  it("gets an access token that opens its workspace for an hour", async () => {
    const { connection, clientId, secret } = await connectClient();
    expect(secret).toMatch(/^chalk_cs_/);
    const answer = await post(clientId, secret);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      access_token: answer.token,
      token_type: "Bearer",
      expires_in: 3600,
      scope: "scim",
    });
    expect(answer.token).toMatch(/^chalk_at_[\w-]{43}$/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect((await probe(connection, answer.token)).status).toBe(200);
    await later(HOUR_MS - 60_000, async () => {
      expect((await probe(connection, answer.token)).status).toBe(200);
    });
    await later(HOUR_MS + 1, async () => {
      expectError(await probe(connection, answer.token), 401);
      await sweepScimTokens();
    });
    expect(await db().scimToken.count({ where: { kind: "issued", clientId } })).toBe(0);
  });

  it("may prove itself in the header as well", async () => {
    const { connection, clientId, secret } = await connectClient();
    const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`;
    const answer = await askToken({}, { headers: { authorization } });
    expect((await probe(connection, answer.token)).status).toBe(200);
    const wrong = `Basic ${Buffer.from(`${clientId}:${secret}x`).toString("base64")}`;
    const refused = await askToken({}, { headers: { authorization: wrong } });
    expectRefused(refused);
    expect(refused.headers.get("www-authenticate")).toMatch(/^Basic /);
  });

  it("leaves neither its secret nor an access token in the database", async () => {
    const { clientId, secret } = await connectClient();
    const { token } = await post(clientId, secret);
    const rows = JSON.stringify([
      await db().scimClientSecret.findMany({ where: { clientId } }),
      await db().scimToken.findMany({ where: { clientId } }),
      await db().auditEvent.findMany(),
    ]);
    expect(rows).toContain(clientId);
    for (const value of [secret, token]) expect(rows).not.toContain(value.slice(9, 30));
    const [row] = await db().scimToken.findMany({ where: { clientId } });
    expect(row).toMatchObject({ kind: "issued", ciphertext: null });
  });

  it("is seen to have been used, and which secret it used", async () => {
    const { connection, clientId, secret } = await connectClient();
    const read = async () => (await listCredentials(connection.scope)).clients[0]!;
    expect(await read()).toMatchObject({ id: clientId, proof: "secret", audience: null, lastUsedAt: null });
    await post(clientId, `${secret}x`);
    expect(await read()).toMatchObject({ lastUsedAt: null, secrets: [{ lastUsedAt: null }] });
    await post(clientId, secret);
    const used = await read();
    expect(used.lastUsedAt).toBeInstanceOf(Date);
    expect(used.secrets).toMatchObject([{ lastFour: secret.slice(-4), lastUsedAt: used.lastUsedAt }]);
  });

  it("gets one and the same answer whatever was wrong", async () => {
    const { connection, clientId, secret } = await connectClient();
    const other = await connectClient();
    const revoked = await connectClient();
    await revokeClient(revoked.connection.scope, cli(revoked.connection), revoked.clientId);
    const secretId = (await listCredentials(connection.scope)).clients[0]!.secrets[0]!.id;
    const answers = [
      await post(clientId, `${secret}x`),
      await post(clientId, secret.slice(0, -1)),
      await post(clientId, other.secret),
      await post(other.clientId, secret),
      await post(newId(), secret),
      await post("no-id-at-all", secret),
      await post(secretId, secret),
      await post(`${clientId}'--`, secret),
      await post(clientId, " "),
      await post(revoked.clientId, revoked.secret),
    ];
    for (const answer of answers) {
      expectRefused(answer);
      expect(answer.body).toEqual(answers[0]!.body);
      expect([...answer.headers]).toEqual([...answers[0]!.headers]);
    }
    expect(await db().scimToken.count({ where: { clientId } })).toBe(0);
  });

  it("has two secrets at most, the older one for the overlap", async () => {
    const { connection, clientId, secret: first } = await connectClient();
    const add = async () =>
      (await addSecret(connection.scope, cli(connection), { clientId, overlapHours: 24 })).secret;
    const second = await add();
    expect([(await post(clientId, first)).status, (await post(clientId, second)).status]).toEqual([200, 200]);
    const third = await add();
    expectRefused(await post(clientId, first));
    expect([(await post(clientId, second)).status, (await post(clientId, third)).status]).toEqual([200, 200]);
    await later(25 * HOUR_MS, async () => {
      expectRefused(await post(clientId, second));
      expect((await post(clientId, third)).status).toBe(200);
    });
  });

  it("is let in by a secret for two years unless told otherwise, and then no longer", async () => {
    const { connection, clientId, secret } = await connectClient();
    const day = 24 * HOUR_MS;
    expect((await later(729 * day, () => post(clientId, secret))).status).toBe(200);
    expectRefused(await later(731 * day, () => post(clientId, secret)));
    const short = await addSecret(connection.scope, cli(connection), { clientId, expiresInDays: 7 });
    expect((await later(6 * day, () => post(clientId, short.secret))).status).toBe(200);
    expectRefused(await later(8 * day, () => post(clientId, short.secret)));
  });

  it("gets 50 tokens at the same moment, all good", async () => {
    const { connection, clientId, secret } = await connectClient();
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(clientId, secret)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(new Set(answers.map(({ token }) => token)).size).toBe(50);
    const open = await Promise.all(answers.map(({ token }) => probe(connection, token)));
    expect(open.every(({ status }) => status === 200)).toBe(true);
  });
});

describe("an access token", () => {
  it("ends at once with its client", async () => {
    const { connection, clientId, secret } = await connectClient();
    const other = await createClient(connection.scope, cli(connection), { name: "Other" });
    const { token } = await post(clientId, secret);
    const { token: kept } = await post(other.clientId, other.secret);
    await revokeClient(connection.scope, cli(connection), clientId);
    expectError(await probe(connection, token), 401);
    expectRefused(await post(clientId, secret));
    expect((await probe(connection, kept)).status).toBe(200);
    expect((await listCredentials(connection.scope)).clients.map(({ id }) => id)).toEqual([other.clientId]);
  });

  it("ends at once with a revoked secret, and the other secret gets a new one", async () => {
    const { connection, clientId, secret: first } = await connectClient();
    const { secret: second } = await addSecret(connection.scope, cli(connection), {
      clientId,
      overlapHours: 24,
    });
    const { token } = await post(clientId, first);
    expect((await probe(connection, token)).status).toBe(200);
    const [, older] = (await listCredentials(connection.scope)).clients[0]!.secrets;
    await revokeSecret(connection.scope, cli(connection), { clientId, secretId: older!.id });
    expectError(await probe(connection, token), 401);
    expectRefused(await post(clientId, first));
    expect((await probe(connection, (await post(clientId, second)).token)).status).toBe(200);
  });

  it("ends at once when a new secret replaces the old one without an overlap, and not when with one", async () => {
    const { connection, clientId, secret } = await connectClient();
    const { token } = await post(clientId, secret);
    const { secret: second } = await addSecret(connection.scope, cli(connection), {
      clientId,
      overlapHours: 1,
    });
    expect((await probe(connection, token)).status).toBe(200);
    const { token: newer } = await post(clientId, second);
    await addSecret(connection.scope, cli(connection), { clientId });
    expectError(await probe(connection, token), 401);
    expectError(await probe(connection, newer), 401);
  });

  it("never comes to be while its client is being revoked", async () => {
    for (let round = 0; round < 5; round++) {
      const { connection, clientId, secret } = await connectClient();
      const asked = Array.from({ length: 8 }, () => post(clientId, secret));
      const [answers] = await Promise.all([
        Promise.all(asked),
        revokeClient(connection.scope, cli(connection), clientId),
      ]);
      for (const answer of answers) {
        if (answer.status === 200) expectError(await probe(connection, answer.token), 401);
        else expectRefused(answer);
      }
      expect(await db().scimToken.count({ where: { clientId, revokedAt: null } })).toBe(0);
    }
  });

  it("ends with SCIM, and does not come back with it", async () => {
    const { connection, clientId, secret } = await connectClient();
    const { token } = await post(clientId, secret);
    await disableScim(connection.scope, cli(connection));
    expectError(await probe(connection, token), 403);
    expectRefused(await post(clientId, secret), "unauthorized_client", 400);
    expectRefused(await post(clientId, `${secret}x`));
    await enableScim(connection.scope, cli(connection));
    expectError(await probe(connection, token), 401);
    expect((await probe(connection, connection.target.token)).status).toBe(200);
    expect((await probe(connection, (await post(clientId, secret)).token)).status).toBe(200);
  });

  it("is not to be had without SAML", async () => {
    const { connection, clientId, secret } = await connectClient();
    await db().samlConnection.deleteMany({ where: { workspaceId: connection.scope.workspaceId } });
    expectRefused(await post(clientId, secret), "unauthorized_client", 400);
  });

  it("opens its own workspace only", async () => {
    const a = await connectClient();
    const b = await connectClient();
    const { target } = a.connection;
    const made = await exchange(target, "POST", `${target.baseUrl}/Users`, { userName: "of-a" });
    const { id } = made.answer as { id: string };
    const { token } = await post(b.clientId, b.secret);
    const foreign = { ...target, token };
    expectError(await exchange(foreign, "GET", `${target.baseUrl}/Users/${id}`), 404);
    expectError(await exchange(foreign, "DELETE", `${target.baseUrl}/Users/${id}`), 404);
    const list = await exchange(foreign, "GET", `${target.baseUrl}/Users`);
    expect(list.answer).toMatchObject({ totalResults: 0 });
    expect(JSON.stringify(await listCredentials(b.connection.scope))).not.toContain(a.clientId);
    await expect(revokeClient(b.connection.scope, cli(b.connection), a.clientId)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(
      addSecret(b.connection.scope, cli(b.connection), { clientId: a.clientId }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await post(a.clientId, a.secret)).status).toBe(200);
  });

  it("is neither a pasted token nor a client's secret, which open nothing here or there", async () => {
    const { connection, clientId, secret } = await connectClient();
    const { token } = await post(clientId, secret);
    expectError(await probe(connection, secret), 401);
    expectError(await probe(connection, clientId), 401);
    expectRefused(await post(clientId, token));
    expectRefused(await post(clientId, connection.target.token));
  });
});

describe("the token endpoint's throttle", () => {
  it("stops one address, and nobody else", async () => {
    const { clientId, secret } = await connectClient();
    const ask = (address: string, given = secret) =>
      askToken({ client_id: clientId, client_secret: given }, { address });
    const flood = await Promise.all(Array.from({ length: 200 }, () => ask("198.51.100.7", "wrong-secret")));
    const refused = flood.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expectRefused(refused[0]!, "temporarily_unavailable", 429);
    expect(Number(refused[0]!.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    // A stranger who knows the client's id cannot lock it out.
    expect((await ask("198.51.100.8")).status).toBe(200);
  });

  it("stops a client that asks without end", async () => {
    const { clientId, secret } = await connectClient();
    const answers = await Promise.all(
      Array.from({ length: 90 }, (_, index) =>
        askToken({ client_id: clientId, client_secret: secret }, { address: `203.0.113.${index}` }),
      ),
    );
    const good = answers.filter(({ status }) => status === 200).length;
    expect(good).toBeGreaterThanOrEqual(60);
    expect(good).toBeLessThan(90);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(90 - good);
  });
});
