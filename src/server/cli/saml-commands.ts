import { InvalidArgumentError } from "commander";

import { saveConnection, serviceProviderUrls } from "#server/saml/index";

import type { CommandGroup } from "./command-group";
import { readInput } from "./terminal";
import { withWorkspace } from "./with-runtime";

interface SetOptions {
  readonly workspace: string;
  readonly metadata: string;
  readonly allowIdpInitiated?: boolean;
  readonly enforce?: boolean;
}

function parseBoolean(value: string): boolean {
  if (value === "true" || value === "false") return value === "true";
  throw new InvalidArgumentError("It is true or false.");
}

/** `saml set`: connects a workspace with an identity provider by its metadata. */
export const samlCommands: CommandGroup = (program, context, present) => {
  program
    .command("saml")
    .description("single sign-on")
    .command("set")
    .description("connect an identity provider, or replace the connection")
    .requiredOption("--workspace <slug>", "the workspace")
    .requiredOption("--metadata <file>", 'the provider\'s metadata XML; "-" reads standard input')
    .option("--allow-idp-initiated [true|false]", "accept sign-ins that start at the provider", parseBoolean)
    .option("--enforce [true|false]", "leave password sign-in to owners only", parseBoolean)
    .action((options: SetOptions) =>
      present(async () => {
        const metadataXml = await readInput(options.metadata, context.stdin);
        return withWorkspace(context, options.workspace, async ({ workspace, scope, actor }) => {
          const saved = await saveConnection(scope, actor, {
            metadataXml,
            ...(options.allowIdpInitiated !== undefined && { allowIdpInitiated: options.allowIdpInitiated }),
            ...(options.enforce !== undefined && { enforced: options.enforce }),
          });
          const { entityId, acsUrl, loginUrl, metadataUrl } = serviceProviderUrls(workspace.id);
          return {
            json: { entityId, acsUrl, loginUrl, metadataUrl },
            lines: [
              `SAML is set up with ${saved.idpEntityId}. Enter at the identity provider:`,
              `  Identifier (entity ID)  ${entityId}`,
              `  Reply URL (ACS)         ${acsUrl}`,
              `  Sign-on URL             ${loginUrl}`,
              `  our metadata            ${metadataUrl}`,
            ],
          };
        });
      }),
    );
};
