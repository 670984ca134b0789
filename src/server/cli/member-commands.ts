import { inWorkspaceTx, type WorkspaceScope } from "#server/db/index";
import {
  deactivateMember,
  findMember,
  getMemberForUpdate,
  listMembers,
  reactivateMember,
  type Member,
} from "#server/directory/index";
import { AppError } from "#server/kernel/errors";

import type { CommandGroup } from "./command-group";
import { withWorkspace } from "./with-runtime";

interface OneMember {
  readonly workspace: string;
  readonly email?: string;
  readonly id?: string;
}

const publicMember = ({
  id,
  email,
  role,
  active,
  source,
}: Pick<Member, "id" | "email" | "role" | "active" | "source">) => ({
  id,
  email,
  role,
  active,
  source,
});

/** The one living member that the options name. @throws AppError NOT_FOUND, BAD_INPUT */
export async function getNamedMember(
  scope: WorkspaceScope,
  key: { readonly email?: string; readonly id?: string },
): Promise<Member> {
  const { email, id } = key;
  if ((email === undefined) === (id === undefined)) {
    throw new AppError("BAD_INPUT", "Name the member either by --email or by --id.");
  }
  const found =
    id !== undefined
      ? await findMember(scope, { id })
      : ((await findMember(scope, { email: email! })) ?? (await findMember(scope, { userName: email! })));
  if (!found) throw new AppError("NOT_FOUND", `The workspace has no member ${email ?? id}.`);
  return found;
}

/** `member list|deactivate|reactivate`. */
export const memberCommands: CommandGroup = (program, context, present) => {
  const member = program.command("member").description("members of a workspace");

  member
    .command("list")
    .description("everybody, by name")
    .requiredOption("--workspace <slug>", "the workspace")
    .action((options: { readonly workspace: string }) =>
      present(() =>
        withWorkspace(context, options.workspace, async ({ scope }) => {
          const members = await listMembers(scope);
          return {
            json: members.map(publicMember),
            lines: members.map(
              ({ id, name, email, userName, role, active, source }) =>
                `${id}  ${active ? "active  " : "inactive"}  ${role.padEnd(6)}  ${source.padEnd(10)}  ${name} <${email ?? userName}>`,
            ),
          };
        }),
      ),
    );

  for (const action of ["deactivate", "reactivate"] as const) {
    member
      .command(action)
      .description(
        action === "deactivate"
          ? "cut a member off at once, everywhere"
          : "let a deactivated member in again",
      )
      .requiredOption("--workspace <slug>", "the workspace")
      .option("--email <address>", "the member's e-mail address or user name")
      .option("--id <id>", "the member's id")
      .action((options: OneMember) =>
        present(() =>
          withWorkspace(context, options.workspace, async ({ scope, actor }) => {
            const { id } = await getNamedMember(scope, options);
            const changed = await inWorkspaceTx(scope, async (tx) => {
              const locked = await getMemberForUpdate(tx, id);
              return action === "deactivate"
                ? deactivateMember(tx, actor, locked, "command line")
                : reactivateMember(tx, actor, locked);
            });
            return {
              json: publicMember(changed),
              lines: [
                `${changed.name} is ${changed.active ? "active" : "deactivated; sessions and sockets are closed"}.`,
              ],
            };
          }),
        ),
      );
  }
};
