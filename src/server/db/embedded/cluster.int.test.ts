import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Client } from "pg";
import { afterEach, describe, expect, it } from "vitest";

import { removeDataFolder, startCluster } from "./cluster";
import { isAlive } from "./users-of-cluster";

const folders: string[] = [];

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "chalkroom-cluster-"));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) removeDataFolder(folder);
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The postmasters that run on a data folder, by their command lines (its files may be behind a link). */
function postmasters(folder: string): string[] {
  const files = realpathSync(join(folder, "postgres"));
  const lines = execFileSync("ps", ["-eo", "pid,args"]).toString().split("\n");
  return lines.filter((line) => line.includes(`-D ${files} `));
}

describe("the embedded PostgreSQL", () => {
  it("keeps its data over a stop, and stops when the last user leaves", async () => {
    const folder = dataFolder();
    const first = await startCluster(folder);
    await query(first.url, "CREATE TABLE kept (n int)");
    await first.release();
    expect(postmasters(folder)).toEqual([]);
    const second = await startCluster(folder);
    expect(await query(second.url, "SELECT count(*)::int AS n FROM kept")).toEqual([{ n: 0 }]);
    await second.release();
  });

  it("joins a server that outlived its killed owner, without a second one on the same data", async () => {
    const folder = dataFolder();
    const script = `
      const { startCluster } = await import(${JSON.stringify(join(import.meta.dirname, "cluster.ts"))});
      const cluster = await startCluster(${JSON.stringify(folder)});
      process.stdout.write(cluster.url);
      process.kill(process.pid, "SIGKILL");`;
    const orphanUrl = runKilled(script);
    expect(postmasters(folder)).toHaveLength(1);
    const joined = await startCluster(folder);
    expect(joined.url).toBe(orphanUrl);
    expect(postmasters(folder)).toHaveLength(1);
    await joined.release();
    expect(postmasters(folder)).toEqual([]);
  });

  it("starts again after the server itself was killed", async () => {
    const folder = dataFolder();
    const first = await startCluster(folder);
    await query(first.url, "CREATE TABLE kept AS SELECT 7 AS n");
    const pid = postmasterPid(await query(first.url, "SHOW data_directory"));
    process.kill(pid, "SIGKILL");
    await expect.poll(() => isAlive(pid)).toBe(false);
    const again = await startCluster(folder);
    expect(await query(again.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
    await again.release();
    await first.release();
  });

  it("comes back under its old address when it ends while it is in use", async () => {
    const folder = dataFolder();
    const cluster = await startCluster(folder);
    await query(cluster.url, "CREATE TABLE kept AS SELECT 7 AS n");
    process.kill(postmasterPid(await query(cluster.url, "SHOW data_directory")), "SIGKILL");
    await expect
      .poll(() => query(cluster.url, "SELECT n FROM kept").catch(() => null), { timeout: 20_000 })
      .toEqual([{ n: 7 }]);
    await cluster.release();
    expect(postmasters(folder)).toEqual([]);
  });

  it("works in a folder below one that only its owner may enter", async () => {
    const closed = join(dataFolder(), "home");
    mkdirSync(closed, { mode: 0o700 });
    chmodSync(closed, 0o700);
    const dataDir = join(closed, "chalkroom", ".data");
    const cluster = await startCluster(dataDir);
    expect(await query(cluster.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await cluster.release();
    const again = await startCluster(dataDir);
    await again.release();
    expect(postmasters(dataDir)).toEqual([]);
    removeDataFolder(dataDir);
    expect(existsSync(dataDir)).toBe(false);
  });
});

function runKilled(script: string): string {
  try {
    execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      stdio: "pipe",
    });
  } catch (error) {
    return (error as { stdout: Buffer }).stdout.toString();
  }
  throw new Error("the process was not killed");
}

function postmasterPid(rows: Record<string, unknown>[]): number {
  return Number(
    readFileSync(join(String(rows[0]?.["data_directory"]), "postmaster.pid"), "utf8").split("\n")[0],
  );
}
