import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx } from "#server/db/index";
import { env } from "#server/kernel/env";
import { AppError } from "#server/kernel/errors";
import { createSession, sessionCookie } from "#server/sessions/index";

import { getNamedMember } from "./member-commands";
import type { CommandGroup } from "./command-group";
import { withWorkspace } from "./with-runtime";

/** `session create`: a signed-in cookie for tests and scripts, refused on servers that real people use. */
export const sessionCommands: CommandGroup = (program, context, present) => {
  program
    .command("session")
    .description("sessions for tests")
    .command("create")
    .description("sign a member in without a browser; only while CHALKROOM_ALLOW_TEST_SESSIONS=1")
    .requiredOption("--workspace <slug>", "the workspace")
    .requiredOption("--email <address>", "the member's e-mail address or user name")
    .action((options: { readonly workspace: string; readonly email: string }) =>
      present(async () => {
        if (!env().allowTestSessions) {
          throw new AppError(
            "FORBIDDEN",
            "Sessions can be made only while CHALKROOM_ALLOW_TEST_SESSIONS=1 is set.",
          );
        }
        return withWorkspace(context, options.workspace, async ({ scope, actor }) => {
          const member = await getNamedMember(scope, { email: options.email });
          if (!member.active) throw new AppError("FORBIDDEN", `${member.name} is deactivated.`);
          const { token } = await inWorkspaceTx(scope, async (tx) => {
            await recordAudit(tx, {
              actor,
              action: "session.created",
              targetKind: "member",
              targetId: member.id,
            });
            return createSession(tx, { memberId: member.id, method: "test" });
          });
          const { name } = sessionCookie();
          const cookie = `${name}=${token}`;
          return { json: { name, value: token, cookie }, lines: [cookie] };
        });
      }),
    );
};
