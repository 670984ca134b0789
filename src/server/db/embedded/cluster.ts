import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { basename, dirname, join, resolve } from "node:path";

import { Client } from "pg";

import { findBinaries } from "./binaries";
import { databaseUser, reachableBinaries, reachableFolder, type SystemUser } from "./system-user";
import { enter, isAlive, leave, withLock } from "./users-of-cluster";

const SUPERUSER = "chalkroom";
const DATABASE = "chalkroom";
const READY_MS = 30_000;

/** A server that was started: where it will answer, and whether it has ended already. */
interface Launched {
  readonly port: number;
  ended(): boolean;
}

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
 * server, or one that outlived a killed server): never a second one on the same data.
 * The port is free and bound to loopback; the password is random and stays in the data folder.
 */
export async function startCluster(dataDir: string, options: ClusterOptions = {}): Promise<EmbeddedCluster> {
  const home = resolve(dataDir);
  mkdirSync(home, { recursive: true });
  const user = databaseUser();
  const folder = reachableFolder(user, join(home, "postgres"));
  const usersFolder = join(home, "postgres-users");
  mkdirSync(usersFolder, { recursive: true });
  const url = await withLock(usersFolder, async () => {
    const password = readOrMakePassword(home);
    enter(usersFolder);
    const urlOn = (port: number) => (database: string) =>
      `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
    const port = await runUntilReady(folder, home, urlOn, () =>
      launch(folder, home, user, password, options),
    );
    const clusterUrl = urlOn(port);
    await ensureDatabase(clusterUrl("postgres"));
    return clusterUrl(DATABASE);
  });
  return {
    url,
    release: () =>
      withLock(usersFolder, async () => {
        if (leave(usersFolder)) await stop(folder);
      }),
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

/** The port of the postmaster that holds this folder, or null. Line 1 of postmaster.pid is its id, line 4 the port. */
function runningPort(folder: string): number | null {
  const pid = postmasterPid(folder);
  if (pid === null) return null;
  const port = Number(readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n")[3]);
  return Number.isInteger(port) && port > 0 ? port : null;
}

function postmasterPid(folder: string): number | null {
  try {
    const pid = Number(readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n")[0]);
    return Number.isInteger(pid) && pid > 0 && isAlive(pid) && isPostgres(pid) ? pid : null;
  } catch {
    return null;
  }
}

/** After a reboot the id in the file may belong to another program. Where /proc is missing, trust the file. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim().startsWith("postgres");
  } catch {
    return process.platform !== "linux";
  }
}

async function launch(
  folder: string,
  home: string,
  user: SystemUser | null,
  password: string,
  options: ClusterOptions,
): Promise<Launched> {
  const binaries = reachableBinaries(user, await findBinaries());
  const identity = user === null ? {} : { uid: user.uid, gid: user.gid };
  if (!existsSync(join(folder, "PG_VERSION"))) initialise(binaries.initdb, folder, password, user, identity);
  const port = await freePort();
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "100",
    shared_buffers: "128MB",
    ...options.settings,
  };
  const logFile = openSync(join(home, "postgres.log"), "a", 0o600);
  // Detached: Ctrl-C reaches the whole foreground group, and the database must outlive our last flush.
  const child = spawn(
    binaries.postgres,
    [
      "-D",
      folder,
      "-p",
      String(port),
      ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
    ],
    {
      cwd: folder,
      detached: true,
      stdio: ["ignore", logFile, logFile],
      env: cleanEnvironment(),
      ...identity,
    },
  );
  child.on("error", () => {
    // Reported by runUntilReady with the log's last lines.
  });
  child.unref();
  closeSync(logFile);
  return {
    port,
    ended: () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined,
  };
}

/** initdb works beside the final place and is renamed into it: a killed initdb leaves nothing that looks whole. */
function initialise(
  initdb: string,
  folder: string,
  password: string,
  user: SystemUser | null,
  identity: { uid?: number; gid?: number },
): void {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  const partial = join(parent, `${basename(folder)}.new`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  const passwordFile = join(partial, "..", `${basename(folder)}.pw`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== null) {
    chownSync(partial, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  try {
    execFileSync(
      initdb,
      [
        `--pgdata=${partial}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // Letters beyond ASCII fold by Unicode, the same on every machine; the C locale's lower() leaves "Ä" alone.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
      ],
      { cwd: partial, stdio: "pipe", env: cleanEnvironment(), ...identity },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  chmodSync(partial, 0o700);
  renameSync(partial, folder);
}

/** Another installation's PG* variables and LD_LIBRARY_PATH must not reach ours. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    LC_ALL: "C",
    NODE_ENV: "production",
  };
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolvePort(port));
    });
  });
}

/**
 * Joins the running server or starts one, until it answers. A fresh one may end at once while the children of a
 * killed one still hold its shared memory, so it is started again until they are gone.
 */
async function runUntilReady(
  folder: string,
  home: string,
  urlOn: (port: number) => (database: string) => string,
  start: () => Promise<Launched>,
): Promise<number> {
  const deadline = Date.now() + READY_MS;
  let launched: Launched | null = null;
  let cause: unknown;
  while (Date.now() < deadline) {
    if (launched === null || launched.ended()) {
      const running = runningPort(folder);
      launched =
        running === null ? await start() : { port: running, ended: () => runningPort(folder) === null };
    }
    try {
      await connectOnce(urlOn(launched.port)("postgres"));
      return launched.port;
    } catch (error) {
      cause = error;
      await new Promise((resolveWait) => setTimeout(resolveWait, launched?.ended() ? 250 : 40));
    }
  }
  const logPath = join(home, "postgres.log");
  const tail = existsSync(logPath) ? readFileSync(logPath, "utf8").split("\n").slice(-8).join("\n") : "";
  throw new Error(`The embedded PostgreSQL did not start.\n${tail}`, { cause });
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

/** Fast shutdown (SIGINT to the postmaster): open transactions are rolled back, data files closed cleanly. */
async function stop(folder: string): Promise<void> {
  const pid = postmasterPid(folder);
  if (pid === null) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + 15_000;
  while (isAlive(pid) && Date.now() < deadline) {
    await new Promise((resolveWait) => setTimeout(resolveWait, 20));
  }
}
