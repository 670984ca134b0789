import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { Client } from "pg";

import { removeDataFolder, startCluster } from "../../src/server/db/embedded/cluster";
import { databaseUser } from "../../src/server/db/embedded/system-user";
import { newDataFolder, waitUntil } from "./app";

/** A PostgreSQL that the app did not start and must leave running. */
export interface OrdinaryPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** The cluster of another data folder, seen by the app as any server. */
export async function startOtherCluster(): Promise<OrdinaryPostgres> {
  const dataDir = newDataFolder();
  const cluster = await startCluster(dataDir);
  return {
    url: cluster.url,
    async stop() {
      await cluster.release();
      removeDataFolder(dataDir);
    },
  };
}

/** Folder of the newest PostgreSQL that Debian's packages have installed, or null. */
export function findDebianPostgres(): string | null {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root)
    ? readdirSync(root).filter((name) => existsSync(join(root, name, "bin/initdb")))
    : [];
  const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
  return newest === undefined || Number(newest) < 15 ? null : join(root, newest, "bin");
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

/** A fresh cluster of the system's own PostgreSQL. */
export async function startDebianPostgres(bin: string): Promise<OrdinaryPostgres> {
  const home = newDataFolder();
  const folder = join(home, "cluster");
  mkdirSync(folder, { mode: 0o700 });
  const user = databaseUser();
  const identity = user === null ? {} : { uid: user.uid, gid: user.gid };
  if (user !== null) chownSync(folder, user.uid, user.gid);
  execFileSync(
    join(bin, "initdb"),
    ["-D", folder, "-U", "app", "--auth=trust", "--encoding=UTF8", "--locale=C"],
    {
      cwd: folder,
      stdio: "pipe",
      ...identity,
    },
  );
  const port = await freePort();
  const settings = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
  const server = spawn(join(bin, "postgres"), ["-D", folder, "-p", String(port), ...settings], {
    cwd: folder,
    stdio: "ignore",
    ...identity,
  });
  const url = `postgresql://app@127.0.0.1:${port}/postgres`;
  await waitUntil(() => answers(url), 20_000, "PostgreSQL to answer");
  return {
    url,
    async stop() {
      server.kill("SIGINT");
      await waitUntil(
        () => server.exitCode !== null || server.signalCode !== null,
        15_000,
        "PostgreSQL to stop",
      );
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Whether a database can be reached. */
export async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
