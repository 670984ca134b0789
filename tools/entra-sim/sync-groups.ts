import type { Resource } from "./connection";
import {
  addMembersPatch,
  removeMembersPatch,
  renamePatch,
  replaceMembersPatch,
  type Dialect,
} from "./dialect";
import type { Job, SyncedGroup } from "./job";
import { GROUP_SCHEMA, type SourceGroup } from "./mapping";
import { ServiceIncompatible } from "./strict-answer";
import { readLinked, requireMatch, tooMany } from "./sync-users";
import { textOf } from "./wire";

const MEMBERS_CAME_BACK = "excludedAttributes=members was ignored: members came back";
const EXTRA_SCHEMA = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

/** Brings one group and its members to the service. Members without a link are left out. */
export async function syncGroup(job: Job, group: SourceGroup, dialect: Dialect): Promise<void> {
  const { watermark, groups, users } = job;
  const wanted = new Set(group.memberIds.map((id) => users.get(id)).filter((id) => id !== undefined));
  const fingerprint = JSON.stringify([group.displayName, [...wanted]]);
  if (watermark.get(group.id) === fingerprint) return;
  const linked = groups.get(group.id);
  const known = linked ? await readLinked(job, "Group", linked.targetId) : null;
  const { synced, target } =
    linked && known ? { synced: linked, target: known } : await matchGroup(job, group);
  noticeMembers(job, target);
  if (target["displayName"] !== group.displayName) {
    const changed = await job.connection.patch(
      "Group",
      synced.targetId,
      renamePatch(dialect, group.displayName),
    );
    if (changed !== null) requireName(changed, group.displayName);
  }
  await syncMembers(job, synced, wanted, dialect);
  watermark.set(group.id, fingerprint);
}

async function matchGroup(job: Job, group: SourceGroup): Promise<{ synced: SyncedGroup; target: Resource }> {
  const filter = `displayName eq ${JSON.stringify(group.displayName)}`;
  const { total, resources } = await job.connection.list("Group", filter);
  if (total > 1) throw tooMany(filter, total);
  let [target] = resources;
  const found = target !== undefined;
  if (target) requireMatch(filter, target);
  else target = await createGroup(job, group);
  const synced: SyncedGroup = { targetId: textOf(target["id"]), members: new Set(), found };
  job.groups.set(group.id, synced);
  return { synced, target };
}

async function createGroup(job: Job, group: SourceGroup): Promise<Resource> {
  const created = await job.connection.create("Group", {
    schemas: [GROUP_SCHEMA, EXTRA_SCHEMA],
    externalId: group.id,
    displayName: group.displayName,
    meta: { resourceType: "Group" },
  });
  job.made.add(`Groups/${textOf(created["id"])}`);
  requireName(created, group.displayName);
  // A created group is answered whole, members and all.
  return Object.fromEntries(Object.entries(created).filter(([name]) => name !== "members"));
}

function requireName(resource: Resource, sent: string): void {
  if (resource["displayName"] === sent) return;
  throw new ServiceIncompatible(
    `displayName was sent as ${JSON.stringify(sent)} and came back as ${JSON.stringify(resource["displayName"] ?? null)}`,
  );
}

/** Members that come back although they were excluded make Entra replace members, with a part of them. */
function noticeMembers(job: Job, target: Resource): void {
  if ("members" in target) job.defects.add(MEMBERS_CAME_BACK);
}

/** Membership is never read back as a whole: what this job has added is what it believes to be there. */
async function syncMembers(
  job: Job,
  synced: SyncedGroup,
  wanted: ReadonlySet<string>,
  dialect: Dialect,
): Promise<void> {
  const { connection, options } = job;
  const { targetId, members } = synced;
  if (synced.found && options.checkMemberships) {
    for (const id of wanted) if (!members.has(id) && (await isMember(job, targetId, id))) members.add(id);
  }
  const removed = [...members].filter((id) => !wanted.has(id));
  for (const ids of batches(removed, options.batchSize)) {
    await connection.patch("Group", targetId, removeMembersPatch(dialect, ids));
    for (const id of ids) members.delete(id);
  }
  const added = [...wanted].filter((id) => !members.has(id));
  for (const ids of batches(added, options.batchSize)) {
    const patch = job.defects.has(MEMBERS_CAME_BACK) ? replaceMembersPatch : addMembersPatch;
    await connection.patch("Group", targetId, patch(dialect, ids));
    for (const id of ids) members.add(id);
  }
}

async function isMember(job: Job, groupId: string, memberId: string): Promise<boolean> {
  const filter = `id eq ${JSON.stringify(groupId)} and members eq ${JSON.stringify(memberId)}`;
  return (await job.connection.list("Group", filter, "attributes=id")).total === 1;
}

function batches(ids: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}
