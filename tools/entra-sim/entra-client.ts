import { randomUUID } from "node:crypto";

import { readAccounts, type Accounts } from "./account-discovery";
import { Connection } from "./connection";
import type { Dialect } from "./dialect";
import { describeFailure, Quarantined, type QuarantineCode } from "./failure";
import { makeJob, type Job, type JobOptions } from "./job";
import type { EntraSource, Matching, RoleForm, SourceUser } from "./mapping";
import { clearOptionalAttributes } from "./null-updates";
import { purge } from "./purge";
import { makeRandom, shuffled } from "./random";
import { ServiceIncompatible } from "./strict-answer";
import { syncGroup } from "./sync-groups";
import { syncManager, syncUser } from "./sync-users";
import type { UrlForm } from "./url-forms";
import { toCurl, type Exchange, type ScimTarget } from "./wire";

export interface EntraConfig extends ScimTarget {
  readonly dialect: Dialect;
  readonly urlForm?: UrlForm;
  readonly matching?: Matching;
  readonly roles?: RoleForm;
  /** How many members one PATCH adds or removes, 1 to 5,000; 1,000 by default. */
  readonly batchSize?: number;
  /** Decides the order in which objects and keys are sent. */
  readonly seed?: number;
  readonly lostLinks?: JobOptions["lostLinks"];
  readonly checkMemberships?: boolean;
  readonly throttling?: "wait" | "next-cycle";
  readonly sleep?: (ms: number) => Promise<void>;
}

/** An object that could not be synchronised, with the last request for it as a curl command. */
export interface SyncFailure {
  readonly sourceId: string;
  readonly code: string;
  readonly reason: string;
  readonly replay: string;
}

export interface Quarantine {
  readonly code: QuarantineCode;
  readonly reason: string;
  readonly replay: string;
}

export interface CycleReport {
  /** Requests that change something. */
  readonly writes: number;
  readonly reads: number;
  readonly failures: readonly SyncFailure[];
  /** Faults of the service that spoil no single object. */
  readonly defects: readonly string[];
  /** Why the job is stopped, or null. */
  readonly quarantine: Quarantine | null;
}

const CYCLE_MINUTES = 40;
const QUARANTINE_MINUTES = 24 * 60;
/** Entra's limit for the members of a group that is provisioned on demand. */
const MEMBERS_ON_DEMAND = 5;

/** A provisioning job as Entra runs one: it remembers its links for ever and sends differences only. */
export class EntraClient {
  private readonly connection: Connection;
  private readonly job: Job;
  private quarantine: Quarantine | null = null;
  /** Simulated minutes since the job was made. */
  private now = 0;
  private cycles = 0;

  constructor(private readonly config: EntraConfig) {
    const { urlForm = "F1", throttling = "wait", seed = 1 } = config;
    const sleep = config.sleep ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)));
    const { dialect, matching = "userName", roles = "none", batchSize = 1000 } = config;
    const { lostLinks = "fail", checkMemberships = false } = config;
    this.connection = new Connection(config, { urlForm, throttling, seed, sleep });
    const options = { dialect, matching, roles, batchSize, lostLinks, checkMemberships };
    this.job = makeJob(options, this.connection, makeRandom(seed));
  }

  /** Every exchange so far, for replay. */
  get trace(): Exchange[] {
    return this.connection.trace;
  }

  /** The service's id of a source object, once linked. */
  targetId(sourceId: string): string | undefined {
    return this.job.users.get(sourceId) ?? this.job.groups.get(sourceId)?.targetId;
  }

  /** When a failed object is tried again, in simulated minutes from now; undefined when it did not fail. */
  minutesToRetry(sourceId: string): number | undefined {
    const at = this.job.escrow.retryAt(sourceId);
    return at === undefined ? undefined : at - this.now;
  }

  /** Lets simulated time pass. */
  advance(minutes: number): void {
    this.now += minutes;
  }

  /** The button "Test Connection": random values must give empty lists of the right shape. */
  async testConnection(): Promise<void> {
    const path =
      this.job.options.matching === "emails" ? 'emails[type eq "work"].value' : this.job.options.matching;
    // Every other probe is paged, as Entra's keep-alive is at times.
    const paged = this.cycles % 2 === 1 ? "startIndex=1&count=1" : "";
    const users = await this.connection.list("User", `${path} eq "${randomUUID()}"`, paged);
    const groups = await this.connection.list("Group", `displayName eq "${randomUUID()}"`);
    if (users.total !== 0 || groups.total !== 0) throw new ServiceIncompatible("a random value was found");
  }

  /** One cycle: users, then managers, then groups with members, then deletions. What has not changed sends nothing. */
  async runCycle(source: EntraSource): Promise<CycleReport> {
    const start = this.trace.length;
    const failures: SyncFailure[] = [];
    this.now += this.cycles === 0 ? 0 : this.quarantine ? QUARANTINE_MINUTES : CYCLE_MINUTES;
    try {
      await this.testConnection();
      await this.syncEverything(source, failures);
      const objects = source.users.length + source.groups.length;
      const tooMany = this.job.escrow.exceedsThreshold(objects);
      this.quarantine = tooMany
        ? this.describeQuarantine("EncounteredEscrowProportionThreshold", "too many objects fail")
        : null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.quarantine = this.describeQuarantine("EncounteredQuarantineException", reason);
    }
    this.cycles++;
    const sent = this.trace.slice(start);
    const writes = sent.filter((entry) => entry.method !== "GET").length;
    const defects = [...this.job.defects];
    return { writes, reads: sent.length - writes, failures, defects, quarantine: this.quarantine };
  }

  /** Puts one person through at once: always in the legacy dialect, always matched anew. */
  async provisionUserOnDemand(user: SourceUser): Promise<void> {
    await this.onDemand(() => syncUser(this.job, user, { dialect: "legacy", rematch: true }));
  }

  /** Puts one group through at once, with five of its members at most. */
  async provisionGroupOnDemand(group: EntraSource["groups"][number]): Promise<void> {
    if (group.memberIds.length > MEMBERS_ON_DEMAND) throw new Error("On demand takes five members at most");
    await this.onDemand(() => syncGroup(this.job, group, "legacy"));
  }

  /** Account Discovery: lists everybody page by page and tells who is linked. */
  discoverAccounts(pageSize: number): Promise<Accounts> {
    return readAccounts(this.job, pageSize);
  }

  /** Microsoft's null-update check on one linked person, whose values the next cycle then restores. */
  async clearAttributes(sourceId: string): Promise<void> {
    const id = this.job.users.get(sourceId);
    if (id === undefined) throw new Error("Nobody is linked with this source id");
    await clearOptionalAttributes(this.connection, id, this.config.dialect);
    this.job.watermark.delete(sourceId);
  }

  /** Deletes everything this job has created, groups first. @returns how many objects could not be deleted */
  async cleanUp(): Promise<number> {
    const addresses = [...this.job.made].toSorted();
    let left = 0;
    for (const address of addresses) {
      const [plural = "", id = ""] = address.split("/");
      try {
        await this.connection.delete(plural === "Users" ? "User" : "Group", id);
        this.job.made.delete(address);
      } catch {
        left++;
      }
    }
    return left;
  }

  private async onDemand(work: () => Promise<void>): Promise<void> {
    try {
      await this.testConnection();
      await work();
    } catch (error) {
      if (error instanceof Quarantined) {
        this.quarantine = this.describeQuarantine("QuarantineOnDemand", error.message);
      }
      throw error;
    }
  }

  private async syncEverything(source: EntraSource, failures: SyncFailure[]): Promise<void> {
    const { job } = this;
    const { dialect } = job.options;
    for (const user of source.users) job.lastSeen.set(user.id, user);
    const users = shuffled(source.users, job.random);
    const attempt = (key: string, work: () => Promise<void>) => this.attempt(key, work, failures);
    for (const user of users) await attempt(user.id, () => syncUser(job, user, { dialect }));
    for (const user of users) await attempt(`${user.id} manager`, () => syncManager(job, user, dialect));
    for (const group of shuffled(source.groups, job.random)) {
      await attempt(group.id, () => syncGroup(job, group, dialect));
    }
    await purge(job, source, attempt);
  }

  /** One object's turn; what failed before waits for its own. */
  private async attempt(key: string, work: () => Promise<void>, failures: SyncFailure[]): Promise<void> {
    const { escrow, watermark } = this.job;
    if (!escrow.isDue(key, this.now)) return;
    try {
      await work();
      escrow.remove(key);
    } catch (error) {
      if (error instanceof Quarantined) throw error;
      const { code, reason } = describeFailure(error);
      failures.push({ sourceId: key, code, reason, replay: this.replay() });
      escrow.add(key, error, this.now);
      watermark.delete(key);
    }
  }

  private describeQuarantine(code: QuarantineCode, reason: string): Quarantine {
    return { code, reason, replay: this.replay() };
  }

  private replay(): string {
    const last = this.trace.at(-1);
    return last ? toCurl(last) : "";
  }
}
