import { db, disconnect } from "../src/server/db/index";
import { provideEnv } from "../src/server/kernel/env";

import { fillGroups, fillPeople, type FilledGroup } from "./scale-data";
import { startBoth, WORKSPACES, type Bench } from "./scim-app";
import { compare, cpuTable, type CpuFigures } from "./scim-cpu";

const SIZES = [100, 5_000, 50_000];
const ADDED = 20;
/** Whom the requests choose from: enough that nobody is added a second time, which would be cheaper. */
const OUTSIDERS = 9_000;

/**
 * Node CPU of a PATCH that adds 20 members, for groups of several sizes, beside a bare server that inserts them by one
 * statement. Every one of the workspaces has a group of each size, because the rate limit is theirs.
 */
export async function benchGroupCpu(bench: Bench): Promise<CpuFigures[]> {
  provideEnv({ databaseUrl: bench.databaseUrl });
  const groups: FilledGroup[][] = [];
  for (let index = 0; index < WORKSPACES; index++) {
    const people = await fillPeople(bench.app.workspaceId(index), OUTSIDERS + Math.max(...SIZES));
    groups[index] = await fillGroups(people, SIZES, OUTSIDERS);
  }
  await db().$executeRaw`INSERT INTO "BareMembership" SELECT * FROM "GroupMembership"`;
  await disconnect();
  const figures: CpuFigures[] = [];
  for (const [size, count] of SIZES.entries()) {
    const row = await compare(bench, `adding ${ADDED} to a group of ${count}`, (side, index) => {
      const group = groups[index % WORKSPACES]![size]!;
      const from = (Math.floor(index / WORKSPACES) * ADDED) % OUTSIDERS;
      const value = group.outsiders.slice(from, from + ADDED).map((id) => ({ $ref: null, value: id }));
      return {
        method: "PATCH",
        path: `${side.groups(index)}/${group.id}`,
        body: {
          schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
          Operations: [{ op: "Add", path: "members", value }],
        },
      };
    });
    figures.push(row);
  }
  return figures;
}

if (process.argv[1]?.endsWith("scim-group-cpu.ts")) {
  const bench = await startBoth();
  try {
    process.stdout.write(`${cpuTable(await benchGroupCpu(bench))}\n`);
  } finally {
    await bench.close();
  }
  process.exit(0);
}
