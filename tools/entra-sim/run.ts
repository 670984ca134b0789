import { randomBytes } from "node:crypto";

import { EntraClient, type CycleReport } from "./entra-client";
import type { Dialect } from "./dialect";
import type { EntraSource, Matching, RoleForm, SourceUser } from "./mapping";
import { days, makeSource } from "./sample-source";
import type { UrlForm } from "./url-forms";
import { toCurl, type Exchange, type ScimTarget } from "./wire";

export interface RunConfig {
  readonly dialect: Dialect;
  readonly urlForm: UrlForm;
  readonly matching: Matching;
  readonly roles: RoleForm;
  readonly users: number;
  readonly groups: number;
  /** Incremental cycles between the initial and the idle one. */
  readonly cycles: number;
  readonly batchSize: number;
  readonly seed: number;
  /** Also clear optional attributes as Microsoft's validation does. */
  readonly validator: boolean;
  /** Leave on the service what the run has made. */
  readonly keep: boolean;
}

/** One thing that a run has established. */
export interface Finding {
  readonly step: string;
  readonly ok: boolean;
  readonly detail: string;
  /** The request behind a fault, as a curl command. */
  readonly replay: string | null;
}

export interface RunResult {
  readonly config: RunConfig;
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly requests: number;
  readonly writes: number;
  readonly ms: number;
  readonly trace: readonly Exchange[];
}

/**
 * Plays a whole provisioning job against a service: the connection test, the initial and some incremental cycles,
 * an idle one that must not write, a job without memory that must find nothing to change, on-demand provisioning,
 * Account Discovery, and the clean-up. Never throws: what goes wrong is a finding.
 */
export async function runJob(target: ScimTarget, config: RunConfig): Promise<RunResult> {
  const startedAt = performance.now();
  const run = new Run(target, config);
  const traces = await run.play();
  const { findings } = run;
  return {
    config,
    ok: findings.every((finding) => finding.ok),
    findings,
    requests: traces.length,
    writes: traces.filter((entry) => entry.method !== "GET").length,
    ms: performance.now() - startedAt,
    trace: traces,
  };
}

class Run {
  readonly findings: Finding[] = [];
  private readonly client: EntraClient;
  private readonly restarted: EntraClient;
  private readonly source: EntraSource;

  constructor(
    target: ScimTarget,
    private readonly config: RunConfig,
  ) {
    this.client = new EntraClient({ ...target, ...config });
    this.restarted = new EntraClient({ ...target, ...config, checkMemberships: true });
    this.source = makeSource(config.users, config.groups, {
      tag: randomBytes(2).toString("hex"),
      everybodyHasMail: config.matching === "emails",
      withRoles: config.roles !== "none",
    });
  }

  async play(): Promise<Exchange[]> {
    const { client, config } = this;
    if (await this.step("test connection", () => client.testConnection())) {
      const last = await this.playCycles();
      await this.playTheRest(last);
    }
    if (!config.keep) await this.cleanUp();
    return [...client.trace, ...this.restarted.trace];
  }

  private async playCycles(): Promise<EntraSource> {
    this.judgeCycle("initial cycle", await this.client.runCycle(this.source));
    let today = this.source;
    let cycle = 0;
    for (today of days(this.source, this.config.cycles)) {
      this.judgeCycle(`incremental cycle ${++cycle}`, await this.client.runCycle(today));
    }
    this.judgeIdle("idle cycle", await this.client.runCycle(today), this.client);
    return today;
  }

  private async playTheRest(last: EntraSource): Promise<void> {
    const { client, restarted, config } = this;
    const known = { users: last.users, groups: last.groups.slice(0, 3) };
    this.judgeIdle(
      "job without memory",
      await restarted.runCycle(withoutStrangers(known, client)),
      restarted,
    );
    if (config.validator) {
      for (const user of last.users.filter((one) => one.enabled).slice(0, 3)) {
        await this.step("clear attributes", () => client.clearAttributes(user.id));
      }
      this.judgeCycle("cycle that fills them again", await client.runCycle(last));
      this.judgeIdle("idle cycle after it", await client.runCycle(last), client);
    }
    const { user, group } = onDemandObjects(this.source, last);
    await this.step("user on demand", () => client.provisionUserOnDemand(user));
    await this.step("group on demand", () => client.provisionGroupOnDemand(group));
    await this.step("account discovery", async () => {
      const { total, pages, assigned, unassigned, local } = await client.discoverAccounts(50);
      return `${total} accounts on ${pages} pages: ${assigned} assigned, ${unassigned} unassigned, ${local} local`;
    });
  }

  private async cleanUp(): Promise<void> {
    await this.step("clean-up", async () => {
      const left = await this.client.cleanUp();
      if (left > 0) throw new Error(`${left} objects could not be deleted`);
    });
  }

  private judgeCycle(step: string, report: CycleReport): void {
    const { quarantine, failures, defects, reads, writes } = report;
    if (quarantine)
      this.fault(step, `quarantined, ${quarantine.code}: ${quarantine.reason}`, quarantine.replay);
    for (const { code, reason, replay } of failures) this.fault(step, `${code}: ${reason}`, replay);
    for (const defect of defects) {
      if (!this.findings.some(({ detail }) => detail === defect)) this.fault(step, defect, null);
    }
    if (!quarantine && failures.length === 0) this.good(step, `${reads} reads, ${writes} writes`);
  }

  private judgeIdle(step: string, report: CycleReport, client: EntraClient): void {
    if (report.writes > 0) {
      const writes = client.trace
        .slice(-(report.reads + report.writes))
        .filter(({ method }) => method !== "GET");
      this.fault(
        step,
        `nothing had changed, but ${report.writes} requests wrote`,
        writes.map(toCurl).join("\n"),
      );
    }
    this.judgeCycle(step, report);
  }

  private async step(step: string, work: () => Promise<string | void>): Promise<boolean> {
    try {
      this.good(step, (await work()) ?? "");
      return true;
    } catch (error) {
      const last = this.client.trace.at(-1);
      this.fault(step, error instanceof Error ? error.message : String(error), last ? toCurl(last) : null);
      return false;
    }
  }

  private good(step: string, detail: string): void {
    this.findings.push({ step, ok: true, detail, replay: null });
  }

  private fault(step: string, detail: string, replay: string | null): void {
    this.findings.push({ step, ok: false, detail, replay });
  }
}

/** A job without memory matches; who was never provisioned would be created, and is not meant here. */
function withoutStrangers(source: EntraSource, client: EntraClient): EntraSource {
  return { ...source, users: source.users.filter((user) => client.targetId(user.id) !== undefined) };
}

/** Somebody new, and a small group of people who are there. */
function onDemandObjects(
  source: EntraSource,
  last: EntraSource,
): { user: SourceUser; group: EntraSource["groups"][number] } {
  const model = source.users[0]!;
  const user = {
    ...model,
    id: model.id.replace(/-8001-/, "-8003-"),
    userPrincipalName: `demand.${model.userPrincipalName}`,
    displayName: `${model.displayName} on demand`,
    mail: `demand.${model.mail ?? ""}`,
    managerId: null,
  };
  const group = {
    id: user.id.replace(/-8003-/, "-8004-"),
    displayName: `${model.displayName} on demand`,
    memberIds: last.users.slice(0, 4).map((one) => one.id),
  };
  return { user, group };
}
