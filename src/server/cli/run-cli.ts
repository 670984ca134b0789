import { Command } from "commander";

import { boardCommands } from "./board-commands";
import type { CommandGroup } from "./command-group";
import { memberCommands } from "./member-commands";
import { samlCommands } from "./saml-commands";
import { scimCommands } from "./scim-commands";
import { sessionCommands } from "./session-commands";
import { describeFailure, type Result } from "./terminal";
import type { CliContext } from "./with-runtime";
import { workspaceCommands } from "./workspace-commands";

const GROUPS: readonly CommandGroup[] = [
  workspaceCommands,
  samlCommands,
  scimCommands,
  memberCommands,
  boardCommands,
  sessionCommands,
];

/**
 * Runs one command, for example ["scim", "reveal", "--workspace", "acme", "--json"].
 * @returns the exit status: 0, or 1 after one line (with --json one object `{error, code}`) on standard error.
 */
export async function runCli(argv: readonly string[], context: CliContext): Promise<number> {
  const json = argv.includes("--json");
  const program = new Command("chalkroom")
    .description("Manages a Chalkroom server from a terminal, whether it is running or not.")
    .exitOverride()
    .configureOutput({ writeOut: context.write, writeErr: () => {} })
    .helpCommand(false);

  async function present(work: () => Promise<Result>): Promise<void> {
    const { json: value, lines, notes = [] } = await work();
    for (const note of notes) context.writeError(`${note}\n`);
    context.write(json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(""));
  }
  for (const group of GROUPS) group(program, context, present);
  addJsonOption(program);

  try {
    await program.parseAsync(argv, { from: "user" });
    return 0;
  } catch (error) {
    if (isCommanderExit(error, "commander.helpDisplayed")) return 0;
    if (isCommanderExit(error, "commander.help")) {
      context.writeError(program.helpInformation());
      return 1;
    }
    const failure = describeFailure(error);
    context.writeError(json ? `${JSON.stringify(failure)}\n` : `${failure.error}\n`);
    return 1;
  }
}

/** Every command takes it, before or after its own options. */
function addJsonOption(command: Command): void {
  command.option("--json", "print JSON, also for failures");
  for (const child of command.commands) addJsonOption(child);
}

const isCommanderExit = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
