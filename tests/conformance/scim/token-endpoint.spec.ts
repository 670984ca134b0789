import { afterAll, describe, expect, it } from "vitest";

import { useApp } from "../../support/use-app";

const app = useApp();
const AT = ["--workspace", "acme"];
const made: string[] = [];

interface Shown {
  readonly clientId: string;
  readonly secret: string;
  readonly tokenEndpoint: string;
}

/** A client on the running server, made from the command line. */
async function makeClient(): Promise<Shown> {
  const client = (await app.cli(["scim", "client", "create", ...AT, "--name", "Conformance"])) as Shown;
  made.push(client.clientId);
  return client;
}

const revoke = (clientId: string) => app.cli(["scim", "client", "revoke", ...AT, "--client", clientId]);

afterAll(async () => {
  for (const clientId of made) await revoke(clientId).catch(() => undefined);
});

function ask(
  endpoint: string,
  parameters: Readonly<Record<string, string>>,
  headers = {},
): Promise<Response> {
  const body = new URLSearchParams({ grant_type: "client_credentials", ...parameters });
  return fetch(endpoint, { method: "POST", body, headers, redirect: "manual" });
}

async function scimStatus(token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${app.scim.baseUrl}/Users?count=0`, { headers })).status;
}

describe("the token endpoint", () => {
  it("gives a client access to SCIM until the client is revoked", async () => {
    const { clientId, secret, tokenEndpoint } = await makeClient();
    expect(tokenEndpoint).toBe(`${app.baseUrl}/public-api/oauth2/token`);
    const inForm = await ask(tokenEndpoint, { client_id: clientId, client_secret: secret, scope: "scim" });
    const inHeader = await ask(
      tokenEndpoint,
      {},
      {
        authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`,
      },
    );
    const tokens: string[] = [];
    for (const answer of [inForm, inHeader]) {
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
      const body = (await answer.json()) as Record<string, unknown>;
      expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
      tokens.push(body["access_token"] as string);
    }
    for (const token of tokens) expect(await scimStatus(token)).toBe(200);
    await revoke(clientId);
    for (const token of tokens) expect(await scimStatus(token)).toBe(401);
  });

  it("refuses in OAuth's form, without a redirect, also at an address with a slash at its end", async () => {
    const { clientId, tokenEndpoint } = await makeClient();
    for (const endpoint of [tokenEndpoint, `${tokenEndpoint}/`]) {
      const refused = await ask(endpoint, { client_id: clientId, client_secret: "wrong" });
      expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([401, 'Basic realm="token"']);
      expect(await refused.json()).toEqual({
        error: "invalid_client",
        error_description: "Client authentication failed.",
      });
    }
    const long = await ask(tokenEndpoint, { client_id: clientId, client_secret: "x".repeat(100_000) });
    expect([long.status, await long.json()]).toMatchObject([400, { error: "invalid_request" }]);
    expect((await fetch(tokenEndpoint)).status).toBe(405);
  });
});
