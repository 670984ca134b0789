import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx, workspaceScope, type WorkspaceScope } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { AppError } from "#server/kernel/errors";
import { isId } from "#server/kernel/ids";
import { getWorkspaceInScope, lockWorkspace, updateWorkspaceRow } from "#server/workspaces/index";

import type { Connection } from "./connection";
import { parseIdpMetadata, type IdpMetadata } from "./metadata/parse-metadata";
import {
  deleteConnectionRow,
  findConnectionRow,
  updateConnectionRow,
  upsertConnectionRow,
  type ConnectionSwitches,
} from "./saml.repo";

/** The workspace's connection, or null; also null for an id that no workspace can have. */
export async function findConnection(workspaceId: string): Promise<Connection | null> {
  return isId(workspaceId) ? findConnectionRow(workspaceScope(workspaceId)) : null;
}

/**
 * Sets up SAML from the provider's metadata, or replaces what was there. Switches that are left out keep
 * their value, or get the default: sign-in may start at the provider, newcomers are admitted, not enforced.
 * @throws AppError BAD_INPUT or TOO_LARGE for metadata that cannot be used; nothing is saved then.
 */
export async function saveConnection(
  scope: WorkspaceScope,
  actor: Actor,
  input: { readonly metadataXml: string } & ConnectionSwitches,
): Promise<IdpMetadata> {
  const { metadataXml, ...switches } = input;
  const metadata = parseIdpMetadata(metadataXml);
  const { idpEntityId, ssoUrl, certificates } = metadata;
  await inWorkspaceTx(scope, async (tx) => {
    await lockWorkspace(tx);
    await upsertConnectionRow(tx, { idpEntityId, ssoUrl, certificates, metadataXml }, switches);
    await recordAudit(tx, {
      actor,
      action: "saml.saved",
      details: { idpEntityId, fingerprints: certificates.map((one) => one.fingerprintSha256), ...switches },
    });
  });
  return metadata;
}

/** Turns the connection's switches. @throws AppError NOT_FOUND when SAML is not set up. */
export async function updateConnection(
  scope: WorkspaceScope,
  actor: Actor,
  switches: ConnectionSwitches,
): Promise<void> {
  await inWorkspaceTx(scope, async (tx) => {
    await lockWorkspace(tx);
    if (!(await updateConnectionRow(tx, switches)))
      throw new AppError("NOT_FOUND", "SAML is not set up yet.");
    await recordAudit(tx, { actor, action: "saml.updated", details: { ...switches } });
  });
}

/**
 * Takes SAML away. SCIM needs it, so it is turned off in the same transaction. Without a connection nothing happens.
 */
export async function removeConnection(scope: WorkspaceScope, actor: Actor): Promise<void> {
  await inWorkspaceTx(scope, async (tx) => {
    await lockWorkspace(tx);
    if (!(await deleteConnectionRow(tx))) return;
    await recordAudit(tx, { actor, action: "saml.removed" });
    // Read under the lock that enabling SCIM takes as well.
    const { scimEnabledAt } = await getWorkspaceInScope(scope, tx.db);
    if (scimEnabledAt === null) return;
    await updateWorkspaceRow(tx, { scimEnabledAt: null });
    await recordAudit(tx, { actor, action: "scim.disabled", details: { reason: "SAML was removed" } });
  });
}
