import type { Command } from "commander";

import type { Result } from "./terminal";
import type { CliContext } from "./with-runtime";

/** Adds one group of commands; each action returns what is to be printed. */
export type CommandGroup = (
  program: Command,
  context: CliContext,
  present: (work: () => Promise<Result>) => Promise<void>,
) => void;
