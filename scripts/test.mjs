/**
 * `npm test`: everything. Finds a browser, builds, then runs the four runners one after another to their end;
 * a runner that executed nothing counts as a failure. The last line is the sum over all of them.
 * `npm test -- unit browser` runs those two only.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "./build.mjs";
import { findOrInstallChromium } from "./chromium.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const RUNNER_MS = 15 * 60_000;
/** Settings of a developer's own server; with them the tests would touch that server's data. */
const FOREIGN = [
  "PORT",
  "HOST",
  "PUBLIC_URL",
  "DATABASE_URL",
  "DATA_DIR",
  "APP_SECRET",
  "REDIS_URL",
  "SMTP_URL",
];

const say = (line) => process.stdout.write(`${line}\n`);
const program = (path) => join(root, "node_modules", path);
const reports = mkdtempSync(join(tmpdir(), "chalkroom-reports-"));

function environment(extra) {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.includes(name));
  return { ...Object.fromEntries(kept), ...extra };
}

/** Runs a program with its output shown. Returns whether it ended well within its time. */
function run(args, env) {
  return new Promise((resolve) => {
    const options = { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: environment(env) };
    const child = spawn(process.execPath, args, options);
    const timer = setTimeout(() => {
      say(`Stopped after ${RUNNER_MS / 60_000} minutes.`);
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 10_000).unref();
    }, RUNNER_MS);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

function readReport(path) {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

async function runVitest(name, projects) {
  const report = join(reports, `${name}.json`);
  const ok = await run([
    program("vitest/vitest.mjs"),
    "run",
    ...projects.flatMap((project) => ["--project", project]),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const counts = readReport(report);
  return { ok, passed: counts?.numPassedTests ?? 0, failed: counts?.numFailedTests ?? 0 };
}

async function runPlaywright(chromium) {
  const report = join(reports, "browser.json");
  const ok = await run([program("@playwright/test/cli.js"), "test", "--reporter=list,json"], {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const stats = readReport(report)?.stats;
  return { ok, passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) };
}

/** What a runner counted, corrected: no test at all, or a bad end without a failed test, is one failure. */
function judge({ ok, passed, failed }) {
  if (passed + failed === 0) return { passed, failed: 1, note: "executed nothing" };
  if (!ok && failed === 0) return { passed, failed: 1, note: "ended with an error outside its tests" };
  return { passed, failed, note: "" };
}

async function attempt(work) {
  try {
    return { value: await work(), problem: "" };
  } catch (error) {
    return { value: null, problem: error.message };
  }
}

const chromium = await attempt(() => findOrInstallChromium({ say }));
const built = await attempt(() => build({ say }));
const buildProblem = built.problem && `the build failed: ${built.problem}`;

const runners = [
  { name: "unit and guards", problem: "", run: () => runVitest("unit", ["unit", "guards"]) },
  { name: "integration", problem: "", run: () => runVitest("integration", ["integration"]) },
  { name: "conformance", problem: buildProblem, run: () => runVitest("conformance", ["conformance"]) },
  { name: "browser", problem: buildProblem || chromium.problem, run: () => runPlaywright(chromium.value) },
];

const wanted = process.argv.slice(2);
const chosen = runners.filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)),
);

const results = [];
for (const runner of chosen) {
  say(`\n── ${runner.name}`);
  if (runner.problem) say(`Not run: ${runner.problem}`);
  const counted = runner.problem
    ? { passed: 0, failed: 1, note: "could not run" }
    : judge(await runner.run());
  results.push({ name: runner.name, ...counted });
}
rmSync(reports, { recursive: true, force: true });

say("");
for (const { name, passed, failed, note } of results) {
  say(`${name}: ${passed} passed, ${failed} failed${note && ` (${note})`}`);
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
say(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exit(results.length > 0 && sum("failed") === 0 ? 0 : 1);
