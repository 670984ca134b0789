import { describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../../tests/support/database";
import {
  makeMember,
  makeSamlConnection,
  makeSession,
  makeWorkspace,
} from "../../../../tests/support/factories";
import type { Role } from "#generated/prisma/enums";
import { listAuditEvents } from "#server/audit/index";
import { findActiveSession } from "#server/sessions/index";
import { createCallerFactory, router } from "#server/trpc/init";

import { scimRouter } from "../scim.router";

useTestDatabase();

const TENANT = "7d3f9a52-1c44-4e0b-9f0e-2a6d1b8c5e10";
const caller = createCallerFactory(router({ scim: scimRouter }));

async function signedIn(role: Role, sameOrigin = true) {
  const { workspace, scope } = await makeWorkspace();
  await makeSamlConnection(scope);
  const { token } = await makeSession(scope, await makeMember(scope, { role, name: "Ada" }));
  const session = await findActiveSession(token);
  const context = { session, address: "x", headers: new Headers(), setCookie: () => {}, sameOrigin };
  return { scope, scim: caller(context).scim, at: { workspaceSlug: workspace.slug } };
}

type Api = Awaited<ReturnType<typeof signedIn>>;

async function connected(): Promise<Api> {
  const api = await signedIn("admin");
  await api.scim.enable(api.at);
  return api;
}

describe("the credentials of a workspace", () => {
  it("are made, listed and revoked, each act with its audit row and none with a secret", async () => {
    const { scope, scim, at } = await connected();
    const { token } = await scim.rotate({ ...at, overlapHours: 24, expiresInDays: 365 });
    const { clientId, secret } = await scim.credentials.createClient({ ...at, name: " Gallery " });
    const { secret: second } = await scim.credentials.addSecret({ ...at, clientId, overlapHours: 24 });
    const federated = await scim.credentials.createFederatedClient({
      ...at,
      name: "Workload identity",
      entraTenantId: ` ${TENANT.toUpperCase()} `,
      subject: " subject ",
    });
    const listed = await scim.credentials.list(at);
    expect(listed.tokenEndpoint).toBe("http://localhost:3000/public-api/oauth2/token");
    expect(listed.tokens).toMatchObject([
      { lastFour: token.slice(-4), isCurrent: true },
      { isCurrent: false },
    ]);
    expect(listed.clients).toMatchObject([
      {
        id: clientId,
        name: "Gallery",
        proof: "secret",
        secrets: [{ lastFour: second.slice(-4) }, { lastFour: secret.slice(-4) }],
      },
      {
        id: federated.clientId,
        proof: "federated",
        entraTenantId: TENANT,
        subject: "subject",
        audience: listed.tokenEndpoint,
        secrets: [],
      },
    ]);
    const older = listed.clients[0]!.secrets[1]!.id;
    await scim.credentials.revokeSecret({ ...at, clientId, secretId: older });
    await scim.credentials.revokeClient({ ...at, clientId });
    await scim.credentials.revokeToken({ ...at, tokenId: listed.tokens[0]!.id });

    const rest = await scim.credentials.list(at);
    expect(rest.clients.map(({ id }) => id)).toEqual([federated.clientId]);
    const { events } = await listAuditEvents(scope);
    expect(events.map(({ action, actor }) => `${actor}: ${action}`).reverse()).toEqual([
      "system: member.created",
      "Ada: scim.enabled",
      "Ada: scim.token.rotated",
      "Ada: scim.client.created",
      "Ada: scim.client.secret.added",
      "Ada: scim.client.created",
      "Ada: scim.client.secret.revoked",
      "Ada: scim.client.revoked",
      "Ada: scim.token.revoked",
    ]);
    const shown = JSON.stringify([listed, rest, events]);
    for (const value of [token, secret, second]) expect(shown).not.toContain(value.slice(12, 30));
  });

  it("take sensible input only", async () => {
    const { scim, at } = await connected();
    const { clientId } = await scim.credentials.createClient({ ...at, name: "Gallery" });
    const federated = { ...at, name: "F", entraTenantId: TENANT, subject: "s" };
    for (const attempt of [
      () => scim.rotate({ ...at, overlapHours: 721 }),
      () => scim.rotate({ ...at, overlapHours: -1 }),
      () => scim.rotate({ ...at, overlapHours: 0.5 }),
      () => scim.rotate({ ...at, expiresInDays: 0 }),
      () => scim.rotate({ ...at, expiresInDays: 731 }),
      () => scim.credentials.createClient({ ...at, name: "  " }),
      () => scim.credentials.createClient({ ...at, name: "x".repeat(81) }),
      () => scim.credentials.createFederatedClient({ ...federated, entraTenantId: "common" }),
      () => scim.credentials.createFederatedClient({ ...federated, entraTenantId: "../../evil" }),
      () => scim.credentials.createFederatedClient({ ...federated, subject: " " }),
      () => scim.credentials.createFederatedClient({ ...federated, audience: "" }),
      () => scim.credentials.addSecret({ ...at, clientId, expiresInDays: 1096 }),
      () => scim.credentials.addSecret({ ...at, clientId, overlapHours: 721 }),
      () => scim.credentials.revokeClient({ ...at, clientId: "x" }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    expect((await scim.credentials.list(at)).clients).toHaveLength(1);
  });

  it("are twenty clients at most", async () => {
    const { scim, at } = await connected();
    const made = await Promise.allSettled(
      Array.from({ length: 22 }, (_, n) => scim.credentials.createClient({ ...at, name: `Client ${n}` })),
    );
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
    const { clients } = await scim.credentials.list(at);
    expect(clients).toHaveLength(20);
    await scim.credentials.revokeClient({ ...at, clientId: clients[0]!.id });
    await scim.credentials.createClient({ ...at, name: "Another" });
  });

  const everyAct = ({ scim, at }: Api, id: string) => [
    () => scim.credentials.list(at),
    () => scim.credentials.revokeToken({ ...at, tokenId: id }),
    () => scim.credentials.createClient({ ...at, name: "x" }),
    () => scim.credentials.createFederatedClient({ ...at, name: "x", entraTenantId: TENANT, subject: "s" }),
    () => scim.credentials.addSecret({ ...at, clientId: id }),
    () => scim.credentials.revokeSecret({ ...at, clientId: id, secretId: id }),
    () => scim.credentials.revokeClient({ ...at, clientId: id }),
  ];

  it.each(["editor", "viewer", "guest"] as const)("are not for a role of %s", async (role) => {
    for (const act of everyAct(await signedIn(role), TENANT)) {
      await expect(act()).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  it("of another workspace are not there", async () => {
    const mine = await connected();
    const other = await connected();
    const { clientId } = await other.scim.credentials.createClient({ ...other.at, name: "Theirs" });
    const { clients, tokens } = await other.scim.credentials.list(other.at);
    for (const act of [
      () => mine.scim.credentials.list(other.at),
      () => mine.scim.credentials.revokeToken({ ...mine.at, tokenId: tokens[0]!.id }),
      () => mine.scim.credentials.addSecret({ ...mine.at, clientId }),
      () =>
        mine.scim.credentials.revokeSecret({
          ...mine.at,
          clientId,
          secretId: clients[0]!.secrets[0]!.id,
        }),
      () => mine.scim.credentials.revokeClient({ ...mine.at, clientId }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect((await other.scim.credentials.list(other.at)).clients).toEqual(clients);
  });

  it("are not changed by another site's page", async () => {
    const [, ...mutations] = everyAct(await signedIn("owner", false), TENANT);
    for (const act of mutations) await expect(act()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
