import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { removeDataFolder, startCluster } from "../src/server/db/embedded/cluster";
import { db, disconnect } from "../src/server/db/index";
import { migrate } from "../src/server/db/migrate";
import { provideEnv } from "../src/server/kernel/env";
import { clearProcessSlot } from "../src/server/kernel/slot";
import { closeProvisioningLog } from "../src/server/scim/index";
import { connectScim } from "../tests/support/scim-in-process";
import { exchange, type Json, type ScimTarget } from "../tools/entra-sim/index";

import { spread, type Spread } from "./process-figures";
import { fillGroups, fillPeople, type Filled } from "./scale-data";

/** How large the workspaces and groups are that are compared. */
export interface Sizes {
  readonly people: readonly number[];
  readonly groups: readonly number[];
  readonly rounds: number;
}

export const FULL_SIZES: Sizes = {
  people: [1_000, 20_000, 200_000],
  groups: [100, 5_000, 50_000],
  rounds: 60,
};
export const QUICK_SIZES: Sizes = { people: [1_000, 5_000], groups: [100, 2_000], rounds: 10 };

/** One kind of request at every size: p50 in milliseconds, and how much dearer each is than the first. */
export interface ScaleRow {
  readonly what: string;
  readonly sizes: readonly number[];
  readonly ms: readonly Spread[];
  readonly ratios: readonly number[];
}

interface Place {
  readonly size: number;
  readonly target: ScimTarget;
  readonly filled: Filled;
}

interface Question {
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
}

type Ask = (place: Place, round: number) => Question;

async function ask(
  place: Place,
  { method, path, body }: Question,
): Promise<{ ms: number; answer: Json | undefined }> {
  clearProcessSlot("rate-limit.scim");
  const entry = await exchange(place.target, method, `${place.target.baseUrl}${path}`, body);
  if (entry.status >= 400)
    throw new Error(`${method} ${path}: ${entry.status} ${JSON.stringify(entry.answer)}`);
  return { ms: entry.ms, answer: entry.answer };
}

/** Asks all places in turn, round by round, so that whatever else the machine does hits them alike. */
async function compare(what: string, places: readonly Place[], rounds: number, make: Ask): Promise<ScaleRow> {
  const times = places.map((): number[] => []);
  for (let round = -5; round < rounds; round++) {
    for (const [index, place] of places.entries()) {
      const { ms } = await ask(place, make(place, round));
      if (round >= 0) times[index]!.push(ms);
    }
  }
  const ms = times.map(quartiles);
  return {
    what,
    sizes: places.map((place) => place.size),
    ms,
    ratios: ms.map(({ median }) => median / ms[0]!.median),
  };
}

/** The median with the middle half around it. */
function quartiles(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]!;
  return { ...spread(sorted), from: at(0.25), to: at(0.75) };
}

const someone = ({ size }: Place, round: number) => ((round + 5) * 7919) % size;
const by = (filter: string) => `/Users?filter=${encodeURIComponent(filter)}`;
const replace = (path: string, value: Json) => ({ Operations: [{ op: "Replace", path, value }] });

const QUESTIONS: Readonly<Record<string, Ask>> = {
  "match by userName": (place, round) => ({
    method: "GET",
    path: by(`userName eq "Person.${someone(place, round)}@contoso.example"`),
  }),
  "match by externalId": (place, round) => ({
    method: "GET",
    path: by(`externalId eq "e${someone(place, round)}"`),
  }),
  "match by displayName": (place, round) => ({
    method: "GET",
    path: by(`displayName eq "person ${someone(place, round)}"`),
  }),
  "match by work address": (place, round) => ({
    method: "GET",
    path: by(`emails[type eq "work"].value eq "person.${someone(place, round)}@contoso.example"`),
  }),
  "match by family name": (place, round) => ({
    method: "GET",
    path: by(`name.familyName eq "Family${someone(place, round)}"`),
  }),
  "read by id": (place, round) => ({
    method: "GET",
    path: `/Users/${place.filled.idOf(someone(place, round))}`,
  }),
  "first page of 100": () => ({ method: "GET", path: "/Users?count=100" }),
  "first page of 100, by userName": () => ({ method: "GET", path: "/Users?count=100&sortBy=userName" }),
  "PATCH of an attribute": (place, round) => ({
    method: "PATCH",
    path: `/Users/${place.filled.idOf(someone(place, round))}`,
    body: replace("title", `Title ${round}`),
  }),
  "PATCH of a family name": (place, round) => ({
    method: "PATCH",
    path: `/Users/${place.filled.idOf(someone(place, round))}`,
    body: replace("name.familyName", `New${round}`),
  }),
};

/** The same large workspace at its start and in its middle. */
async function comparePlaces(place: Place, rounds: number): Promise<ScaleRow[]> {
  const middle = Math.floor(place.size / 2);
  const pairs: [string, string, string][] = [
    ["page by index, middle against start", "/Users?count=100", `/Users?count=100&startIndex=${middle}`],
    ["page by cursor, middle against start", "/Users?count=100&cursor", await walkTo(place, middle, "")],
    [
      "page by cursor and userName, middle against start",
      "/Users?count=100&cursor&sortBy=userName",
      await walkTo(place, middle, "&sortBy=userName"),
    ],
  ];
  const rows: ScaleRow[] = [];
  for (const [what, start, later] of pairs) {
    const paths = new Map([
      [place, start],
      [{ ...place, size: middle }, later],
    ]);
    rows.push(
      await compare(what, [...paths.keys()], rounds, (at) => ({ method: "GET", path: paths.get(at)! })),
    );
  }
  return rows;
}

/** Goes on from page to page until the middle, as a client must, and gives the path of the page there. */
async function walkTo(place: Place, position: number, order: string): Promise<string> {
  let path = `/Users?count=100&cursor${order}`;
  for (let passed = 0; passed < position; passed += 100) {
    const { answer } = await ask(place, { method: "GET", path: `${path}&attributes=id` });
    path = `/Users?count=100&cursor=${(answer as { nextCursor: string }).nextCursor}${order}`;
  }
  return path;
}

/** PATCHes of groups of several sizes in one workspace; every round adds people who are not yet in. */
async function compareGroups(place: Place, sizes: readonly number[], rounds: number): Promise<ScaleRow[]> {
  const groups = await fillGroups(place.filled, sizes, 20 * (rounds + 5));
  const places = groups.map((group) => ({ ...place, size: group.size, group }));
  const refs = (ids: readonly string[]) => ids.map((value) => ({ $ref: null, value }));
  const change = (op: string) => (at: Place, round: number) => {
    const { id, outsiders } = groups.find((group) => group.size === at.size)!;
    const chosen = outsiders.slice((round + 5) * 20, (round + 6) * 20);
    return {
      method: "PATCH",
      path: `/Groups/${id}`,
      body: { Operations: [{ op, path: "members", value: refs(chosen) }] },
    };
  };
  return [
    await compare("PATCH that adds 20 members", places, rounds, change("Add")),
    await compare("PATCH that removes 20 members", places, rounds, change("Remove")),
  ];
}

/** Seconds for 2,000 members in one Add, and for 1,000 remove operations in one request. */
async function batches(place: Place): Promise<ScaleRow[]> {
  const seconds = { add: [] as number[], remove: [] as number[] };
  const count = Math.min(2_000, place.size);
  for (let round = 0; round < 3; round++) {
    const [group] = await fillGroups(place.filled, [0], count);
    const path = `/Groups/${group!.id}`;
    const value = group!.outsiders.map((id) => ({ $ref: null, value: id }));
    const add = { Operations: [{ op: "Add", path: "members", value }] };
    seconds.add.push((await ask(place, { method: "PATCH", path, body: add })).ms);
    const operations = group!.outsiders
      .slice(0, count / 2)
      .map((id) => ({ op: "remove", path: `members[value eq "${id}"]` }));
    seconds.remove.push((await ask(place, { method: "PATCH", path, body: { Operations: operations } })).ms);
  }
  const row = (what: string, times: readonly number[]) => ({
    what,
    sizes: [count],
    ms: [spread(times)],
    ratios: [1],
  });
  return [
    row(`one Add of ${count} members`, seconds.add),
    row(`${count / 2} remove operations`, seconds.remove),
  ];
}

/** Latency by size, in process, on a cluster of its own that is gone afterwards. */
export async function benchScale(sizes: Sizes): Promise<ScaleRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "chalkroom-bench-"));
  const cluster = await startCluster(dataDir);
  try {
    await migrate(cluster.url, "prisma/migrations");
    provideEnv({ databaseUrl: cluster.url, appSecret: "bench-secret-bench-secret-bench-secret" });
    const places: Place[] = [];
    for (const size of sizes.people) {
      const { scope, target } = await connectScim();
      places.push({ size, target, filled: await fillPeople(scope.workspaceId, size) });
    }
    await db().$executeRaw`VACUUM ANALYZE "Member"`;
    const rows: ScaleRow[] = [];
    for (const [what, make] of Object.entries(QUESTIONS))
      rows.push(await compare(what, places, sizes.rounds, make));
    const largest = places.at(-1)!;
    rows.push(...(await comparePlaces(largest, sizes.rounds)));
    rows.push(...(await compareGroups(largest, sizes.groups, sizes.rounds)));
    rows.push(...(await batches(largest)));
    return rows;
  } finally {
    await closeProvisioningLog();
    await disconnect();
    await cluster.release();
    removeDataFolder(dataDir);
  }
}

/** The figures as lines for people. */
export function scaleTable(rows: readonly ScaleRow[]): string {
  return rows
    .map(({ what, sizes, ms, ratios }) => {
      const columns = ms.map(({ median, from, to }, index) => {
        const times = `${median.toFixed(2)} ms (${from.toFixed(2)}–${to.toFixed(2)})`;
        return `${sizes[index]!}: ${times} ×${ratios[index]!.toFixed(2)}`;
      });
      return `${what.padEnd(50)} ${columns.join("   ")}`;
    })
    .join("\n");
}

if (process.argv[1]?.endsWith("scim-scale.ts")) {
  const sizes = process.argv.includes("--quick") ? QUICK_SIZES : FULL_SIZES;
  process.stdout.write(`${scaleTable(await benchScale(sizes))}\n`);
  process.exit(0);
}
