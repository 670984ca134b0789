import { spawn } from "node:child_process";
import { join } from "node:path";

import { cleanEnvironment, ROOT, waitUntil } from "../../support/app";
import type { SharedApp } from "../../support/use-app";

/** Next's route handler as a second way to the data of an app that runs. */
export interface NextDoor {
  /** The SCIM root behind this door. */
  readonly baseUrl: string;
  stop(): Promise<void>;
}

const SERVER = "tests/conformance/scim/next-door-server.ts";
const READY_MS = 60_000;

export async function openNextDoor(app: SharedApp): Promise<NextDoor> {
  const variables = { LOG_LEVEL: "warn", ...app.env, NODE_ENV: "production" };
  const child = spawn(process.execPath, ["--import", "tsx", join(ROOT, SERVER)], {
    cwd: ROOT,
    env: cleanEnvironment(variables),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  }
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const origin = () => /^Next door ready on (\S+)$/m.exec(text)?.[1];
  await waitUntil(() => origin() !== undefined || ended(), READY_MS, "Next to be ready");
  if (origin() === undefined) throw new Error(`The second door did not open:\n${text}`);
  return {
    baseUrl: `${origin()}/public-api/scim-v2`,
    async stop() {
      const closed = new Promise((done) => child.once("exit", done));
      if (!ended() && child.kill("SIGTERM")) await closed;
    },
  };
}
