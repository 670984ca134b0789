import { findLastAuditEvent, recordAudit } from "#server/audit/index";
import { inWorkspaceTx, type WorkspaceScope } from "#server/db/index";
import { countScimManaged } from "#server/directory/index";
import type { Actor } from "#server/kernel/actor";
import { now } from "#server/kernel/clock";
import { AppError } from "#server/kernel/errors";
import { lockWorkspace, updateWorkspaceRow } from "#server/workspaces/index";

import { readScimState } from "./connection.repo";
import { issuePastedToken } from "./credentials/pasted-token";
import { endIssuedTokens, listPastedTokens, type PastedToken } from "./credentials/token.repo";
import { scimBaseUrl } from "./http/context";
import { readPulse, type ScimPulse } from "./provisioning-log/read-activity";
import { requireManager } from "./require-manager";

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
    // Whoever turned SCIM off ended these, whichever way: what was got before must not come back with it.
    await endIssuedTokens(tx);
    if ((await listPastedTokens(scope, tx)).length === 0) await issuePastedToken(tx);
    await recordAudit(tx, { actor, action: "scim.enabled" });
  });
  return scimConnectionInfo();
}

/**
 * Turns SCIM off: requests get 403 until it is on again. Pasted tokens, clients and everybody's state stay; access
 * tokens do not outlive it.
 * @throws AppError FORBIDDEN
 */
export async function disableScim(scope: WorkspaceScope, actor: Actor): Promise<void> {
  requireManager(actor);
  await inWorkspaceTx(scope, async (tx) => {
    await lockWorkspace(tx);
    if (!(await readScimState(scope, tx)).enabled) return;
    await updateWorkspaceRow(tx, { scimEnabledAt: null });
    await recordAudit(tx, { actor, action: "scim.disabled" });
  });
}

export interface ScimStatus extends ScimAddresses, ScimPulse {
  readonly samlConfigured: boolean;
  readonly enabled: boolean;
  readonly token: Pick<PastedToken, "lastFour" | "createdAt" | "lastUsedAt"> | null;
  /** Living people and groups that SCIM manages. */
  readonly members: number;
  readonly groups: number;
  readonly lastReveal: { readonly by: string; readonly at: Date } | null;
}

/** Everything the provisioning page shows; never the token itself. */
export async function getScimStatus(scope: WorkspaceScope): Promise<ScimStatus> {
  const [state, [token], counts, reveal, pulse] = await Promise.all([
    readScimState(scope),
    listPastedTokens(scope),
    countScimManaged(scope),
    findLastAuditEvent(scope, "scim.token.revealed"),
    readPulse(scope),
  ]);
  return {
    ...scimConnectionInfo(),
    ...state,
    ...counts,
    ...pulse,
    token: token
      ? { lastFour: token.lastFour, createdAt: token.createdAt, lastUsedAt: token.lastUsedAt }
      : null,
    lastReveal: reveal && { by: reveal.actor, at: reveal.at },
  };
}
