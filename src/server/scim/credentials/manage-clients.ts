import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { now } from "#server/kernel/clock";
import { randomToken, sha256Hex } from "#server/kernel/crypto";
import { AppError } from "#server/kernel/errors";
import { newId } from "#server/kernel/ids";
import { lockWorkspace } from "#server/workspaces/index";

import { requireManager } from "../require-manager";
import {
  countClients,
  endSecrets,
  findClientForUpdate,
  insertClient,
  insertSecret,
  listSecrets,
  revokeClientRow,
} from "./client.repo";
import { DEFAULT_SECRET_DAYS, endingsFor, lastingDays, type Ending, type Succession } from "./lifetime";
import { endIssuedTokens } from "./token.repo";

const SECRET_PREFIX = "chalk_cs_";
const MAX_CLIENTS = 20;

/** What Entra says of a workload identity, as its provisioning page shows it. */
export interface FederatedIdentity {
  readonly name: string;
  readonly entraTenantId: string;
  readonly subject: string;
  /** Nothing: the assertions must name our token endpoint (RFC 7523 section 3). */
  readonly audience?: string | undefined;
}

/**
 * Makes a client with its first secret, which is shown this once.
 * @throws AppError CONFLICT with too many clients, FORBIDDEN
 */
export async function createClient(
  scope: WorkspaceScope,
  actor: Actor,
  { name }: { readonly name: string },
): Promise<{ readonly clientId: string; readonly secret: string }> {
  requireManager(actor);
  return inWorkspaceTx(scope, async (tx) => {
    const clientId = await addClient(tx, actor, { name, proof: "secret" });
    return { clientId, secret: await issueSecret(tx, clientId, DEFAULT_SECRET_DAYS) };
  });
}

/**
 * Makes a client without a secret: it shows assertions that Entra signs.
 * @throws AppError CONFLICT with too many clients, FORBIDDEN
 */
export async function createFederatedClient(
  scope: WorkspaceScope,
  actor: Actor,
  { name, entraTenantId, subject, audience }: FederatedIdentity,
): Promise<{ readonly clientId: string }> {
  requireManager(actor);
  return inWorkspaceTx(scope, async (tx) => {
    const trust = { entraTenantId: entraTenantId.toLowerCase(), subject, audience: audience ?? null };
    return { clientId: await addClient(tx, actor, { name, proof: "federated", ...trust }) };
  });
}

async function addClient(
  tx: WorkspaceTx,
  actor: Actor,
  client: Omit<Parameters<typeof insertClient>[1], "id">,
): Promise<string> {
  await lockWorkspace(tx);
  if ((await countClients(tx)) >= MAX_CLIENTS) {
    throw new AppError("CONFLICT", `A workspace has ${MAX_CLIENTS} clients at most. Revoke one first.`);
  }
  const id = newId();
  await insertClient(tx, { ...client, id });
  await audit(tx, actor, "scim.client.created", { clientId: id, details: client });
  return id;
}

/**
 * Makes another secret. The present one lives on for the overlap (none by default); an older one ends at once.
 * @throws AppError NOT_FOUND, BAD_INPUT for a client without secrets, FORBIDDEN
 */
export async function addSecret(
  scope: WorkspaceScope,
  actor: Actor,
  { clientId, overlapHours = 0, expiresInDays }: Succession & { readonly clientId: string },
): Promise<{ readonly secret: string }> {
  requireManager(actor);
  return inWorkspaceTx(scope, async (tx) => {
    const { name, proof } = await getClientForUpdate(tx, clientId);
    if (proof !== "secret") throw new AppError("BAD_INPUT", "A federated client has no secrets.");
    for (const ending of endingsFor(await listSecrets(tx, clientId), overlapHours)) {
      await endSecretsAndTokens(tx, clientId, ending);
    }
    const days = expiresInDays ?? DEFAULT_SECRET_DAYS;
    const secret = await issueSecret(tx, clientId, days);
    const details = { name, overlapHours, expiresInDays: days };
    await audit(tx, actor, "scim.client.secret.added", { clientId, details });
    return { secret };
  });
}

/**
 * Ends one secret at once, and with it every access token of the client: which of them it was used for is not stored.
 * @throws AppError NOT_FOUND, FORBIDDEN
 */
export async function revokeSecret(
  scope: WorkspaceScope,
  actor: Actor,
  { clientId, secretId }: { readonly clientId: string; readonly secretId: string },
): Promise<void> {
  requireManager(actor);
  await inWorkspaceTx(scope, async (tx) => {
    const { name } = await getClientForUpdate(tx, clientId);
    const secret = (await listSecrets(tx, clientId)).find(({ id }) => id === secretId);
    if (!secret) throw new AppError("NOT_FOUND", "There is no such live secret.");
    for (const ending of endingsFor([secret])) await endSecretsAndTokens(tx, clientId, ending);
    const details = { name, lastFour: secret.lastFour };
    await audit(tx, actor, "scim.client.secret.revoked", { clientId, details });
  });
}

/**
 * Ends a client, its secrets and its access tokens at once and for good.
 * @throws AppError NOT_FOUND, FORBIDDEN
 */
export async function revokeClient(scope: WorkspaceScope, actor: Actor, clientId: string): Promise<void> {
  requireManager(actor);
  await inWorkspaceTx(scope, async (tx) => {
    const { name } = await getClientForUpdate(tx, clientId);
    await revokeClientRow(tx, clientId);
    await endIssuedTokens(tx, clientId);
    await audit(tx, actor, "scim.client.revoked", { clientId, details: { name } });
  });
}

async function getClientForUpdate(tx: WorkspaceTx, clientId: string) {
  const client = await findClientForUpdate(tx, clientId);
  if (!client) throw new AppError("NOT_FOUND", "There is no such client.");
  return client;
}

/** A secret that ends now takes what was got with it along; one that lives on through an overlap does not. */
async function endSecretsAndTokens(tx: WorkspaceTx, clientId: string, ending: Ending): Promise<void> {
  await endSecrets(tx, ending);
  if (ending.at <= now()) await endIssuedTokens(tx, clientId);
}

async function issueSecret(tx: WorkspaceTx, clientId: string, days: number): Promise<string> {
  const secret = randomToken(SECRET_PREFIX);
  await insertSecret(tx, {
    id: newId(),
    clientId,
    secretHash: sha256Hex(secret),
    lastFour: secret.slice(-4),
    ...lastingDays(days),
  });
  return secret;
}

function audit(
  tx: WorkspaceTx,
  actor: Actor,
  action: string,
  { clientId, details }: { readonly clientId: string; readonly details: Readonly<Record<string, unknown>> },
): Promise<void> {
  return recordAudit(tx, { actor, action, targetKind: "scimClient", targetId: clientId, details });
}
