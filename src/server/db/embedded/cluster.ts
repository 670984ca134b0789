import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { Client } from "pg";

import { log } from "#server/kernel/logger";

import { findBinaries } from "./binaries";
import { initialise, SUPERUSER } from "./initdb";
import { findPostmaster, launchPostmaster, stopPostmaster, type Launched, type Place } from "./postmaster";
import { databaseUser, reachableBinaries, reachableFolder } from "./system-user";
import { enter, leave, withLock } from "./users-of-cluster";

const DATABASE = "chalkroom";
const READY_MS = 30_000;
const WATCH_MS = 1_000;

/** A running embedded PostgreSQL that this process uses. */
export interface EmbeddedCluster {
  readonly url: string;
  /** Leaves the cluster and stops it when nobody else uses it. */
  release(): Promise<void>;
}

export interface ClusterOptions {
  /** Extra server settings, for example {fsync: "off"} for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts the embedded PostgreSQL of a data folder, or joins the one that runs already (a command beside the
 * server, or one that outlived a killed server): never a second one on the same data. One that ends under us is
 * started again on the same port.
 * The port is free and bound to loopback; the password is random and stays in the data folder.
 */
export async function startCluster(dataDir: string, options: ClusterOptions = {}): Promise<EmbeddedCluster> {
  const home = resolve(dataDir);
  mkdirSync(home, { recursive: true });
  const user = databaseUser();
  const place: Place = {
    folder: reachableFolder(user, join(home, "postgres")),
    logPath: join(home, "postgres.log"),
    user,
    settings: options.settings ?? {},
  };
  const usersFolder = join(home, "postgres-users");
  mkdirSync(usersFolder, { recursive: true });
  const password = await withLock(usersFolder, () => Promise.resolve(readOrMakePassword(home)));
  const urlOn = (port: number, database: string) =>
    `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;

  /** Joins or starts, and waits until it answers; the port it then has. */
  const run = (wanted?: number) =>
    withLock(usersFolder, async () => {
      enter(usersFolder);
      const binaries = reachableBinaries(user, await findBinaries());
      if (!existsSync(join(place.folder, "PG_VERSION"))) {
        initialise(binaries.initdb, place.folder, password, user);
      }
      return runUntilReady(
        place,
        () => launchPostmaster(place, binaries.postgres, wanted),
        (port) => urlOn(port, "postgres"),
      );
    });

  const port = await run();
  await ensureDatabase(urlOn(port, "postgres"));
  const stopWatching = watch(place.folder, () => run(port));
  return {
    url: urlOn(port, DATABASE),
    async release() {
      await stopWatching();
      await withLock(usersFolder, async () => {
        if (leave(usersFolder)) await stopPostmaster(place.folder);
      });
    },
  };
}

/** Starts a server again that has ended (out of memory, a kill by hand): the pool finds it under its old address. */
function watch(folder: string, revive: () => Promise<unknown>): () => Promise<void> {
  let reviving: Promise<void> | null = null;
  const timer = setInterval(() => {
    if (reviving !== null || findPostmaster(folder) !== null) return;
    log().error("the embedded PostgreSQL has ended; starting it again");
    reviving = revive()
      .catch((error: unknown) => log().error({ err: error }, "the embedded PostgreSQL did not come back"))
      .then(() => {
        reviving = null;
      });
  }, WATCH_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await reviving;
  };
}

/** Deletes a data folder and the cluster in it, wherever its files are. Only when nothing runs on it (tests, demo). */
export function removeDataFolder(dataDir: string): void {
  const folder = reachableFolder(null, join(resolve(dataDir), "postgres"));
  rmSync(folder, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

function readOrMakePassword(home: string): string {
  const path = join(home, "postgres-password");
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return readFileSync(path, "utf8").trim();
}

/**
 * Joins the running server or starts one, until it answers. A fresh one may end at once while the children of a
 * killed one still hold its shared memory, so it is started again until they are gone.
 */
async function runUntilReady(
  { folder, logPath }: Place,
  start: () => Promise<Launched>,
  urlOn: (port: number) => string,
): Promise<number> {
  const deadline = Date.now() + READY_MS;
  let launched: Launched | null = null;
  let cause: unknown;
  while (Date.now() < deadline) {
    if (launched === null || launched.ended()) launched = joinRunning(folder) ?? (await start());
    try {
      await connectOnce(urlOn(launched.port));
      return launched.port;
    } catch (error) {
      cause = error;
      await new Promise((resolveWait) => setTimeout(resolveWait, launched?.ended() ? 250 : 40));
    }
  }
  const tail = existsSync(logPath) ? readFileSync(logPath, "utf8").split("\n").slice(-8).join("\n") : "";
  throw new Error(`The embedded PostgreSQL did not start.\n${tail}`, { cause });
}

function joinRunning(folder: string): Launched | null {
  const running = findPostmaster(folder);
  return running && { port: running.port, ended: () => findPostmaster(folder) === null };
}

async function connectOnce(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
  } finally {
    await client.end().catch(() => {
      // Nothing was open.
    });
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE "${DATABASE}"`);
  } finally {
    await client.end();
  }
}
