import type { WorkspaceTx } from "#server/db/index";

/** Which of SCIM's own audit rows are to go. */
export interface ForgottenEvents {
  /** Members and groups that are purged in the same transaction. */
  readonly targetIds: readonly string[];
  /** A group that SCIM has deleted already: known by its name alone, which every row about it has. */
  readonly groupName?: string | undefined;
  /** Nothing older is looked at. */
  readonly since?: Date | undefined;
}

/**
 * Deletes what SCIM was recorded to have done to the members and groups of a self-test. What people did stays,
 * whomever they did it to; so does everything about other members and groups.
 */
export async function forgetScimEvents(tx: WorkspaceTx, which: ForgottenEvents): Promise<void> {
  const { targetIds, groupName, since } = which;
  await tx.db.auditEvent.deleteMany({
    where: {
      workspaceId: tx.scope.workspaceId,
      actorKind: "scim",
      ...(since === undefined ? {} : { at: { gte: since } }),
      OR: [
        { targetId: { in: [...targetIds] } },
        ...(groupName === undefined
          ? []
          : [{ targetKind: "group", details: { path: ["displayName"], equals: groupName } }]),
      ],
    },
  });
}
