import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { removeDataFolder, startCluster } from "../src/server/db/embedded/cluster";
import { disconnect } from "../src/server/db/index";
import { migrate } from "../src/server/db/migrate";
import { provideEnv } from "../src/server/kernel/env";
import { exchange, type ScimTarget } from "../tools/entra-sim/index";
import { connectScim } from "../tests/support/scim-in-process";

import { openBareLimit } from "./bare-limit";
import { spread } from "./process-figures";

/** How many requests a second the SCIM core answers on the embedded database, by kind. */
export interface ScimFigures {
  readonly requests: number;
  readonly createPerSecond: number;
  readonly matchPerSecond: number;
  readonly patchPerSecond: number;
  readonly matchP95Ms: number;
  /** Plain SQL on the same database with as many connections, see bare-limit.ts. */
  readonly bareInsertPerSecond: number;
  readonly bareSelectPerSecond: number;
}

const REQUESTS = 2000;
const PARALLEL = 8;
/** The rate limit is per workspace; the work is spread so that it does not count. */
const WORKSPACES = 8;

async function measure(
  work: (index: number) => Promise<number>,
): Promise<{ perSecond: number; p95: number }> {
  const times: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  const worker = async () => {
    while (next < REQUESTS) times.push(await work(next++));
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  const perSecond = Math.round((REQUESTS * 1000) / (performance.now() - startedAt));
  times.sort((a, b) => a - b);
  return { perSecond, p95: times[Math.floor(times.length * 0.95)]! };
}

async function send(target: ScimTarget, method: string, path: string, body?: Parameters<typeof exchange>[3]) {
  const entry = await exchange(target, method, `${target.baseUrl}${path}`, body);
  if (entry.status >= 400)
    throw new Error(`${method} ${path}: ${entry.status} ${JSON.stringify(entry.answer)}`);
  return entry;
}

/** Runs on a cluster of its own that is gone afterwards. */
export async function benchScim(): Promise<ScimFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), "chalkroom-bench-"));
  const cluster = await startCluster(dataDir);
  try {
    await migrate(cluster.url, "prisma/migrations");
    provideEnv({ databaseUrl: cluster.url, appSecret: "bench-secret-bench-secret-bench-secret" });
    const connections = await Promise.all(Array.from({ length: WORKSPACES }, () => connectScim()));
    const targetOf = (index: number) => connections[index % WORKSPACES]!.target;
    const ids: string[] = [];
    const create = await measure(async (index) => {
      const userName = `person.${index}@contoso.example`;
      const emails = [{ type: "work", value: userName, primary: true }];
      const body = { userName, displayName: `Person ${index}`, externalId: `e${index}`, emails };
      const entry = await send(targetOf(index), "POST", "/Users", body);
      ids[index] = (entry.answer as { id: string }).id;
      return entry.ms;
    });
    const match = await measure(async (index) => {
      const filter = `userName+eq+%22person.${index}%40contoso.example%22`;
      return (await send(targetOf(index), "GET", `/Users?filter=${filter}`)).ms;
    });
    const patch = await measure(async (index) => {
      const body = { Operations: [{ op: "Replace", path: "name.familyName", value: `Surname ${index}` }] };
      return (await send(targetOf(index), "PATCH", `/Users/${ids[index]!}`, body)).ms;
    });
    const bare = await openBareLimit(cluster.url, PARALLEL);
    const bareInsert = await measure((index) => bare.insert(index));
    const bareSelect = await measure((index) => bare.select(index));
    await bare.close();
    return {
      requests: REQUESTS,
      createPerSecond: create.perSecond,
      matchPerSecond: match.perSecond,
      patchPerSecond: patch.perSecond,
      matchP95Ms: Math.round(match.p95 * 10) / 10,
      bareInsertPerSecond: bareInsert.perSecond,
      bareSelectPerSecond: bareSelect.perSecond,
    };
  } finally {
    await disconnect();
    await cluster.release();
    removeDataFolder(dataDir);
  }
}

/** The figures of several rounds as lines for people. */
export function throughputTable(rounds: readonly ScimFigures[]): string {
  const line = (what: string, of: (figures: ScimFigures) => number, digits = 0) => {
    const { median, from, to } = spread(rounds.map(of));
    const [middle, low, high] = [median, from, to].map((value) => value.toFixed(digits));
    return `${what.padEnd(34)} ${middle} (${low}–${high})`;
  };
  return [
    line("creates a second", (figures) => figures.createPerSecond),
    line("matches a second", (figures) => figures.matchPerSecond),
    line("patches a second", (figures) => figures.patchPerSecond),
    line("match, p95 ms", (figures) => figures.matchP95Ms, 1),
    line("bare inserts a second", (figures) => figures.bareInsertPerSecond),
    line("bare selects a second", (figures) => figures.bareSelectPerSecond),
    line("creates against bare inserts", (f) => f.createPerSecond / f.bareInsertPerSecond, 2),
    line("matches against bare selects", (f) => f.matchPerSecond / f.bareSelectPerSecond, 2),
  ].join("\n");
}
