import { readdirSync, readFileSync } from "node:fs";

const NANOSECONDS_PER_MS = 1e6;

/** CPU that a process has used so far with all its threads, user and system, in milliseconds. Linux only. */
export function cpuMs(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce((sum, task) => sum + threadMs(`${tasks}/${task}`), 0);
}

/** The scheduler's own account is exact; /proc/PID/stat counts in hundredths of a second. */
function threadMs(task: string): number {
  try {
    return Number(readFileSync(`${task}/schedstat`, "utf8").split(" ")[0]) / NANOSECONDS_PER_MS;
  } catch {
    const fields = readFileSync(`${task}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }
}

/** Resident memory of a process in megabytes. */
export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

export interface Spread {
  readonly median: number;
  readonly from: number;
  readonly to: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, from: sorted[0]!, to: sorted.at(-1)! };
}
