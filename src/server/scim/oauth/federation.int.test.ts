import { createHmac, createSign, generateKeyPairSync } from "node:crypto";

import { exportSPKI, importJWK } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { useTestDatabase } from "../../../../tests/support/database";
import { exchange } from "../../../../tools/entra-sim/index";
import { connectScim, type ScimConnection } from "../../../../tests/support/scim-in-process";
import { EntraAuthority, makeSigningKey } from "../../../../tests/support/entra-authority";
import { askByAssertion, askToken, type TokenAnswer } from "../../../../tests/support/token-request";
import { db } from "#server/db/index";
import { useClock } from "#server/kernel/clock";
import { newId } from "#server/kernel/ids";
import { clearProcessSlot } from "#server/kernel/slot";

import { listCredentials } from "../credentials/list-credentials";
import { addSecret, createClient, createFederatedClient, revokeClient } from "../credentials/manage-clients";
import { disableScim } from "../manage-connection";
import { tokenEndpoint } from "./token-endpoint";

useTestDatabase();
const entra = new EntraAuthority();
let federated: Awaited<ReturnType<typeof connectFederated>>;

const cli = ({ scope }: Pick<ScimConnection, "scope">) =>
  ({ kind: "cli", workspaceId: scope.workspaceId }) as const;
const probe = ({ target }: ScimConnection, token: string) =>
  exchange({ ...target, token }, "GET", `${target.baseUrl}/ServiceProviderConfig`);

async function connectFederated(audience: string | undefined = entra.audience) {
  const connection = await connectScim();
  const { clientId } = await createFederatedClient(connection.scope, cli(connection), {
    name: "Entra",
    entraTenantId: entra.tenantId,
    subject: entra.subject,
    audience,
  });
  return { connection, clientId };
}

beforeAll(async () => {
  await entra.start();
  vi.stubEnv("ENTRA_AUTHORITY", entra.origin);
  federated = await connectFederated();
});
beforeEach(() => {
  entra.reset();
  for (const slot of ["rate-limit.oauth.address", "rate-limit.oauth.client", "scim.entra-keys"]) {
    clearProcessSlot(slot);
  }
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  vi.unstubAllEnvs();
  await entra.stop();
});

const ask = (assertion: string) => askByAssertion(federated.clientId, assertion);

function expectRefused(answer: TokenAnswer): void {
  expect(answer.body).toEqual({
    error: "invalid_client",
    error_description: "Client authentication failed.",
  });
  expect(answer.status).toBe(401);
}

function expectUnavailable(answer: TokenAnswer): void {
  expect([answer.status, answer.body["error"]]).toEqual([503, "temporarily_unavailable"]);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
}

/** Moves the wall clock, by which keys grow stale; timers go on. */
function setWallClock(aheadMs: number): void {
  const at = Date.now() + aheadMs;
  vi.useFakeTimers({ toFake: ["Date"], now: at });
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a workload identity of Entra", () => {
  it("gets an access token for its assertion, without any secret, and may show it again", async () => {
    const assertion = await entra.assertion();
    const first = await ask(assertion);
    expect(first.body).toEqual({
      access_token: first.token,
      token_type: "Bearer",
      expires_in: 3600,
      scope: "scim",
    });
    const second = await ask(assertion);
    expect(second.token).not.toBe(first.token);
    for (const { token } of [first, second]) {
      expect((await probe(federated.connection, token)).status).toBe(200);
    }
    expect(entra.fetches).toBe(1);
    const [client] = (await listCredentials(federated.connection.scope)).clients;
    expect(client).toMatchObject({ proof: "federated", audience: entra.audience, secrets: [] });
    expect(client!.lastUsedAt).toBeInstanceOf(Date);
  });

  it("is known by its application's id in each form that Entra gives it", async () => {
    const id = entra.audience.slice("api://".length);
    for (const aud of [id, `api://${id}`, `api://${id}/.default`, ["https://x.example", id]]) {
      expect((await ask(await entra.assertion({ aud }))).status).toBe(200);
    }
    const pasted = await connectFederated(`${entra.audience}/.default`);
    expect((await askByAssertion(pasted.clientId, await entra.assertion({ aud: id }))).status).toBe(200);
  });

  it("without an audience of its own has to name our token endpoint", async () => {
    const { connection, clientId } = await connectFederated("");
    await db().scimClient.updateMany({ where: { id: clientId }, data: { audience: null } });
    expectRefused(await askByAssertion(clientId, await entra.assertion()));
    expect((await askByAssertion(clientId, await entra.assertion({ aud: tokenEndpoint() }))).status).toBe(
      200,
    );
    expect((await listCredentials(connection.scope)).clients).toMatchObject([{ audience: tokenEndpoint() }]);
  });

  it("may have a clock that differs by less than a minute", async () => {
    const at = Math.floor(Date.now() / 1000);
    for (const claims of [{ exp: at - 30 }, { nbf: at + 30, iat: at + 30 }]) {
      expect((await ask(await entra.assertion(claims))).status).toBe(200);
    }
  });

  it("need not say its tenant, whose name is in the issuer", async () => {
    expect((await ask(await entra.assertion({ tid: undefined }))).status).toBe(200);
  });
});

describe("an assertion is refused, and tells nothing of the reason,", () => {
  const now = () => Math.floor(Date.now() / 1000);
  const other = "11111111-2222-4333-8444-555555555555";

  it.each<[string, () => Record<string, unknown>]>([
    ["of another issuer", () => ({ iss: "https://login.microsoftonline.com/x/v2.0" })],
    ["of version 1.0", () => ({ iss: `https://sts.windows.net/${entra.tenantId}/`, ver: "1.0" })],
    ["of an issuer with a slash too many", () => ({ iss: `${entra.issuer}/` })],
    ["of the issuer without its version", () => ({ iss: entra.issuer.replace("/v2.0", "") })],
    ["of another tenant's issuer", () => ({ iss: entra.issuer.replace(entra.tenantId, other) })],
    ["without an issuer", () => ({ iss: undefined })],
    ["for another audience", () => ({ aud: `api://${other}` })],
    ["for something that begins like the audience", () => ({ aud: `${entra.audience}/admin` })],
    ["without an audience", () => ({ aud: undefined })],
    ["for no audience of several", () => ({ aud: ["https://graph.microsoft.com", `api://${other}`] })],
    ["of another subject", () => ({ sub: other })],
    ["of the subject in capitals", () => ({ sub: entra.subject.toUpperCase() })],
    ["without a subject", () => ({ sub: undefined })],
    ["of another tenant", () => ({ tid: other })],
    ["with a tenant that is no text", () => ({ tid: [entra.tenantId] })],
    ["that has ended", () => ({ exp: now() - 120, iat: now() - 4000, nbf: now() - 4000 })],
    ["that never ends", () => ({ exp: undefined })],
    ["that has not begun", () => ({ nbf: now() + 600 })],
    ["from the future", () => ({ iat: now() + 600, nbf: now() - 10 })],
    ["without a time of issue", () => ({ iat: undefined })],
    ["older than a day and a bit", () => ({ iat: now() - 29 * 3600, nbf: now() - 29 * 3600 })],
    ["whose end is no number", () => ({ exp: "tomorrow" })],
  ])("%s", async (_, claims) => {
    expectRefused(await ask(await entra.assertion(claims())));
  });

  it("when its signature is somebody else's", async () => {
    expectRefused(await ask(await entra.assertion({}, await makeSigningKey("first"))));
  });

  it("when a word of it was changed after signing", async () => {
    const [header, payload, signature] = (await entra.assertion()).split(".");
    const claims = JSON.parse(Buffer.from(payload!, "base64url").toString()) as object;
    expectRefused(await ask(`${header}.${encode({ ...claims, exp: now() + 99_999 })}.${signature}`));
    expectRefused(await ask(`${header}.${payload}.${signature!.slice(0, -4)}AAAA`));
    expectRefused(await ask(`${header}.${payload}.`));
  });

  it("when it is not signed, or signed with the public key as if that were a secret", async () => {
    const claims = encode(entra.claims());
    const [{ jwk }] = entra.keys as [(typeof entra.keys)[0]];
    const publicKey = await importJWK({ ...jwk, alg: "RS256" }, "RS256", { extractable: true });
    const pem = await exportSPKI(publicKey as CryptoKey);
    for (const alg of ["none", "None", "NONE", ""]) {
      expectRefused(await ask(`${encode({ alg, kid: "first" })}.${claims}.`));
    }
    for (const secret of [pem, pem.trim(), jwk.n!, JSON.stringify(jwk), ""]) {
      const signed = `${encode({ alg: "HS256", kid: "first" })}.${claims}`;
      expectRefused(
        await ask(`${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`),
      );
    }
  });

  it("by another algorithm, even with the right key", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: "mine", use: "sig" };
    entra.answerKeys = (response) => {
      response.writeHead(200).end(JSON.stringify({ keys: [jwk] }));
    };
    const sign = (alg: string, hash: string, extra: object = {}) => {
      const text = `${encode({ alg, kid: "mine", ...extra })}.${encode(entra.claims())}`;
      return `${text}.${createSign(hash).update(text).sign(privateKey).toString("base64url")}`;
    };
    expect((await ask(sign("RS256", "sha256"))).status).toBe(200);
    expectRefused(await ask(sign("RS512", "sha512")));
    expectRefused(await ask(sign("RS256", "sha1")));
    expectRefused(await ask(sign("RS256", "sha256", { crit: ["exp"] })));
    expectRefused(await ask(sign("RS256", "sha256", { b64: false, crit: ["b64"] })));
  });

  it("when it brings its own key", async () => {
    const mine = await makeSigningKey("mine");
    const jku = `${entra.origin}/mine/keys`;
    const { SignJWT } = await import("jose");
    for (const header of [{ jwk: mine.jwk }, { jku }, { x5u: jku }, { kid: "first", jwk: mine.jwk }]) {
      const forged = await new SignJWT(entra.claims())
        .setProtectedHeader({ alg: "RS256", kid: "mine", ...header })
        .sign(mine.privateKey);
      expectRefused(await ask(forged));
    }
  });

  it("by a weak key, or one that the tenant's key set marks as another issuer's", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const weak = { ...publicKey.export({ format: "jwk" }), kid: "weak", use: "sig" };
    const foreign = await makeSigningKey("foreign", {
      issuer: entra.issuer.replace(entra.tenantId, other),
    });
    const template = await makeSigningKey("template", {
      issuer: entra.issuer.replace(entra.tenantId, "{tenantid}"),
    });
    entra.answerKeys = (response) => {
      response.writeHead(200).end(JSON.stringify({ keys: [weak, foreign.jwk, template.jwk, null] }));
    };
    const text = `${encode({ alg: "RS256", kid: "weak" })}.${encode(entra.claims())}`;
    expectRefused(
      await ask(`${text}.${createSign("sha256").update(text).sign(privateKey).toString("base64url")}`),
    );
    expectRefused(await ask(await entra.assertion({}, foreign)));
    expect((await ask(await entra.assertion({}, template))).status).toBe(200);
  });

  it("when it is no assertion at all", async () => {
    for (const text of ["x", "a.b.c", "..", "{}", `${encode({ alg: "RS256" })}.${encode([])}.x`, "é.é.é"]) {
      expectRefused(await ask(text));
    }
  });

  it("without a key's name", async () => {
    const { SignJWT } = await import("jose");
    const { privateKey } = entra.keys[0]!;
    for (const header of [{ alg: "RS256" }, { alg: "RS256", kid: "" }]) {
      expectRefused(await ask(await new SignJWT(entra.claims()).setProtectedHeader(header).sign(privateKey)));
    }
  });
});

describe("a client", () => {
  it("of another kind is not let in by an assertion, nor a federated one by a secret", async () => {
    const { connection, clientId } = federated;
    const secretive = await createClient(connection.scope, cli(connection), { name: "Secretive" });
    expectRefused(await askByAssertion(secretive.clientId, await entra.assertion()));
    expectRefused(await askToken({ client_id: clientId, client_secret: secretive.secret }));
    expectRefused(await askToken({ client_id: clientId, client_secret: "" }));
    await expect(addSecret(connection.scope, cli(connection), { clientId })).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
  });

  it("that does not exist gets the answer of one that does, and Entra is not asked for either", async () => {
    const stranger = await askByAssertion(newId(), await entra.assertion());
    const wrong = await ask(await entra.assertion({ sub: "somebody" }));
    expectRefused(stranger);
    expectRefused(wrong);
    expect([...stranger.headers]).toEqual([...wrong.headers]);
    expect(entra.fetches).toBe(0);
  });

  it("of another workspace gets into its own only", async () => {
    const other = await connectFederated();
    const { token } = await askByAssertion(other.clientId, await entra.assertion());
    const { target } = federated.connection;
    const made = await exchange(target, "POST", `${target.baseUrl}/Users`, { userName: "of-the-first" });
    const { id } = made.answer as { id: string };
    const answer = await exchange({ ...target, token }, "GET", `${target.baseUrl}/Users/${id}`);
    expect(answer.status).toBe(404);
  });

  it("that is revoked, or whose SCIM is off, gets nothing for a good assertion", async () => {
    const { connection, clientId } = await connectFederated();
    const { token } = await askByAssertion(clientId, await entra.assertion());
    await disableScim(connection.scope, cli(connection));
    const off = await askByAssertion(clientId, await entra.assertion());
    expect([off.status, off.body["error"]]).toEqual([400, "unauthorized_client"]);
    await revokeClient(connection.scope, cli(connection), clientId);
    expectRefused(await askByAssertion(clientId, await entra.assertion()));
    expect((await probe(connection, token)).status).toBe(401);
  });
});

describe("the keys of a tenant", () => {
  it("are fetched once for many requests at the same moment", async () => {
    const assertions = await Promise.all(Array.from({ length: 20 }, () => entra.assertion()));
    const answers = await Promise.all(assertions.map(ask));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(entra.fetches).toBe(1);
  });

  it("are fetched again when a new one signs, at most every half minute", async () => {
    expect((await ask(await entra.assertion())).status).toBe(200);
    const second = await makeSigningKey("second");
    expectRefused(await ask(await entra.assertion({}, second)));
    expectRefused(await ask(await entra.assertion({}, second)));
    expect(entra.fetches).toBe(1);
    entra.keys = [second, ...entra.keys];
    setWallClock(31_000);
    expect((await ask(await entra.assertion())).status).toBe(200);
    expect(entra.fetches).toBe(2);
    entra.keys = entra.keys.slice(1);
  });

  it("that are withdrawn are no longer believed once the copy is ten minutes old", async () => {
    const old = entra.keys[0]!;
    expect((await ask(await entra.assertion({}, old))).status).toBe(200);
    entra.keys = [await makeSigningKey("second")];
    setWallClock(601_000);
    expectRefused(await ask(await entra.assertion({}, old)));
    entra.keys = [old];
  });

  it.each<[string, EntraAuthority["answerKeys"]]>([
    ["a failure", (response) => response.writeHead(500).end()],
    ["a redirect", (response) => response.writeHead(302, { location: "/elsewhere" }).end()],
    ["no JSON", (response) => response.writeHead(200).end("<html>")],
    ["no key set", (response) => response.writeHead(200).end('{"keys":7}')],
    ["nothing", (response) => response.writeHead(200).end("null")],
    ["a hang-up", (response) => response.destroy()],
    [
      "more than anybody's keys",
      (response) => response.writeHead(200).end(JSON.stringify({ keys: [], more: "x".repeat(300_000) })),
    ],
  ])("that cannot be had (%s) make us unavailable, and only for so long", async (_, answerKeys) => {
    entra.answerKeys = answerKeys;
    expectUnavailable(await ask(await entra.assertion()));
    expectUnavailable(await ask(await entra.assertion()));
    entra.reset();
    expect((await ask(await entra.assertion())).status).toBe(200);
  });

  it("go on being believed while Entra is away, for a day; an unknown one has to wait", async () => {
    expect((await ask(await entra.assertion())).status).toBe(200);
    entra.answerKeys = (response) => response.destroy();
    setWallClock(2 * 3_600_000);
    expect((await ask(await entra.assertion())).status).toBe(200);
    expectUnavailable(await ask(await entra.assertion({}, await makeSigningKey("unknown"))));
    setWallClock(25 * 3_600_000);
    expectUnavailable(await ask(await entra.assertion()));
  });

  it("judge an assertion by our clock, however old the copy is", async () => {
    const assertion = await entra.assertion();
    const at = Date.now() + 2 * 3_600_000;
    const restore = useClock(() => at);
    try {
      expectRefused(await ask(assertion));
    } finally {
      restore();
    }
  });
});
