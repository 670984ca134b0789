import { db, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";

/** Whether the workspace has SAML, and whether SCIM is on. */
export async function readScimState(
  scope: WorkspaceScope,
  tx?: WorkspaceTx,
): Promise<{ readonly samlConfigured: boolean; readonly enabled: boolean }> {
  const workspace = await (tx?.db ?? db()).workspace.findUniqueOrThrow({
    where: { id: scope.workspaceId },
    select: { scimEnabledAt: true, samlConnection: { select: { id: true } } },
  });
  return { samlConfigured: workspace.samlConnection !== null, enabled: workspace.scimEnabledAt !== null };
}
