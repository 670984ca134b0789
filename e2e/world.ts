import { readFileSync } from "node:fs";

import { runCommand } from "../tests/support/app";
import type { World } from "../tests/support/world";

/** The server, workspace and identity provider of this run, and the command line on the same data. */
export function useWorld(): World & { cli(args: readonly string[], stdin?: string): Promise<unknown> } {
  const file = process.env["CHALKROOM_E2E_WORLD"];
  if (file === undefined) throw new Error("The journeys need the server that e2e/global-setup.ts starts.");
  const world = JSON.parse(readFileSync(file, "utf8")) as World;
  return { ...world, cli: (args, stdin) => runCommand(world.env, args, stdin) };
}
