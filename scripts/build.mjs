/**
 * Builds what is out of date: the Prisma client, Next's output, the server's and the command line's bundles.
 * "Out of date" is a hash over the sources' contents, so that a second start builds nothing.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const STAMP = join(root, "dist", "build.json");
const BUNDLE_STAMP = join(root, "dist", "bundles.json");
const CLIENT_STAMP = join(root, "src", "generated", "stamp.json");

const SOURCES = ["src", "public", "prisma", "server.ts", "scripts/build.mjs", "scripts/cli.ts"];
const SETTINGS = ["next.config.ts", "postcss.config.mjs", "package-lock.json", "tsconfig.json"];

function* files(path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  let entries;
  try {
    entries = readdirSync(full, { withFileTypes: true });
  } catch {
    yield path;
    return;
  }
  for (const entry of entries) {
    if (path === "src" && entry.name === "generated") continue;
    if (/\.test\.tsx?$/.test(entry.name)) continue;
    const child = `${path}/${entry.name}`;
    if (entry.isDirectory()) yield* files(child);
    else yield child;
  }
}

function fingerprint(paths) {
  const hash = createHash("sha256").update(process.version);
  for (const path of paths.flatMap((start) => [...files(start)]).sort()) {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)));
  }
  return hash.digest("hex");
}

const stamped = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).fingerprint : null);

function stamp(path, value) {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, JSON.stringify({ fingerprint: value }));
}

/** Runs a program of node_modules with this Node; its output is shown only when it fails. */
function run(program, args, env = {}) {
  try {
    execFileSync(process.execPath, [program, ...args], {
      cwd: root,
      stdio: process.env.CHALKROOM_BUILD_VERBOSE ? "inherit" : "pipe",
      env: { ...process.env, ...env },
    });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ""}${error.stderr ?? ""}\n`);
    throw new Error(`${program.split("/node_modules/").at(-1)} ${args.join(" ")} failed`, { cause: error });
  }
}

/** The Prisma client; any existing file as "engine" keeps the CLI from downloading one it does not need here. */
export function generateClient() {
  const wanted = fingerprint(["prisma/schema.prisma", "package-lock.json"]);
  if (stamped(CLIENT_STAMP) === wanted) return;
  run(require.resolve("prisma/build/index.js"), ["generate"], {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  });
  stamp(CLIENT_STAMP, wanted);
}

/** Builds for production when the sources have changed since the last build. Returns whether it built. */
export async function build({ say = () => {} } = {}) {
  generateClient();
  const wanted = fingerprint([...SOURCES, ...SETTINGS]);
  if (stamped(STAMP) === wanted && existsSync(join(root, ".next", "BUILD_ID"))) return false;
  say("Building Chalkroom (once, until the sources change) …");
  rmSync(STAMP, { force: true });
  run(require.resolve("next/dist/bin/next"), ["build"], {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  await bundle();
  stamp(STAMP, wanted);
  return true;
}

/** The server's and the command line's bundles: enough for a command, without Next's build. */
export async function bundle() {
  generateClient();
  const wanted = fingerprint([...SOURCES, ...SETTINGS]);
  if (stamped(BUNDLE_STAMP) === wanted && existsSync(join(root, "dist", "cli.mjs"))) return;
  const esbuild = await import("esbuild");
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { server: "server.ts", cli: "scripts/cli.ts", env: "src/server/kernel/env.ts" },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    chunkNames: "chunk-[hash]",
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
  stamp(BUNDLE_STAMP, wanted);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--client")) generateClient();
  else await build({ say: (line) => process.stdout.write(`${line}\n`) });
}
