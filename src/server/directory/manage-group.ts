import { recordAudit } from "#server/audit/index";
import type { SqlTx } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { AppError } from "#server/kernel/errors";
import { newId } from "#server/kernel/ids";

import {
  deleteGroupRow,
  insertGroup,
  lockGroupRow,
  updateGroupRow,
  type Group,
  type GroupValues,
} from "./groups.repo";
import { deleteOtherMemberships, writeMemberships } from "./memberships.repo";

/** @throws AppError CONFLICT when the workspace has a group of this displayName in any case. */
export async function createGroup(
  tx: SqlTx,
  actor: Actor,
  input: Pick<GroupValues, "displayName"> & Partial<GroupValues>,
): Promise<Group> {
  const group = await insertGroup(tx, newId(), { externalId: null, scimManaged: false, ...input });
  if (!group) throw new AppError("CONFLICT", "displayName is already in use");
  await recordAudit(tx, {
    actor,
    action: "group.created",
    targetKind: "group",
    targetId: group.id,
    details: { displayName: group.displayName },
  });
  return group;
}

/** The group, locked until the transaction ends. @throws AppError NOT_FOUND */
export async function getGroupForUpdate(tx: SqlTx, groupId: string): Promise<Group> {
  const group = await lockGroupRow(tx, groupId);
  if (!group) throw new AppError("NOT_FOUND", "There is no such group.");
  return group;
}

/** Writes a locked group's attributes. @throws AppError CONFLICT for a displayName that another group has. */
export async function updateGroup(
  tx: SqlTx,
  actor: Actor,
  group: Group,
  values: Partial<GroupValues>,
): Promise<Group> {
  const { displayName, externalId, scimManaged } = group;
  const updated = await updateGroupRow(tx, group.id, { displayName, externalId, scimManaged, ...values });
  await recordAudit(tx, {
    actor,
    action: "group.updated",
    targetKind: "group",
    targetId: group.id,
    details: { changed: Object.keys(values) },
  });
  return updated;
}

export async function deleteGroup(tx: SqlTx, actor: Actor, group: Group): Promise<void> {
  await deleteGroupRow(tx, group.id);
  await recordAudit(tx, {
    actor,
    action: "group.deleted",
    targetKind: "group",
    targetId: group.id,
    details: { displayName: group.displayName },
  });
}

/** Who joins and who leaves a group; no id may be in both lists. */
export interface MembersChange {
  readonly add: readonly string[];
  /** "others" for everybody who is not in `add`. */
  readonly remove: readonly string[] | "others";
}

/**
 * Changes the members of a locked group, in statements that do not grow in number with the members. Who is in
 * already, or is not in it, or does not exist and shall leave, is no error. Tombstones are passed over: a deletion
 * that raced the change must not block the rest of it.
 * @returns the group as it now is, with how many joined and left
 * @throws AppError BAD_INPUT that names an id this workspace never had; nothing is applied.
 */
export async function changeGroupMembers(
  tx: SqlTx,
  actor: Actor,
  group: Group,
  change: MembersChange,
): Promise<{ readonly group: Group; readonly added: number; readonly removed: number }> {
  const { add } = change;
  const written = await writeMemberships(tx, group.id, {
    add,
    remove: change.remove === "others" ? [] : change.remove,
    removedBefore: change.remove === "others" ? await deleteOtherMemberships(tx, group.id, add) : 0,
  });
  const { added, removed, unknown, version, updatedAt } = written;
  if (unknown.length > 0) {
    throw new AppError("BAD_INPUT", `There is no member with the id ${unknown[0]}.`, {
      details: { unknown },
    });
  }
  if (version === null || updatedAt === null) return { group, added, removed };
  await recordAudit(tx, {
    actor,
    action: "group.members.changed",
    targetKind: "group",
    targetId: group.id,
    details: { displayName: group.displayName, added, removed },
  });
  return { group: { ...group, version, updatedAt }, added, removed };
}
