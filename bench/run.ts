/**
 * `npm run bench [-- SECTION …] [-- --quick]`: what SCIM costs, on embedded databases of its own. Prints medians with
 * their spread and ratios within one run; asserts nothing.
 *   throughput  requests a second of create, match and patch beside the bare limit of the same database
 *   cpu         node CPU per request of the built application beside a bare server's
 *   groups      the same for a PATCH that adds 20 members to groups of 100 to 50,000
 *   memory      resident memory over ten minutes at 25 requests a second; only when it is asked for
 *   scale       latency from 1,000 to 200,000 people, and of large groups; --quick for small sizes
 */
import { startBoth, type Bench } from "./scim-app";
import { benchScimCpu, cpuTable } from "./scim-cpu";
import { benchScim, throughputTable } from "./scim-create-match";
import { benchGroupCpu } from "./scim-group-cpu";
import { benchScimMemory, memoryTable } from "./scim-memory";
import { benchScale, FULL_SIZES, QUICK_SIZES, scaleTable } from "./scim-scale";

const quick = process.argv.includes("--quick");
const asked = process.argv.slice(2).filter((word) => !word.startsWith("--"));

async function onBoth(work: (bench: Bench) => Promise<string>): Promise<string> {
  const bench = await startBoth();
  try {
    return await work(bench);
  } finally {
    await bench.close();
  }
}

const SECTIONS: Readonly<Record<string, () => Promise<string>>> = {
  throughput: async () => throughputTable([await benchScim(), await benchScim(), await benchScim()]),
  cpu: () => onBoth(async (bench) => cpuTable(await benchScimCpu(bench))),
  groups: () => onBoth(async (bench) => cpuTable(await benchGroupCpu(bench))),
  memory: () => onBoth(async (bench) => memoryTable(await benchScimMemory(bench))),
  scale: async () => scaleTable(await benchScale(quick ? QUICK_SIZES : FULL_SIZES)),
};

const ALL = Object.keys(SECTIONS).filter((name) => name !== "memory");

for (const name of asked.length > 0 ? asked : ALL) {
  const section = SECTIONS[name];
  if (!section) throw new Error(`There is no section "${name}", only ${Object.keys(SECTIONS).join(", ")}.`);
  process.stdout.write(`${name}\n${await section()}\n\n`);
}
process.exit(0);
