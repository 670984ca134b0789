import type { Command } from "commander";

import type { WorkspaceScope } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import {
  disableScim,
  enableScim,
  listCredentials,
  MAX_OVERLAP_HOURS,
  MAX_TOKEN_DAYS,
  revealToken,
  rotateToken,
  scimConnectionInfo,
} from "#server/scim/index";

import type { CommandGroup } from "./command-group";
import { scimClientCommands } from "./scim-client-commands";
import { describeDates, wholeNumber } from "./scim-options";
import { withWorkspace } from "./with-runtime";

interface ScimOptions {
  readonly workspace: string;
  readonly overlapHours?: number;
  readonly expiresInDays?: number;
}

interface ScimCommand {
  readonly name: string;
  readonly description: string;
  readonly done: string;
  readonly addOptions?: (command: Command) => Command;
  /** Does it; the token to print, or null when there is none to show. */
  readonly run: (scope: WorkspaceScope, actor: Actor, options: ScimOptions) => Promise<string | null>;
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
    description: "make a new bearer token; the old one stops working, at once or after an overlap",
    done: "There is a new token. Enter it at the identity provider:",
    addOptions: (command) =>
      command
        .option("--overlap-hours <n>", "let the old one work so long", wholeNumber(0, MAX_OVERLAP_HOURS))
        .option("--expires-in-days <n>", "let the new one end by itself", wholeNumber(1, MAX_TOKEN_DAYS)),
    run: async (scope, actor, options) => (await rotateToken(scope, actor, options)).token,
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

/** `scim enable|reveal|rotate|disable|tokens` and `scim client …`. */
export const scimCommands: CommandGroup = (program, context, present) => {
  const scim = program.command("scim").description("SCIM provisioning");
  for (const { name, description, done, addOptions, run } of COMMANDS) {
    const command = scim
      .command(name)
      .description(description)
      .requiredOption("--workspace <slug>", "the workspace")
      .action((options: ScimOptions) =>
        present(() =>
          withWorkspace(context, options.workspace, async ({ scope, actor }) => {
            const token = await run(scope, actor, options);
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
    addOptions?.(command);
  }
  scim
    .command("tokens")
    .description("the live bearer tokens, without what is secret of them")
    .requiredOption("--workspace <slug>", "the workspace")
    .action((options: ScimOptions) =>
      present(() =>
        withWorkspace(context, options.workspace, async ({ scope }) => {
          const { tokens } = await listCredentials(scope);
          return {
            json: tokens,
            lines: tokens.map((token) => `${token.id}  …${token.lastFour}  ${describeDates(token)}`),
          };
        }),
      ),
    );
  scimClientCommands(scim, context, present);
};
