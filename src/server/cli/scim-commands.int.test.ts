import { Readable } from "node:stream";

import { describe, expect, it } from "vitest";

import { askToken } from "../../../tests/support/token-request";
import { useTestDatabase } from "../../../tests/support/database";
import { makeSamlConnection, makeWorkspace } from "../../../tests/support/factories";
import { listAuditEvents } from "#server/audit/index";

import { runCli } from "./run-cli";

useTestDatabase();

const TENANT = "7d3f9a52-1c44-4e0b-9f0e-2a6d1b8c5e10";

/** Runs one command in this process, on this file's database. */
async function run(...argv: string[]) {
  let output = "";
  let errors = "";
  const status = await runCli(argv, {
    root: process.cwd(),
    publicUrlGiven: true,
    stdin: Readable.from([]),
    write: (text) => void (output += text),
    writeError: (text) => void (errors += text),
  });
  return { status, output, errors };
}

async function json<T>(...argv: string[]): Promise<T> {
  const { status, output, errors } = await run(...argv, "--json");
  expect([status, errors]).toEqual([0, ""]);
  return JSON.parse(output) as T;
}

async function failure(...argv: string[]): Promise<unknown> {
  const { status, output, errors } = await run(...argv, "--json");
  expect([status, output]).toEqual([1, ""]);
  return (JSON.parse(errors) as { readonly code: string }).code;
}

interface Shown {
  readonly clientId: string;
  readonly secret: string | null;
  readonly tokenEndpoint: string;
}

async function connected() {
  const { workspace, scope } = await makeWorkspace();
  await makeSamlConnection(scope);
  const at = ["--workspace", workspace.slug];
  await json("scim", "enable", ...at);
  return { scope, at };
}

const status = async (clientId: string, secret: string) =>
  (await askToken({ client_id: clientId, client_secret: secret })).status;

describe("the command line of provisioning", () => {
  it("rotates the token with an overlap and an end, and lists both", async () => {
    const { at } = await connected();
    const rotated = await json<{ token: string }>(
      ...["scim", "rotate", ...at, "--overlap-hours", "24", "--expires-in-days", "365"],
    );
    expect(Object.keys(rotated)).toEqual(["tenantUrl", "baseUrl", "token"]);
    const tokens = await json<{ lastFour: string; expiresAt: string; isCurrent: boolean }[]>(
      ...["scim", "tokens", ...at],
    );
    expect(tokens).toMatchObject([
      { lastFour: rotated.token.slice(-4), isCurrent: true },
      { isCurrent: false },
    ]);
    expect(tokens.every(({ expiresAt }) => !Number.isNaN(Date.parse(expiresAt)))).toBe(true);
    const { output } = await run("scim", "tokens", ...at);
    expect(output.trim().split("\n")).toHaveLength(2);
    expect(output).not.toContain(rotated.token);
  });

  it("makes a client, gives it another secret and revokes it", async () => {
    const { scope, at } = await connected();
    const made = await json<Shown>("scim", "client", "create", ...at, "--name", "Entra");
    expect(made.tokenEndpoint).toBe("http://localhost:3000/public-api/oauth2/token");
    expect(await status(made.clientId, made.secret!)).toBe(200);
    const of = [...at, "--client", made.clientId];
    const next = await json<Shown>("scim", "client", "secret", ...of, "--overlap-hours", "1");
    expect([await status(made.clientId, made.secret!), await status(made.clientId, next.secret!)]).toEqual([
      200, 200,
    ]);
    expect(await json("scim", "client", "list", ...at)).toMatchObject([
      { id: made.clientId, name: "Entra", proof: "secret", secrets: [{}, {}] },
    ]);
    expect((await run("scim", "client", "list", ...at)).output.trim().split("\n")).toHaveLength(3);
    expect(await json("scim", "client", "revoke", ...of)).toEqual({ clientId: made.clientId });
    expect(await status(made.clientId, next.secret!)).toBe(401);
    expect(await json("scim", "client", "list", ...at)).toEqual([]);
    const { events } = await listAuditEvents(scope);
    expect(events.slice(0, 3).map(({ action, actor }) => [action, actor])).toEqual([
      ["scim.client.revoked", "cli"],
      ["scim.client.secret.added", "cli"],
      ["scim.client.created", "cli"],
    ]);
  });

  it("makes a federated client, which has no secret", async () => {
    const { at } = await connected();
    const create = ["scim", "client", "create", ...at, "--name", "Entra"];
    const of = ["--entra-tenant", TENANT, "--subject", "s", "--audience", "api://a"];
    const made = await json<Shown>(...create, ...of);
    expect(made.secret).toBeNull();
    expect(await json("scim", "client", "list", ...at)).toMatchObject([
      { id: made.clientId, proof: "federated", entraTenantId: TENANT, subject: "s", audience: "api://a" },
    ]);
    expect(await failure("scim", "client", "secret", ...at, "--client", made.clientId)).toBe("BAD_INPUT");
  });

  it("refuses what makes no sense", async () => {
    const { at } = await connected();
    const create = ["scim", "client", "create", ...at, "--name", "x"];
    expect(await failure("scim", "rotate", ...at, "--overlap-hours", "721")).toBe("USAGE");
    expect(await failure("scim", "rotate", ...at, "--overlap-hours", "1e2")).toBe("USAGE");
    expect(await failure("scim", "rotate", ...at, "--expires-in-days", "0")).toBe("USAGE");
    expect(await failure("scim", "reveal", ...at, "--overlap-hours", "1")).toBe("USAGE");
    expect(await failure("scim", "client", "create", ...at)).toBe("USAGE");
    expect(await failure(...create, "--subject", "s")).toBe("BAD_INPUT");
    expect(await failure(...create, "--entra-tenant", "common", "--subject", "s")).toBe("BAD_INPUT");
    expect(await failure("scim", "client", "revoke", ...at, "--client", "x")).toBe("NOT_FOUND");
    expect(await failure("scim", "client", "revoke", ...at, "--client", TENANT)).toBe("NOT_FOUND");
    expect(await json("scim", "client", "list", ...at)).toEqual([]);
  });
});
