import { randomUUID } from "node:crypto";

import {
  addMembersPatch,
  attributePatch,
  managerPatch,
  removeMembersPatch,
  renamePatch,
  type Dialect,
  type TargetChange,
} from "./dialect";
import {
  createBody,
  GROUP_SCHEMA,
  MANAGER_PATH,
  readTarget,
  USER_MAPPING,
  type EntraSource,
  type SourceGroup,
  type SourceUser,
} from "./mapping";
import { ServiceIncompatible, strictError, strictList, strictResource } from "./strict-answer";
import { buildUrl, filterQuery, type UrlForm } from "./url-forms";
import { exchange, toCurl, type Exchange, type Json, type ScimTarget } from "./wire";

interface EntraConfig extends ScimTarget {
  readonly dialect: Dialect;
  readonly urlForm?: UrlForm;
  /** The attribute by which objects are matched before they are created. */
  readonly matching?: "userName" | "externalId";
  /** How many members one PATCH adds or removes. */
  readonly batchSize?: number;
}

/** An object that could not be synchronised, with the last request for it as a curl command. */
interface SyncFailure {
  readonly sourceId: string;
  readonly reason: string;
  readonly replay: string;
}

interface CycleReport {
  /** Requests that change something. */
  readonly writes: number;
  readonly reads: number;
  readonly failures: readonly SyncFailure[];
}

/** Credentials or the service itself are unusable: Entra stops the whole job. */
class Quarantined extends Error {
  override name = "Quarantined";
}

interface SyncedGroup {
  readonly targetId: string;
  readonly displayName: string;
  readonly members: ReadonlySet<string>;
}

type Resource = Record<string, Json>;

/** A provisioning job as Entra runs one: it remembers its links for ever and sends differences only. */
export class EntraClient {
  /** Every exchange so far, for replay. */
  readonly trace: Exchange[] = [];
  private readonly links = new Map<string, string>();
  private readonly groups = new Map<string, SyncedGroup>();
  /** The source objects of the last cycle that went well: the watermark. */
  private readonly synced = new Map<string, string>();
  private readonly managers = new Map<string, string | null>();

  constructor(private readonly config: EntraConfig) {}

  /** The button "Test Connection": random values must give empty lists of the right shape. */
  async testConnection(): Promise<void> {
    const users = await this.list("User", `${this.config.matching ?? "userName"} eq "${randomUUID()}"`);
    const groups = await this.list("Group", `displayName eq "${randomUUID()}"`);
    if (users.total !== 0 || groups.total !== 0) throw new ServiceIncompatible("a random value was found");
  }

  /** One cycle: users, then managers, then groups with members. Unchanged source objects send nothing. */
  async runCycle(source: EntraSource): Promise<CycleReport> {
    const start = this.trace.length;
    const failures: SyncFailure[] = [];
    const attempt = async (sourceId: string, work: () => Promise<void>) => {
      try {
        await work();
      } catch (error) {
        if (error instanceof Quarantined) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        failures.push({ sourceId, reason, replay: toCurl(this.trace.at(-1)!) });
        this.synced.delete(sourceId);
      }
    };
    await this.testConnection();
    for (const user of source.users) await attempt(user.id, () => this.syncUser(user));
    for (const user of source.users) await attempt(user.id, () => this.syncManager(user));
    for (const group of source.groups) await attempt(group.id, () => this.syncGroup(group));
    await this.purge(source, attempt);
    const sent = this.trace.slice(start);
    const writes = sent.filter((entry) => entry.method !== "GET").length;
    return { writes, reads: sent.length - writes, failures };
  }

  /** The service's id of a source object, once linked. */
  targetId(sourceId: string): string | undefined {
    return this.links.get(sourceId) ?? this.groups.get(sourceId)?.targetId;
  }

  private async syncUser(user: SourceUser): Promise<void> {
    const fingerprint = JSON.stringify({ ...user, managerId: null });
    if (this.synced.get(user.id) === fingerprint) return;
    const target = await this.findUser(user);
    if (target === null) {
      // People who are disabled at the source are never provisioned.
      if (user.enabled) await this.createUser(user);
    } else {
      this.links.set(user.id, String(target["id"]));
      await this.updateUser(user, target);
    }
    this.synced.set(user.id, fingerprint);
  }

  private async findUser(user: SourceUser): Promise<Resource | null> {
    const link = this.links.get(user.id);
    if (link !== undefined) {
      return strictResource((await this.request("GET", `/Users/${link}`)).answer, "User");
    }
    const [name, value] =
      this.config.matching === "externalId" ? ["externalId", user.id] : ["userName", user.userPrincipalName];
    const found = await this.list("User", `${name} eq ${JSON.stringify(value)}`);
    if (found.total > 1) throw new Error("SystemForCrossDomainIdentityManagementMultipleEntriesInResponse");
    return found.resources[0] ?? null;
  }

  private async createUser(user: SourceUser): Promise<void> {
    const { answer } = await this.request("POST", "/Users", createBody(user));
    const created = strictResource(answer, "User");
    if (created["userName"] !== user.userPrincipalName)
      throw new ServiceIncompatible("userName came back changed");
    this.links.set(user.id, String(created["id"]));
  }

  private async updateUser(user: SourceUser, target: Resource): Promise<void> {
    const changes: TargetChange[] = [];
    for (const { path, read } of USER_MAPPING) {
      const value = read(user);
      const present = readTarget(target, path);
      if (value !== null && value !== "" && value !== present) {
        changes.push({ path, value, present: present !== undefined });
      }
    }
    if (changes.length === 0) return;
    await this.request(
      "PATCH",
      `/Users/${String(target["id"])}`,
      attributePatch(this.config.dialect, changes),
    );
  }

  private async syncManager(user: SourceUser): Promise<void> {
    const link = this.links.get(user.id);
    const wanted = user.managerId === null ? null : (this.links.get(user.managerId) ?? null);
    const known = this.managers.get(user.id) ?? null;
    if (link === undefined || wanted === known) return;
    const change = { path: MANAGER_PATH, value: wanted ?? "", present: known !== null };
    await this.request("PATCH", `/Users/${link}`, managerPatch(this.config.dialect, change));
    this.managers.set(user.id, wanted);
  }

  private async syncGroup(group: SourceGroup): Promise<void> {
    const wanted = new Set(group.memberIds.map((id) => this.links.get(id)).filter((id) => id !== undefined));
    const known = this.groups.get(group.id) ?? (await this.matchGroup(group));
    const { targetId } = known;
    const { dialect } = this.config;
    if (known.displayName !== group.displayName) {
      await this.request("PATCH", `/Groups/${targetId}`, renamePatch(dialect, group.displayName));
    }
    const added = [...wanted].filter((id) => !known.members.has(id));
    const removed = [...known.members].filter((id) => !wanted.has(id));
    if (added.length > 0 || removed.length > 0) await this.checkGroup(targetId);
    for (const ids of this.batches(removed)) {
      await this.request("PATCH", `/Groups/${targetId}`, removeMembersPatch(dialect, ids));
    }
    for (const ids of this.batches(added)) {
      await this.request("PATCH", `/Groups/${targetId}`, addMembersPatch(dialect, ids));
    }
    this.groups.set(group.id, { targetId, displayName: group.displayName, members: wanted });
  }

  private async matchGroup(group: SourceGroup): Promise<SyncedGroup> {
    const found = await this.list("Group", `displayName eq ${JSON.stringify(group.displayName)}`);
    if (found.total > 1) throw new Error("SystemForCrossDomainIdentityManagementMultipleEntriesInResponse");
    const present = found.resources[0];
    if (present) {
      return {
        targetId: String(present["id"]),
        displayName: String(present["displayName"]),
        members: new Set(),
      };
    }
    const { answer } = await this.request("POST", "/Groups", {
      schemas: [GROUP_SCHEMA, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
      externalId: group.id,
      displayName: group.displayName,
      meta: { resourceType: "Group" },
    });
    const created = strictResource(answer, "Group");
    return { targetId: String(created["id"]), displayName: group.displayName, members: new Set() };
  }

  /** Entra reads a group without its members before it changes them; members that come back make it replace them all. */
  private async checkGroup(targetId: string): Promise<void> {
    const { answer } = await this.request(
      "GET",
      `/Groups/${targetId}`,
      undefined,
      "excludedAttributes=members",
    );
    const group = strictResource(answer, "Group");
    if ("members" in group) throw new ServiceIncompatible("members were excluded and came back");
  }

  /** Objects that have left the source for good. */
  private async purge(
    source: EntraSource,
    attempt: (sourceId: string, work: () => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const users = new Set(source.users.map((user) => user.id));
    const groups = new Set(source.groups.map((group) => group.id));
    for (const [sourceId, targetId] of [...this.links]) {
      if (users.has(sourceId)) continue;
      await attempt(sourceId, () => this.delete(`/Users/${targetId}`));
      this.links.delete(sourceId);
      this.synced.delete(sourceId);
      this.managers.delete(sourceId);
    }
    for (const [sourceId, { targetId }] of [...this.groups]) {
      if (groups.has(sourceId)) continue;
      await attempt(sourceId, () => this.delete(`/Groups/${targetId}`));
      this.groups.delete(sourceId);
    }
  }

  private async delete(path: string): Promise<void> {
    await this.request("DELETE", path, undefined, "", [404]);
  }

  private batches(ids: readonly string[]): string[][] {
    const size = this.config.batchSize ?? 1000;
    return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
      ids.slice(index * size, (index + 1) * size),
    );
  }

  private async list(type: "User" | "Group", filter: string) {
    const query = `${type === "Group" ? "excludedAttributes=members&" : ""}${filterQuery(filter)}`;
    const { answer } = await this.request("GET", `/${type}s`, undefined, query);
    const found = strictList(answer, type);
    if (type === "Group" && found.resources.some((group) => "members" in group)) {
      throw new ServiceIncompatible("members were excluded and came back");
    }
    return found;
  }

  private async request(
    method: string,
    path: string,
    body?: Json,
    query = "",
    tolerated: readonly number[] = [],
  ): Promise<Exchange> {
    const url = buildUrl(this.config.urlForm ?? "F1", this.config.baseUrl, path, query);
    for (let attempt = 1; ; attempt++) {
      const entry = await exchange(this.config, method, url, body);
      this.trace.push(entry);
      if (entry.status !== 429 || attempt === 5) return this.judge(entry, path, tolerated);
      const seconds = Number(entry.headers.get("retry-after") ?? "1");
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }

  private judge(entry: Exchange, path: string, tolerated: readonly number[]): Exchange {
    const { status } = entry;
    if (status >= 300 && status < 400) throw new Quarantined(`${path} was answered with a redirect`);
    if (status >= 200 && status < 300) {
      if (status !== 204) requireScimType(entry);
      return entry;
    }
    if (status === 401 || status === 403) throw new Quarantined(`${path} was answered with ${status}`);
    if (status === 404 && /^\/(Users|Groups)$/.test(path)) throw new Quarantined(`${path} does not exist`);
    if (tolerated.includes(status)) return entry;
    requireScimType(entry);
    const { detail, scimType } = strictError(entry.answer, status);
    throw new Error(`${status} ${scimType ?? ""} ${detail}`);
  }
}

function requireScimType(entry: Exchange): void {
  const type = entry.headers.get("content-type") ?? "";
  if (!/^application\/scim\+json(;|$)/i.test(type)) {
    throw new ServiceIncompatible(`${entry.method} ${entry.url} was answered as "${type}"`);
  }
}
