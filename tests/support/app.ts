import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { removeDataFolder } from "../../src/server/db/embedded/cluster";
import {
  findPostmaster as findPostmasterIn,
  stopPostmaster as stopPostmasterIn,
} from "../../src/server/db/embedded/postmaster";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Long enough for a build on two busy cores; a start without one takes seconds. */
const READY_MS = 600_000;
const OUR_VARIABLES =
  /^(PORT|HOST|PUBLIC_URL|DATABASE_URL|DATA_DIR|APP_SECRET|ENTRA_AUTHORITY|REDIS_URL|SMTP_URL|LOG_LEVEL|METRICS_TOKEN|TRUST_PROXY|NODE_ENV|NODE_OPTIONS|TEST|NEXTAUTH_.*|CHALKROOM_.*|VITEST.*|npm_.*)$/;

export type Variables = Readonly<Record<string, string>>;

/** This process's environment without anything that would configure a Chalkroom, and with what is given. */
export function cleanEnvironment(variables: Variables): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OUR_VARIABLES.test(name));
  return { ...Object.fromEntries(kept), ...variables } as NodeJS.ProcessEnv;
}

export interface Finished {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of this checkout to its end. */
export function runNode(
  args: readonly string[],
  options: { readonly env?: Variables; readonly stdin?: string; readonly cwd?: string } = {},
): Promise<Finished> {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? ROOT,
    env: cleanEnvironment(options.env ?? {}),
    stdio: "pipe",
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  child.stdin.on("error", () => {
    // A program that refuses its arguments ends before it reads.
  });
  child.stdin.end(options.stdin ?? "");
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (status, signal) => done({ status, signal, ...output }));
  });
}

/** A command that failed, with what it said on standard error. */
export class CliFailure extends Error {
  constructor(
    readonly code: string,
    readonly error: string,
    readonly status: number | null,
  ) {
    super(`${code}: ${error}`);
    this.name = "CliFailure";
  }
}

/** Runs a command with `--json` and returns the parsed result. @throws CliFailure */
export async function runCommand(env: Variables, args: readonly string[], stdin = ""): Promise<unknown> {
  const { status, stdout, stderr } = await runNode(["scripts/cli.mjs", ...args, "--json"], { env, stdin });
  if (status === 0) return JSON.parse(stdout) as unknown;
  let failure: { code: string; error: string };
  try {
    failure = JSON.parse(stderr) as typeof failure;
  } catch {
    failure = { code: "UNREADABLE", error: stderr };
  }
  throw new CliFailure(failure.code, failure.error, status);
}

export interface AppOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** A folder to use, and to leave there at the end; by default a new one. */
  readonly dataDir?: string;
  readonly env?: Variables;
  /** The checkout to start. */
  readonly root?: string;
  /** Start it as people do, `npm start`; signals then go to npm, not to the server. */
  readonly byNpm?: boolean;
}

/** The built app in a process of its own. */
export interface App {
  readonly baseUrl: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** Null when a workspace was there already. */
  readonly setupCode: string | null;
  /** From spawn to "ready", in milliseconds. */
  readonly startMs: number;
  /** Runs a command on the same data and returns its parsed JSON. @throws CliFailure */
  cli(args: readonly string[], stdin?: string): Promise<unknown>;
  /** Ends it by a signal; the exit status, null when it did not exit by itself. */
  stop(signal?: "SIGTERM" | "SIGINT"): Promise<number | null>;
  /** Takes the process away without a chance to tidy up. The database goes on. */
  kill9(): Promise<void>;
  /** Goes away as the reader of its output, as a log collector that dies. */
  closeOutput(): void;
  /** Standard output and error so far. */
  output(): string;
  /** Ends everything, the database included, and deletes a folder that was made for this app. */
  dispose(): Promise<void>;
}

/** A new data folder that the database's user can enter, also when we are root. */
export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "chalkroom-app-"));
  chmodSync(folder, 0o755);
  return folder;
}

/** PostgreSQL's data directory of a data folder; may be a link. */
const databaseFolder = (dataDir: string) => join(resolve(dataDir), "postgres");

/** The process id of the PostgreSQL that holds this data folder, or null. */
export function findPostmaster(dataDir: string): number | null {
  return findPostmasterIn(databaseFolder(dataDir))?.pid ?? null;
}

/** Stops a PostgreSQL that outlived its app. */
export function stopPostmaster(dataDir: string): Promise<void> {
  return stopPostmasterIn(databaseFolder(dataDir));
}

export async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  ms: number,
  what: string,
): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms in vain for ${what}.`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

const exited = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

function waitForExit(child: ChildProcess): Promise<number | null> {
  if (exited(child)) return Promise.resolve(child.exitCode);
  return new Promise((done) => child.once("exit", (status) => done(status)));
}

/** Starts the built app (it builds first when the sources have changed) and waits until it is ready. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const dataDir = options.dataDir ?? newDataFolder();
  const root = options.root ?? ROOT;
  const variables: Variables = { LOG_LEVEL: "warn", ...options.env, DATA_DIR: dataDir };
  const startedAt = performance.now();
  const program = options.byNpm ? "npm" : process.execPath;
  const child = spawn(program, [options.byNpm ? "start" : join(root, "scripts", "start.mjs")], {
    cwd: root,
    env: cleanEnvironment({ ...variables, PORT: String(options.port ?? 0) }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  }
  const readyUrl = () => /^Chalkroom ready on (http\S+)$/m.exec(text)?.[1];
  await waitUntil(() => readyUrl() !== undefined || exited(child), READY_MS, "the app to be ready");
  const baseUrl = readyUrl();
  if (baseUrl === undefined)
    throw new Error(`The app ended with ${child.exitCode ?? child.signalCode}:\n${text}`);
  const startMs = performance.now() - startedAt;

  async function stop(signal: "SIGTERM" | "SIGINT" = "SIGTERM"): Promise<number | null> {
    if (!exited(child)) child.kill(signal);
    return waitForExit(child);
  }
  return {
    baseUrl,
    port: Number(new URL(baseUrl).port),
    dataDir,
    pid: child.pid!,
    setupCode: /^Set-up code for \S+: (\S+)$/m.exec(text)?.[1] ?? null,
    startMs,
    cli: (args, stdin) => runCommand(variables, args, stdin),
    stop,
    async kill9() {
      child.kill("SIGKILL");
      await waitForExit(child);
    },
    closeOutput() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    output: () => text,
    async dispose() {
      await stop();
      await stopPostmaster(dataDir);
      if (options.dataDir === undefined) removeDataFolder(dataDir);
    },
  };
}
