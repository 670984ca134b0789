import { describe, expect, it } from "vitest";

import {
  changeSource,
  EntraClient,
  exchange,
  makeSource,
  restoreSource,
  URL_FORMS,
  type Dialect,
  type EntraSource,
  type ScimTarget,
  type UrlForm,
} from "../../../support/entra/index";
import type { Resource } from "../api";

/** A workspace of its own for each run, because the runs use the same people. */
export interface ProvisioningDoor {
  readonly freshTarget: () => Promise<ScimTarget>;
}

/** Users and groups without what differs between two services that were told the same. */
async function snapshot(target: ScimTarget): Promise<unknown> {
  const everything = async (path: string): Promise<Resource[]> => {
    const found: Resource[] = [];
    for (;;) {
      const { answer } = await exchange(
        target,
        "GET",
        `${target.baseUrl}${path}?count=200&startIndex=${found.length + 1}`,
      );
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
    members: Array.isArray(members) ? members.map((item) => (item as Resource)["value"]).sort() : [],
  });
  const sorted = (list: Resource[]) =>
    list.map(strip).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  return readable({ users: sorted(users), groups: sorted(await everything("/Groups")) });
}

async function provision(
  target: ScimTarget,
  source: EntraSource,
  config: { dialect: Dialect; urlForm: UrlForm; matching?: "externalId" },
): Promise<unknown> {
  const entra = new EntraClient({ ...target, ...config, batchSize: 7 });
  for (const stage of [source, changeSource(source), restoreSource(changeSource(source))]) {
    const report = await entra.runCycle(stage);
    expect(report.failures).toEqual([]);
    expect(report.writes).toBeGreaterThan(0);
  }
  const idle = await entra.runCycle(restoreSource(changeSource(source)));
  expect({ writes: idle.writes, reads: idle.reads, failures: idle.failures }).toEqual({
    writes: 0,
    reads: 2,
    failures: [],
  });
  // A job that was restarted with its memory gone must find every attribute as it would write it.
  const fresh = new EntraClient({ ...target, ...config });
  await fresh.runCycle({ ...restoreSource(changeSource(source)), groups: [] });
  const rewritten = fresh.trace.filter(
    (entry) => entry.method !== "GET" && !JSON.stringify(entry.body).includes(":manager"),
  );
  expect(rewritten.map((entry) => entry.body)).toEqual([]);
  return snapshot(target);
}

/** Whole runs of the provisioning service. */
export function provisioningSuite(door: ProvisioningDoor, size: { users: number; groups: number }): void {
  describe("a provisioning job", () => {
    it("ends in the same state in both dialects, and its idle cycle sends only probes", async () => {
      const source = makeSource(size.users, size.groups);
      const legacy = await provision(await door.freshTarget(), source, { dialect: "legacy", urlForm: "F1" });
      const flag = await provision(await door.freshTarget(), source, { dialect: "flag", urlForm: "F1" });
      const byId = await provision(await door.freshTarget(), source, {
        dialect: "flag",
        urlForm: "F2",
        matching: "externalId",
      });
      expect(flag).toEqual(legacy);
      expect(byId).toEqual(legacy);
    }, 300_000);

    it("ends in the same state in every URL form", async () => {
      const source = makeSource(12, 3);
      const states: unknown[] = [];
      for (const [index, urlForm] of URL_FORMS.entries()) {
        const dialect = index % 2 === 0 ? "legacy" : "flag";
        states.push(await provision(await door.freshTarget(), source, { dialect, urlForm }));
      }
      for (const state of states) expect(state).toEqual(states[0]);
    }, 300_000);
  });
}
