/** `npm run check`: every static check, each to its end, so that one run shows everything there is to mend. */
import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { generateClient } from "./build.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));

const CHECKS = [
  ["format", bin("prettier"), ["--check", "--log-level", "warn", "."]],
  ["lint", bin("oxlint"), ["--type-aware", "--deny-warnings"]],
  ["typecheck", bin("tsc"), ["--noEmit", "-p", "tsconfig.json"]],
  ["typecheck editor", bin("tsc"), ["--noEmit", "-p", "tsconfig.editor.json"]],
  ["boundaries", bin("depcruise"), ["--config", ".dependency-cruiser.cjs", "src", "server.ts"]],
  ["dead code", bin("knip"), []],
  ["schema drift", process.execPath, ["--import", "tsx", "scripts/db-diff.ts"]],
];

/** Runs one check. Returns whether it passed, its output and the seconds it took. */
function run(command, args) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    const finish = (passed) =>
      resolve({ passed, output: output.trim(), seconds: (performance.now() - started) / 1000 });
    child.on("error", (error) => {
      output += error.message;
      finish(false);
    });
    child.on("close", (code) => finish(code === 0));
  });
}

/** dependency-cruiser reports no violations when it could read no file at all (a compiler it does not know, for example). */
function cruisedEnough(output) {
  const modules = Number(/(\d+) modules/.exec(output)?.[1] ?? 0);
  return modules > 50;
}

/** `next-env.d.ts` comes from Next and is not in the repository; the type check needs it. */
function prepare() {
  generateClient();
  const path = fileURLToPath(new URL("../next-env.d.ts", import.meta.url));
  if (!existsSync(path)) {
    writeFileSync(
      path,
      '/// <reference types="next" />\n/// <reference types="next/image-types/global" />\n',
    );
  }
}

const only = process.argv.slice(2);
prepare();
const summary = [];
for (const [name, command, args] of CHECKS) {
  if (only.length > 0 && !only.includes(name)) continue;
  const result = await run(command, args);
  const passed = result.passed && (name !== "boundaries" || cruisedEnough(result.output));
  if (!passed) process.stdout.write(`\n── ${name}\n${result.output}\n`);
  summary.push({ name, passed, seconds: result.seconds });
}
process.stdout.write("\n");
for (const { name, passed, seconds } of summary) {
  process.stdout.write(`${passed ? "passed" : "FAILED"}  ${name} (${seconds.toFixed(1)} s)\n`);
}
if (summary.length === 0) process.stdout.write(`No check is called ${only.join(", ")}.\n`);
process.exit(summary.length > 0 && summary.every(({ passed }) => passed) ? 0 : 1);
