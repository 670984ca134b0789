import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Which processes use the cluster (a server, a command-line call beside it): a file per process id.
 * The last one out stops the database; one that was killed is known by its dead process id.
 */
export function enter(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, String(process.pid)), processStart(process.pid) ?? "");
}

/** Leaves; true when nobody else is in. */
export function leave(folder: string): boolean {
  rmSync(join(folder, String(process.pid)), { force: true });
  return others(folder).length === 0;
}

function others(folder: string): number[] {
  const pids = readdirSync(folder).map(Number).filter(Number.isInteger);
  return pids.filter((pid) => {
    if (pid === process.pid) return false;
    const recorded = readFileSync(join(folder, String(pid)), "utf8");
    const living = isAlive(pid) && (recorded === "" || recorded === processStart(pid));
    if (!living) rmSync(join(folder, String(pid)), { force: true });
    return living;
  });
}

/**
 * Whether a process with this id runs (also one of another user). A killed process whose parent has not asked
 * for it yet is dead all the same: in a container without an init it would stay like that for ever.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return processStat(pid)?.[0] !== "Z";
}

/** The start time of a process on Linux, so that a reused id is not taken for the old process; elsewhere null. */
function processStart(pid: number): string | null {
  return processStat(pid)?.[19] ?? null;
}

/** The fields of /proc/PID/stat after the name, which may hold spaces: the first is the state. */
function processStat(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

/**
 * Runs `work` while holding a lock file in the folder; waits for the holder, takes the lock of a dead one.
 * @throws Error after 60 s, which names the process that holds it.
 */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, "lock");
  const deadline = Date.now() + 60_000;
  while (!tryLock(path)) {
    if (Date.now() > deadline) {
      throw new Error(
        `Process ${readLock(path)} holds the database's lock (${path}) for more than a minute.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const holder = readLock(path);
    if (holder !== null && holder !== process.pid && !isAlive(holder)) rmSync(path, { force: true });
    return false;
  }
}

function readLock(path: string): number | null {
  try {
    return Number(readFileSync(path, "utf8")) || null;
  } catch {
    return null;
  }
}
