import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { cleanEnvironment } from "./initdb";
import type { SystemUser } from "./system-user";
import { isAlive } from "./users-of-cluster";

const STOP_MS = 15_000;

/** Where a cluster lives and how its server runs. */
export interface Place {
  /** PostgreSQL's data directory. */
  readonly folder: string;
  readonly logPath: string;
  /** Whom the server runs as; null for whoever we are. */
  readonly user: SystemUser | null;
  /** Server settings beside ours. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A server that was started: where it will answer, and whether it has ended already. */
export interface Launched {
  readonly port: number;
  ended(): boolean;
}

/** The postmaster that holds a data directory, or null. Line 1 of postmaster.pid is its id, line 4 the port. */
export function findPostmaster(folder: string): { readonly pid: number; readonly port: number } | null {
  try {
    const lines = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 && port > 0 && isAlive(pid) && isPostgres(pid) ? { pid, port } : null;
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

/**
 * Starts a postmaster on a cluster that initdb has made.
 * @param wanted the port, for one that takes the place of another; by default a free one.
 */
export async function launchPostmaster(place: Place, postgres: string, wanted?: number): Promise<Launched> {
  const { folder, logPath, user } = place;
  const port = wanted ?? (await freePort());
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "100",
    shared_buffers: "128MB",
    ...place.settings,
  };
  const logFile = openSync(logPath, "a", 0o600);
  // Detached: Ctrl-C reaches the whole foreground group, and the database must outlive our last flush.
  const child = spawn(
    postgres,
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
      ...user,
    },
  );
  child.on("error", () => {
    // Reported by whoever waits for it with the log's last lines.
  });
  child.unref();
  closeSync(logFile);
  return {
    port,
    ended: () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined,
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

/** Fast shutdown (SIGINT to the postmaster): open transactions are rolled back, data files closed cleanly. */
export async function stopPostmaster(folder: string): Promise<void> {
  const running = findPostmaster(folder);
  if (running === null) return;
  process.kill(running.pid, "SIGINT");
  const deadline = Date.now() + STOP_MS;
  while (isAlive(running.pid) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
