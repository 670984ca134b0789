import { drive, send, type Call } from "./http-load";
import { cpuMs, spread, type Spread } from "./process-figures";
import { startBoth, type Bench, type Side } from "./scim-app";

const ROUNDS = 7;
const REQUESTS = 600;
const PARALLEL = 4;
const PEOPLE = 1200;

export interface CpuFigures {
  readonly kind: string;
  /** Node CPU per request, milliseconds. */
  readonly appMs: Spread;
  readonly bareMs: Spread;
  readonly ratio: Spread;
  /** Median latency with PARALLEL requests under way, milliseconds. */
  readonly appP50: Spread;
  readonly bareP50: Spread;
}

export type Make = (side: Side, index: number) => Call;

function person(name: string): object {
  const userName = `${name}@contoso.example`;
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName,
    externalId: name,
    displayName: `Person ${name}`,
    active: true,
    emails: [{ type: "work", value: userName, primary: true }],
    name: { givenName: "Person", familyName: name },
  };
}

/** Runs one kind of request against one process and says what it cost. */
async function measure(side: Side, make: Make, offset: number): Promise<{ cpu: number; p50: number }> {
  const before = cpuMs(side.pid);
  const times = await drive(REQUESTS, PARALLEL, (index) =>
    send(side.target(offset + index), make(side, offset + index)),
  );
  return { cpu: (cpuMs(side.pid) - before) / REQUESTS, p50: spread(times).median };
}

export async function compare(bench: Bench, kind: string, make: Make): Promise<CpuFigures> {
  const rounds: { app: { cpu: number; p50: number }; bare: { cpu: number; p50: number } }[] = [];
  // The first rounds warm up both compilers and are thrown away.
  for (let round = -2; round < ROUNDS; round++) {
    const offset = (round + 2) * REQUESTS;
    const bare = await measure(bench.bare, make, offset);
    const app = await measure(bench.app, make, offset);
    if (round >= 0) rounds.push({ app, bare });
  }
  return {
    kind,
    appMs: spread(rounds.map(({ app }) => app.cpu)),
    bareMs: spread(rounds.map(({ bare }) => bare.cpu)),
    ratio: spread(rounds.map(({ app, bare }) => app.cpu / bare.cpu)),
    appP50: spread(rounds.map(({ app }) => app.p50)),
    bareP50: spread(rounds.map(({ bare }) => bare.p50)),
  };
}

/** Node CPU per SCIM request beside the bare server's, interleaved in one run on one PostgreSQL. */
export async function benchScimCpu(bench: Bench): Promise<CpuFigures[]> {
  const ids = new Map<Side, string[]>([
    [bench.app, []],
    [bench.bare, []],
  ]);
  for (const side of [bench.bare, bench.app]) {
    await drive(PEOPLE, PARALLEL, async (index) => {
      const call = { method: "POST", path: side.users(index), body: person(`p${index}`) };
      ids.get(side)![index] = ((await send(side.target(index), call)) as { id: string }).id;
    });
  }
  const match = await compare(bench, "match", (side, index) => ({
    method: "GET",
    path: `${side.users(index)}?filter=userName+eq+%22p${index % PEOPLE}%40contoso.example%22`,
  }));
  const post = await compare(bench, "POST", (side, index) => ({
    method: "POST",
    path: side.users(index),
    body: person(`new${index}`),
  }));
  const patch = await compare(bench, "PATCH", (side, index) => ({
    method: "PATCH",
    path: `${side.users(index)}/${ids.get(side)![index % PEOPLE]!}`,
    body: {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "Replace", path: "displayName", value: `Name ${index}` }],
    },
  }));
  return [match, post, patch];
}

/** The figures as lines for people. */
export function cpuTable(figures: readonly CpuFigures[]): string {
  const two = (value: number) => value.toFixed(2).padStart(6);
  const of = ({ median, from, to }: Spread) =>
    `${two(median)} (${from.toFixed(2)}–${to.toFixed(2)})`.padEnd(22);
  const rows = figures.map(
    ({ kind, appMs, bareMs, ratio, appP50, bareP50 }) =>
      `${kind.padEnd(40)}${of(ratio)}${of(appMs)}${of(bareMs)}${of(appP50)}${of(bareP50)}`,
  );
  const heads = ["CPU ratio", "app CPU ms", "bare CPU ms", "app p50 ms", "bare p50 ms"];
  return [`${" ".repeat(41)}${heads.map((head) => head.padEnd(22)).join("")}`, ...rows].join("\n");
}

if (process.argv[1]?.endsWith("scim-cpu.ts")) {
  const bench = await startBoth();
  try {
    process.stdout.write(`${cpuTable(await benchScimCpu(bench))}\n`);
  } finally {
    await bench.close();
  }
  process.exit(0);
}
