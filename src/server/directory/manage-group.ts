import { recordAudit } from "#server/audit/index";
import type { WorkspaceTx } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { AppError } from "#server/kernel/errors";
import { newId } from "#server/kernel/ids";

import {
  classifyMemberIds,
  deleteGroupRow,
  deleteMemberships,
  deleteOtherMemberships,
  findGroup,
  insertGroup,
  insertMemberships,
  lockGroupRow,
  updateGroupRow,
  type Group,
  type GroupValues,
} from "./groups.repo";

/** @throws AppError CONFLICT when the workspace has a group of this displayName in any case. */
export async function createGroup(
  tx: WorkspaceTx,
  actor: Actor,
  input: Pick<GroupValues, "displayName"> & Partial<GroupValues>,
): Promise<Group> {
  await refuseTakenName(tx, null, input.displayName);
  const group = await insertGroup(tx, newId(), { externalId: null, scimManaged: false, ...input });
  await recordAudit(tx, {
    actor,
    action: "group.created",
    targetKind: "group",
    targetId: group.id,
    details: { displayName: group.displayName },
  });
  return group;
}

async function refuseTakenName(tx: WorkspaceTx, groupId: string | null, displayName: string): Promise<void> {
  const other = await findGroup(tx.scope, { displayName }, tx.db);
  if (other && other.id !== groupId) throw new AppError("CONFLICT", "displayName is already in use");
}

/** The group, locked until the transaction ends. @throws AppError NOT_FOUND */
export async function getGroupForUpdate(tx: WorkspaceTx, groupId: string): Promise<Group> {
  const group = await lockGroupRow(tx, groupId);
  if (!group) throw new AppError("NOT_FOUND", "There is no such group.");
  return group;
}

/** Writes a locked group's attributes. @throws AppError CONFLICT */
export async function updateGroup(
  tx: WorkspaceTx,
  actor: Actor,
  group: Group,
  values: Partial<GroupValues>,
): Promise<Group> {
  if (values.displayName !== undefined) await refuseTakenName(tx, group.id, values.displayName);
  const updated = await updateGroupRow(tx, group.id, values);
  await recordAudit(tx, {
    actor,
    action: "group.updated",
    targetKind: "group",
    targetId: group.id,
    details: { changed: Object.keys(values) },
  });
  return updated;
}

export async function deleteGroup(tx: WorkspaceTx, actor: Actor, group: Group): Promise<void> {
  await deleteGroupRow(tx, group.id);
  await recordAudit(tx, {
    actor,
    action: "group.deleted",
    targetKind: "group",
    targetId: group.id,
    details: { displayName: group.displayName },
  });
}

/**
 * Adds members to a locked group, in statements that do not grow in number with the members.
 * Tombstones are passed over: a deletion that raced the change must not block the rest of it.
 * @throws AppError BAD_INPUT that names an id this workspace never had; nothing is applied.
 */
export async function addGroupMembers(
  tx: WorkspaceTx,
  actor: Actor,
  group: Group,
  memberIds: readonly string[],
): Promise<number> {
  const living = await knownMemberIds(tx, memberIds);
  const added = await insertMemberships(tx, group.id, living);
  await recordMembershipChange(tx, actor, group, { added, removed: 0 });
  return added;
}

/** Removes the listed members of a locked group; who is not in it, or does not exist, is no error. */
export async function removeGroupMembers(
  tx: WorkspaceTx,
  actor: Actor,
  group: Group,
  memberIds: readonly string[],
): Promise<number> {
  const removed = await deleteMemberships(tx, group.id, memberIds);
  await recordMembershipChange(tx, actor, group, { added: 0, removed });
  return removed;
}

/** Makes the members of a locked group exactly these. @throws AppError BAD_INPUT as addGroupMembers. */
export async function replaceGroupMembers(
  tx: WorkspaceTx,
  actor: Actor,
  group: Group,
  memberIds: readonly string[],
): Promise<void> {
  const living = await knownMemberIds(tx, memberIds);
  const removed = await deleteOtherMemberships(tx, group.id, living);
  const added = await insertMemberships(tx, group.id, living);
  await recordMembershipChange(tx, actor, group, { added, removed });
}

async function knownMemberIds(tx: WorkspaceTx, memberIds: readonly string[]): Promise<string[]> {
  const { living, unknown } = await classifyMemberIds(tx, [...new Set(memberIds)]);
  if (unknown.length > 0) {
    throw new AppError("BAD_INPUT", `There is no member with the id ${unknown[0]}.`, {
      details: { unknown },
    });
  }
  return living;
}

async function recordMembershipChange(
  tx: WorkspaceTx,
  actor: Actor,
  group: Group,
  change: { readonly added: number; readonly removed: number },
): Promise<void> {
  if (change.added === 0 && change.removed === 0) return;
  await updateGroupRow(tx, group.id, {});
  await recordAudit(tx, {
    actor,
    action: "group.members.changed",
    targetKind: "group",
    targetId: group.id,
    details: { displayName: group.displayName, ...change },
  });
}
