import { describe, expect, it } from "vitest";

import {
  days,
  DIALECTS,
  EntraClient,
  exchange,
  makeSource,
  MATCHINGS,
  ROLE_FORMS,
  URL_FORMS,
  type EntraConfig,
  type EntraSource,
  type ScimTarget,
} from "../../../../tools/entra-sim/index";
import type { Resource } from "../api";

type Job = Omit<EntraConfig, keyof ScimTarget>;

/** A workspace of its own for each run, because the runs use the same people. */
export interface ProvisioningDoor {
  readonly freshTarget: () => Promise<ScimTarget>;
  /** Everything the service has stored for a target, without what differs between two that were told the same. */
  readonly readState?: (target: ScimTarget) => Promise<unknown>;
}

/** How much is run; a whole built app in another process takes longer than the core in this one. */
export interface ProvisioningSize {
  readonly users: number;
  readonly groups: number;
  /** All dialects with all URL forms and all matchings, or each of them once. */
  readonly everyCombination: boolean;
}

/** Users and groups as the service shows them, ids replaced by names. */
async function readResources(target: ScimTarget): Promise<unknown> {
  const everything = async (path: string): Promise<Resource[]> => {
    const found: Resource[] = [];
    for (;;) {
      const query = `count=200&startIndex=${found.length + 1}`;
      const { answer } = await exchange(target, "GET", `${target.baseUrl}${path}?${query}`);
      const page = answer as { Resources: Resource[]; totalResults: number };
      found.push(...page.Resources);
      if (found.length >= page.totalResults) return found;
    }
  };
  const users = await everything("/Users");
  const names = new Map(users.map((user) => [String(user["id"]), String(user["userName"])]));
  const readable = (value: unknown): unknown => {
    const text = JSON.stringify(value).replaceAll(
      /"version":"[^"]*"|"(created|lastModified)":"[^"]*"/g,
      '"-":0',
    );
    return JSON.parse([...names].reduce((all, [id, name]) => all.replaceAll(id, name), text));
  };
  const strip = ({ id: _id, meta: _meta, groups, members, ...rest }: Resource) => ({
    ...rest,
    groups: Array.isArray(groups) ? groups.map((item) => (item as Resource)["display"]).sort() : [],
    members: Array.isArray(members)
      ? members.map((item) => names.get(String((item as Resource)["value"]))).sort()
      : [],
  });
  const sorted = (list: Resource[]) =>
    list.map(strip).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  return readable({ users: sorted(users), groups: sorted(await everything("/Groups")) });
}

/**
 * An initial and three incremental cycles, an idle one that must send the two probes and nothing else, and a job
 * whose memory is gone, which must find every attribute, manager and membership as it would write it.
 */
async function converge(target: ScimTarget, source: EntraSource, job: Job): Promise<void> {
  const entra = new EntraClient({ ...target, batchSize: 7, ...job });
  let today = source;
  for (today of [source, ...days(source, 3)]) {
    const { failures, defects, quarantine, writes } = await entra.runCycle(today);
    expect({ failures, defects, quarantine }).toEqual({ failures: [], defects: [], quarantine: null });
    expect(writes).toBeGreaterThan(0);
  }
  const idle = { writes: 0, failures: [], defects: [], quarantine: null };
  expect(await entra.runCycle(today)).toEqual({ ...idle, reads: 2 });
  const forgetful = new EntraClient({ ...target, ...job, checkMemberships: true });
  const known = {
    users: today.users.filter((user) => entra.targetId(user.id) !== undefined),
    groups: today.groups.slice(0, 2),
  };
  expect(await forgetful.runCycle(known)).toMatchObject(idle);
}

/** Whole runs of the provisioning service. */
export function provisioningSuite(door: ProvisioningDoor, size: ProvisioningSize): void {
  const readState = door.readState ?? readResources;

  async function stateAfter(source: EntraSource, job: Job): Promise<unknown> {
    const target = await door.freshTarget();
    await converge(target, source, job);
    return readState(target);
  }

  describe("a provisioning job", () => {
    it("leaves the same state in both dialects after an initial and three incremental cycles", async () => {
      const source = makeSource(size.users, size.groups);
      const legacy = await stateAfter(source, { dialect: "legacy", batchSize: 1000 });
      expect(await stateAfter(source, { dialect: "flag", batchSize: 3 })).toEqual(legacy);
    }, 300_000);

    it("converges in every dialect, URL form and matching, and whatever the order", async () => {
      const source = makeSource(12, 3, { everybodyHasMail: true });
      const all = DIALECTS.flatMap((dialect) =>
        URL_FORMS.flatMap((urlForm) => MATCHINGS.map((matching) => ({ dialect, urlForm, matching }))),
      );
      // Every dialect, URL form and matching is in every eleventh of them.
      const chosen = size.everyCombination ? all : all.filter((_, index) => index % 11 === 0);
      const states: unknown[] = [];
      for (const [seed, job] of chosen.entries()) states.push(await stateAfter(source, { ...job, seed }));
      for (const state of states) expect(state).toEqual(states[0]);
    }, 600_000);

    it("converges in every form of app roles", async () => {
      const source = makeSource(9, 1, { withRoles: true });
      for (const roles of ROLE_FORMS) {
        const [legacy, flag] = await Promise.all(
          DIALECTS.map((dialect) => stateAfter(source, { dialect, roles })),
        );
        expect(flag).toEqual(legacy);
      }
    }, 120_000);

    it("has its optional attributes cleared by an empty text and by null, and filled again", async () => {
      const source = makeSource(6, 0);
      for (const dialect of DIALECTS) {
        const entra = new EntraClient({ ...(await door.freshTarget()), dialect });
        await entra.runCycle(source);
        await entra.clearAttributes(source.users[0]!.id);
        expect(await entra.runCycle(source)).toMatchObject({ writes: 1, failures: [] });
        expect(await entra.runCycle(source)).toMatchObject({ writes: 0, failures: [] });
      }
    });

    it("may be asked for one person and one group at once, always in the legacy dialect", async () => {
      const [user, manager] = makeSource(2, 0).users;
      const entra = new EntraClient({ ...(await door.freshTarget()), dialect: "flag" });
      await entra.provisionUserOnDemand(user!);
      await entra.provisionUserOnDemand({ ...user!, surname: "Gil", enabled: false });
      expect(entra.trace.at(-1)?.body).toMatchObject({
        Operations: [{ op: "Replace", path: "active", value: "False" }, { path: "name.familyName" }],
      });
      expect(entra.trace.at(-1)?.answer).toMatchObject({ active: false, name: { familyName: "Gil" } });
      const memberIds = [user!.id, manager!.id];
      await entra.provisionGroupOnDemand({ id: "g", displayName: "At once", memberIds });
      expect(entra.trace.at(-1)?.body).toMatchObject({ Operations: [{ op: "Add", path: "members" }] });
    });

    it("finds everybody by Account Discovery, page by page", async () => {
      const source = makeSource(12, 0);
      const entra = new EntraClient({ ...(await door.freshTarget()), dialect: "flag" });
      await entra.runCycle(source);
      await entra.runCycle({
        ...source,
        users: source.users.map((user, index) => (index < 2 ? { ...user, assigned: false } : user)),
      });
      const accounts = await entra.discoverAccounts(5);
      expect(accounts).toMatchObject({ pages: 3, assigned: 10, unassigned: 2 });
      // A workspace may have people whom Entra does not know: its owner.
      expect(accounts.local).toBe(accounts.total - 12);
    });
  });
}
