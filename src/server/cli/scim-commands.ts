import type { WorkspaceScope } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { disableScim, enableScim, revealToken, rotateToken, scimConnectionInfo } from "#server/scim/index";

import type { CommandGroup } from "./command-group";
import { withWorkspace } from "./with-runtime";

interface ScimCommand {
  readonly name: string;
  readonly description: string;
  readonly done: string;
  /** Does it; the token to print, or null when there is none to show. */
  readonly run: (scope: WorkspaceScope, actor: Actor) => Promise<string | null>;
}

const COMMANDS: readonly ScimCommand[] = [
  {
    name: "enable",
    description: "turn SCIM provisioning on; needs SAML",
    done: "SCIM provisioning is on. Enter at the identity provider:",
    async run(scope, actor) {
      await enableScim(scope, actor);
      return (await revealToken(scope, actor)).token;
    },
  },
  {
    name: "reveal",
    description: "show the bearer token; the audit log notes it",
    done: "SCIM provisioning:",
    run: async (scope, actor) => (await revealToken(scope, actor)).token,
  },
  {
    name: "rotate",
    description: "make a new bearer token; the old one stops working",
    done: "There is a new token. Enter it at the identity provider:",
    run: async (scope, actor) => (await rotateToken(scope, actor)).token,
  },
  {
    name: "disable",
    description: "turn SCIM provisioning off; people and token stay",
    done: "SCIM provisioning is off; requests are refused until it is on again.",
    async run(scope, actor) {
      await disableScim(scope, actor);
      return null;
    },
  },
];

/** `scim enable|reveal|rotate|disable`. */
export const scimCommands: CommandGroup = (program, context, present) => {
  const scim = program.command("scim").description("SCIM provisioning");
  for (const { name, description, done, run } of COMMANDS) {
    scim
      .command(name)
      .description(description)
      .requiredOption("--workspace <slug>", "the workspace")
      .action((options: { readonly workspace: string }) =>
        present(() =>
          withWorkspace(context, options.workspace, async ({ scope, actor }) => {
            const token = await run(scope, actor);
            const { tenantUrl, baseUrl } = scimConnectionInfo();
            return {
              json: { tenantUrl, baseUrl, token },
              lines: [
                done,
                `  tenant URL (Entra)  ${tenantUrl}`,
                `  base URL (others)   ${baseUrl}`,
                ...(token === null ? [] : [`  secret token        ${token}`]),
              ],
            };
          }),
        ),
      );
  }
};
