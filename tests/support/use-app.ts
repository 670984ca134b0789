import { inject } from "vitest";

import { runCommand } from "./app";
import type { World } from "./world";

/** The app that the conformance project has started, and its command line. */
export interface SharedApp extends World {
  /** Runs a command and returns its parsed JSON. @throws CliFailure */
  cli(args: readonly string[], stdin?: string): Promise<unknown>;
}

/** What `app-setup.ts` has started. Specs share it, so each makes its own people, groups and boards. */
export function useApp(): SharedApp {
  const world = inject("world");
  return { ...world, cli: (args, stdin) => runCommand(world.env, args, stdin) };
}
