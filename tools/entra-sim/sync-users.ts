import type { Resource, ResourceType } from "./connection";
import { attributePatch, managerPatch, type Dialect, type TargetChange } from "./dialect";
import { ObjectFailure } from "./failure";
import type { Job } from "./job";
import {
  createBody,
  isActive,
  MANAGER_PATH,
  matchFilter,
  readTarget,
  userMapping,
  type SourceUser,
} from "./mapping";
import { ServiceIncompatible } from "./strict-answer";
import { textOf } from "./wire";

interface SyncOptions {
  readonly dialect: Dialect;
  /** Look for the person by the matching attribute, whatever the job remembers. */
  readonly rematch?: boolean;
}

/** Brings one person to the service: reads or matches, then creates, or changes what differs. */
export async function syncUser(job: Job, user: SourceUser, options: SyncOptions): Promise<void> {
  const { watermark } = job;
  const fingerprint = JSON.stringify({ ...user, managerId: null });
  if (!options.rematch && watermark.get(user.id) === fingerprint) return;
  const target = await findUser(job, user, options.rematch === true);
  if (target !== null) await updateUser(job, user, target, options.dialect);
  // People who are disabled at the source are never provisioned.
  else if (isActive(user)) await createUser(job, user);
  watermark.set(user.id, fingerprint);
}

async function findUser(job: Job, user: SourceUser, rematch: boolean): Promise<Resource | null> {
  const { connection, options, users } = job;
  const link = rematch ? undefined : users.get(user.id);
  const linked = link === undefined ? null : await readLinked(job, "User", link);
  if (linked) return linked;
  users.delete(user.id);
  job.managers.delete(user.id);
  const filter = matchFilter(options.matching, user);
  if (filter === null) {
    throw new ObjectFailure(
      "SkippedMissingMatchingValue",
      `there is no value for ${options.matching} to match by`,
    );
  }
  const { total, resources } = await connection.list("User", filter);
  if (total > 1 || resources.length > 1) throw tooMany(filter, Math.max(total, resources.length));
  const [found] = resources;
  if (!found) return null;
  requireMatch(filter, found);
  users.set(user.id, textOf(found["id"]));
  return found;
}

/** A resource by its cached id; null when it is gone and the job may look for another one. */
export async function readLinked(job: Job, type: ResourceType, id: string): Promise<Resource | null> {
  try {
    return await job.connection.read(type, id);
  } catch (error) {
    const gone = error instanceof ObjectFailure && error.code === "InvalidAnchor";
    if (gone && job.options.lostLinks === "rematch") return null;
    throw error;
  }
}

/** What Entra reports when an exact filter finds several. */
export function tooMany(filter: string, count: number): ObjectFailure {
  return new ObjectFailure(
    "DuplicateTargetEntries",
    `the filter ${filter} found ${count} resources instead of one`,
  );
}

/** An `eq` that finds something else would make Entra overwrite a stranger. */
export function requireMatch(filter: string, found: Resource): void {
  const [, path = "", text = ""] = /^(.+?) eq ("(?:[^"\\]|\\.)*")$/.exec(filter) ?? [];
  const wanted = JSON.parse(text) as string;
  const value = readTarget(found, path);
  const fold = (one: string) => (path === "externalId" ? one : one.toLowerCase());
  if (typeof value === "string" && fold(value) === fold(wanted)) return;
  throw new ServiceIncompatible(
    `the filter ${filter} found a resource with ${JSON.stringify(value ?? null)}`,
  );
}

async function createUser(job: Job, user: SourceUser): Promise<void> {
  const { roles } = job.options;
  let created: Resource;
  try {
    created = await job.connection.create("User", createBody(user, roles, job.random() < 0.3));
  } catch (error) {
    if (!(error instanceof ObjectFailure) || error.code !== "EntryConflict") throw error;
    const filter = matchFilter(job.options.matching, user) ?? "";
    throw new ObjectFailure(error.code, `${error.message} (although the filter ${filter} found nobody)`);
  }
  const id = textOf(created["id"]);
  job.users.set(user.id, id);
  job.managers.set(user.id, null);
  job.made.add(`Users/${id}`);
  requireStored(job, user, created);
}

async function updateUser(job: Job, user: SourceUser, target: Resource, dialect: Dialect): Promise<void> {
  const { roles } = job.options;
  const changes: TargetChange[] = [];
  for (const { path, read } of userMapping(roles)) {
    const value = read(user);
    const present = readTarget(target, path);
    // Attributes that were cleared at the source are not sent.
    if (value === null || value === "" || value === present) continue;
    changes.push({ path, value, present: present !== undefined });
  }
  if (changes.length === 0) return;
  const id = textOf(target["id"]);
  const changed = await job.connection.patch("User", id, attributePatch(dialect, changes, roles));
  if (changed !== null) requireStored(job, user, changed);
}

/** Entra sends again whatever a service gives back differently, in every cycle. */
function requireStored(job: Job, user: SourceUser, resource: Resource): void {
  for (const { path, read } of userMapping(job.options.roles)) {
    const value = read(user);
    const stored = readTarget(resource, path);
    if (value === null || value === "" || value === stored) continue;
    const [sent, got] = [JSON.stringify(value), JSON.stringify(stored ?? null)];
    throw new ServiceIncompatible(`${path} was sent as ${sent} and came back as ${got}`);
  }
}

/** The second pass: managers are references, so both people have to be there first. */
export async function syncManager(job: Job, user: SourceUser, dialect: Dialect): Promise<void> {
  const { users, managers, connection } = job;
  const link = users.get(user.id);
  const wanted = user.managerId === null ? null : (users.get(user.managerId) ?? null);
  if (link === undefined || managers.get(user.id) === wanted) return;
  const known = managers.get(user.id);
  if (known === undefined && (await hasManager(job, link, wanted))) {
    managers.set(user.id, wanted);
    return;
  }
  const change = { path: MANAGER_PATH, value: wanted ?? "", present: known !== null };
  const changed = await connection.patch("User", link, managerPatch(dialect, change));
  if (changed !== null) {
    const stored = (readTarget(changed, MANAGER_PATH) as { value?: string } | undefined)?.value ?? null;
    if (stored !== wanted) {
      throw new ServiceIncompatible(
        `the manager was sent as ${String(wanted)} and came back as ${String(stored)}`,
      );
    }
  }
  managers.set(user.id, wanted);
}

/** Entra's check of a reference: a query with two terms. Without a manager to look for it reads the person. */
async function hasManager(job: Job, id: string, managerId: string | null): Promise<boolean> {
  if (managerId === null) {
    return readTarget(await job.connection.read("User", id), MANAGER_PATH) === undefined;
  }
  const filter = `id eq ${JSON.stringify(id)} and manager eq ${JSON.stringify(managerId)}`;
  return (await job.connection.list("User", filter, "attributes=id")).total === 1;
}
