/**
 * Finds a Chromium for the browser journeys, or installs one where that needs no question: CHROMIUM_PATH, an
 * installed Chromium or Chrome, Playwright's own, and as root on a Debian machine the distribution's package.
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PLACES = [
  "/usr/lib/chromium/chromium",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a usable Chromium, or null. A CHROMIUM_PATH that leads nowhere is an error, not a miss. */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!isProgram(named)) throw new Error(`CHROMIUM_PATH is ${named}, which is not a program.`);
    return named;
  }
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES];
  return candidates.find(isProgram) ?? (await playwrightsOwn());
}

async function playwrightsOwn() {
  const { chromium } = await import("@playwright/test");
  const path = chromium.executablePath();
  return path && isProgram(path) ? path : null;
}

/**
 * The path of a Chromium, installing Debian's package when there is none and we may.
 * @throws Error that says what to do.
 */
export async function findOrInstallChromium({ say = () => {} } = {}) {
  const found = await findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    say("No Chromium found: installing the distribution's package …");
    installFromDebian();
    const installed = await findChromium();
    if (installed) return installed;
  }
  throw new Error(
    "The browser journeys need a Chromium and none was found. Install one (Debian and Ubuntu: `apt-get install chromium`; " +
      "elsewhere: `npx playwright install chromium`), or set CHROMIUM_PATH to an existing one.",
  );
}

function installFromDebian() {
  const options = {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  for (const args of [
    ["-o", "Acquire::Retries=3", "update"],
    [
      "-o",
      "Acquire::Retries=3",
      "-o",
      "Dpkg::Use-Pty=0",
      "install",
      "-y",
      "--no-install-recommends",
      "chromium",
    ],
  ]) {
    try {
      execFileSync("apt-get", args, options);
    } catch (error) {
      const tail = `${error.stdout ?? ""}${error.stderr ?? ""}`.trim().split("\n").slice(-5).join("\n");
      throw new Error(`apt-get ${args.at(-1)} failed:\n${tail}`, { cause: error });
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const path = await findOrInstallChromium({ say: (line) => process.stderr.write(`${line}\n`) });
    process.stdout.write(`${path}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
