import { findLastAuditEvent, recordAudit } from "#server/audit/index";
import { inWorkspaceTx, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import { countScimManaged } from "#server/directory/index";
import type { Actor } from "#server/kernel/actor";
import { now } from "#server/kernel/clock";
import { open, randomToken, seal, sha256Hex } from "#server/kernel/crypto";
import { AppError } from "#server/kernel/errors";
import { newId } from "#server/kernel/ids";
import { lockWorkspace, requirePermission, updateWorkspaceRow } from "#server/workspaces/index";

import { scimBaseUrl } from "./http/context";
import {
  endTokens,
  findCurrentToken,
  insertToken,
  readScimState,
  type ScimTokenRow,
} from "./scim-token.repo";

const TOKEN_PREFIX = "chalk_scim_";

/** The two addresses that an administrator copies into an identity provider. */
export interface ScimAddresses {
  /** For Entra: with the flag that asks it for RFC-conformant PATCH requests. */
  readonly tenantUrl: string;
  readonly baseUrl: string;
}

/** Where SCIM is served. */
export function scimConnectionInfo(): ScimAddresses {
  const baseUrl = scimBaseUrl();
  return { tenantUrl: `${baseUrl}/?aadOptscim062020`, baseUrl };
}

/** A member needs the permission; the command line acts for whoever runs the server. */
function requireManager(actor: Actor): void {
  if (actor.kind === "member") requirePermission(actor, "scim:manage");
}

/**
 * Turns SCIM on, and makes the first token; a workspace that had SCIM before keeps its token. Already on: nothing
 * happens.
 * @throws AppError SAML_REQUIRED without a SAML connection, FORBIDDEN
 */
export async function enableScim(scope: WorkspaceScope, actor: Actor): Promise<ScimAddresses> {
  requireManager(actor);
  await inWorkspaceTx(scope, async (tx) => {
    await lockWorkspace(tx);
    const { samlConfigured, enabled } = await readScimState(scope, tx);
    if (!samlConfigured) {
      throw new AppError(
        "SAML_REQUIRED",
        "Configure single sign-on (SAML) first, then turn on SCIM provisioning.",
      );
    }
    if (enabled) return;
    await updateWorkspaceRow(tx, { scimEnabledAt: now() });
    if (!(await findCurrentToken(scope, tx))) await issueToken(tx);
    await recordAudit(tx, { actor, action: "scim.enabled" });
  });
  return scimConnectionInfo();
}

/** Turns SCIM off: requests get 403 until it is on again. The token and everybody's state stay. */
export async function disableScim(scope: WorkspaceScope, actor: Actor): Promise<void> {
  requireManager(actor);
  await inWorkspaceTx(scope, async (tx) => {
    await lockWorkspace(tx);
    if (!(await readScimState(scope, tx)).enabled) return;
    await updateWorkspaceRow(tx, { scimEnabledAt: null });
    await recordAudit(tx, { actor, action: "scim.disabled" });
  });
}

/**
 * The bearer token in clear, at any time again; each time leaves an audit row.
 * @throws AppError NOT_FOUND when SCIM was never on, FORBIDDEN
 */
export async function revealToken(scope: WorkspaceScope, actor: Actor): Promise<{ readonly token: string }> {
  requireManager(actor);
  return inWorkspaceTx(scope, async (tx) => {
    const current = await requireToken(tx);
    const token = open("scim-token", current.ciphertext, current.id);
    await recordAudit(tx, {
      actor,
      action: "scim.token.revealed",
      targetKind: "scimToken",
      targetId: current.id,
    });
    return { token };
  });
}

/**
 * Makes a new token. The old ones live on for `overlapMs` milliseconds (none by default), so that the identity
 * provider can be changed over without a gap.
 * @throws AppError NOT_FOUND when SCIM was never on, FORBIDDEN
 */
export async function rotateToken(
  scope: WorkspaceScope,
  actor: Actor,
  options: { readonly overlapMs?: number } = {},
): Promise<{ readonly token: string }> {
  requireManager(actor);
  return inWorkspaceTx(scope, async (tx) => {
    await lockWorkspace(tx);
    const old = await requireToken(tx);
    await endTokens(tx, new Date(now().getTime() + (options.overlapMs ?? 0)));
    const { id, token } = await issueToken(tx);
    const details = { replaces: old.id, overlapMs: options.overlapMs ?? 0 };
    await recordAudit(tx, {
      actor,
      action: "scim.token.rotated",
      targetKind: "scimToken",
      targetId: id,
      details,
    });
    return { token };
  });
}

async function requireToken(tx: WorkspaceTx): Promise<ScimTokenRow> {
  const token = await findCurrentToken(tx.scope, tx);
  if (!token) throw new AppError("NOT_FOUND", "There is no SCIM token yet. Turn on SCIM provisioning first.");
  return token;
}

/** Only the hash is looked up; the ciphertext is for Reveal, and opens for its own row alone. */
async function issueToken(tx: WorkspaceTx): Promise<{ id: string; token: string }> {
  const id = newId();
  const token = randomToken(TOKEN_PREFIX);
  await insertToken(tx, {
    id,
    tokenHash: sha256Hex(token),
    ciphertext: seal("scim-token", token, id),
    lastFour: token.slice(-4),
  });
  return { id, token };
}

export interface ScimStatus extends ScimAddresses {
  readonly samlConfigured: boolean;
  readonly enabled: boolean;
  readonly token: Pick<ScimTokenRow, "lastFour" | "createdAt" | "lastUsedAt"> | null;
  /** Living people and groups that SCIM manages. */
  readonly members: number;
  readonly groups: number;
  readonly lastReveal: { readonly by: string; readonly at: Date } | null;
}

/** Everything the provisioning page shows; never the token itself. */
export async function getScimStatus(scope: WorkspaceScope): Promise<ScimStatus> {
  const [state, token, counts, reveal] = await Promise.all([
    readScimState(scope),
    findCurrentToken(scope),
    countScimManaged(scope),
    findLastAuditEvent(scope, "scim.token.revealed"),
  ]);
  return {
    ...scimConnectionInfo(),
    ...state,
    ...counts,
    token: token && { lastFour: token.lastFour, createdAt: token.createdAt, lastUsedAt: token.lastUsedAt },
    lastReveal: reveal && { by: reveal.actor, at: reveal.at },
  };
}
