import { createWorkspaceWithOwner } from "#server/auth/index";
import { env } from "#server/kernel/env";
import { AppError } from "#server/kernel/errors";

import type { CommandGroup } from "./command-group";
import { readPassword } from "./terminal";
import { withRuntime } from "./with-runtime";

interface CreateOptions {
  readonly slug: string;
  readonly name: string;
  readonly ownerEmail: string;
  readonly ownerName: string;
  readonly ownerPasswordStdin?: true;
}

/** `workspace create`: a workspace and its owner without a browser. */
export const workspaceCommands: CommandGroup = (program, context, present) => {
  program
    .command("workspace")
    .description("workspaces")
    .command("create")
    .description("make a workspace with its owner")
    .requiredOption("--slug <slug>", "the name in URLs: lower-case letters, digits, hyphens")
    .requiredOption("--name <name>", "what people see")
    .requiredOption("--owner-email <address>", "the owner's e-mail address")
    .requiredOption("--owner-name <name>", "the owner's name")
    .option("--owner-password-stdin", "read the owner's password from standard input (needed)")
    .action((options: CreateOptions) =>
      present(async () => {
        if (!options.ownerPasswordStdin) {
          // An option would show the password in the list of processes and in the shell's history.
          throw new AppError(
            "BAD_INPUT",
            "Give the owner's password on standard input, with --owner-password-stdin.",
          );
        }
        const password = await readPassword(context.stdin);
        const { slug, name, ownerEmail, ownerName } = options;
        return withRuntime(context, async () => {
          const made = await createWorkspaceWithOwner({ slug, name, ownerEmail, ownerName, password });
          return {
            json: { id: made.id, slug: made.slug, ownerId: made.ownerId },
            lines: [
              `Workspace ${name} is ready: ${env().publicUrl}/w/${made.slug}`,
              `  workspace id  ${made.id}`,
              `  owner         ${ownerName} <${ownerEmail}>, ${made.ownerId}`,
            ],
          };
        });
      }),
    );
};
