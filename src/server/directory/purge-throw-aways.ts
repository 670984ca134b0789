import { forgetScimEvents } from "#server/audit/index";
import type { WorkspaceTx } from "#server/db/index";

import { deleteThrowAways, findThrowAways, type ThrowAwayMarks } from "./throw-away.repo";

/**
 * Takes the people and groups of a self-test away as if they had never been: no tombstone, no membership, and none
 * of the audit rows that SCIM left about them. Whoever carries the marks but was made by a person, has signed in,
 * drawn something or been made an administrator is somebody, and stays.
 */
export async function purgeThrowAways(tx: WorkspaceTx, marks: ThrowAwayMarks): Promise<void> {
  const ids = await findThrowAways(tx, marks);
  const targetIds = [...ids.members, ...ids.groups];
  // Of a group that is deleted already only the audit rows are left; the marks of one run are its whole name.
  if (targetIds.length === 0 && marks.createdSince === undefined) return;
  await deleteThrowAways(tx, ids);
  await forgetScimEvents(tx, { targetIds, groupName: marks.groupStart, since: marks.createdSince });
}
