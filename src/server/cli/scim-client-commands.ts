import { isId } from "#server/kernel/ids";
import { AppError } from "#server/kernel/errors";
import {
  addSecret,
  createClient,
  createFederatedClient,
  listCredentials,
  MAX_OVERLAP_HOURS,
  MAX_SECRET_DAYS,
  revokeClient,
  tokenEndpoint,
} from "#server/scim/index";

import type { CommandGroup } from "./command-group";
import { describeDates, wholeNumber } from "./scim-options";
import type { Result } from "./terminal";
import { withWorkspace } from "./with-runtime";

interface OfWorkspace {
  readonly workspace: string;
}

interface NewClient extends OfWorkspace {
  readonly name: string;
  readonly entraTenant?: string;
  readonly subject?: string;
  readonly audience?: string;
}

interface OneClient extends OfWorkspace {
  readonly client: string;
  readonly overlapHours?: number;
  readonly expiresInDays?: number;
}

/** `client create|list|secret|revoke`, below `scim`. */
export const scimClientCommands: CommandGroup = (scim, context, present) => {
  const group = scim.command("client").description("OAuth clients that get access tokens for SCIM");
  const command = (name: string, description: string) =>
    group.command(name).description(description).requiredOption("--workspace <slug>", "the workspace");

  command("create", "make a client with a secret, or one that Entra vouches for")
    .requiredOption("--name <name>", "what the administrators call it")
    .option("--entra-tenant <id>", "federated: the Entra tenant's id")
    .option("--subject <id>", "federated: the Subject that Entra shows")
    .option("--audience <uri>", "federated: the Audience that Entra shows")
    .action((options: NewClient) =>
      present(() =>
        withWorkspace(context, options.workspace, async ({ scope, actor }) => {
          const federated = readFederated(options);
          const { clientId, secret } = federated
            ? { ...(await createFederatedClient(scope, actor, federated)), secret: null }
            : await createClient(scope, actor, options);
          return showClient("There is a new client. Enter at the identity provider:", clientId, secret);
        }),
      ),
    );

  command("list", "the clients that are not revoked").action((options: OfWorkspace) =>
    present(() =>
      withWorkspace(context, options.workspace, async ({ scope }) => {
        const { clients } = await listCredentials(scope);
        return {
          json: clients,
          lines: clients.flatMap((client) => [
            `${client.id}  ${client.proof.padEnd(9)}  ${client.name}: ${describeDates(client)}`,
            ...client.secrets.map((secret) => `  secret …${secret.lastFour}  ${describeDates(secret)}`),
          ]),
        };
      }),
    ),
  );

  command("secret", "make another secret; the old one stops working, at once or after an overlap")
    .requiredOption("--client <id>", "the client")
    .option("--overlap-hours <n>", "let the old one work so long", wholeNumber(0, MAX_OVERLAP_HOURS))
    .option("--expires-in-days <n>", "when the new one ends", wholeNumber(1, MAX_SECRET_DAYS))
    .action((options: OneClient) =>
      present(() =>
        withWorkspace(context, options.workspace, async ({ scope, actor }) => {
          const clientId = knownForm(options.client);
          const { secret } = await addSecret(scope, actor, { ...options, clientId });
          return showClient("There is a new secret. Enter it at the identity provider:", clientId, secret);
        }),
      ),
    );

  command("revoke", "end a client and its access tokens at once")
    .requiredOption("--client <id>", "the client")
    .action((options: OneClient) =>
      present(() =>
        withWorkspace(context, options.workspace, async ({ scope, actor }) => {
          const clientId = knownForm(options.client);
          await revokeClient(scope, actor, clientId);
          return { json: { clientId }, lines: ["The client is revoked; its access tokens have ended."] };
        }),
      ),
    );
};

/** What makes a client federated, or null for none of it. @throws AppError BAD_INPUT for half of it */
function readFederated({ name, entraTenant, subject, audience }: NewClient) {
  if (entraTenant === undefined && subject === undefined && audience === undefined) return null;
  if (entraTenant === undefined || subject === undefined || !isId(entraTenant.toLowerCase())) {
    throw new AppError("BAD_INPUT", "A federated client needs --entra-tenant (its id) and --subject.");
  }
  return { name, entraTenantId: entraTenant, subject, audience };
}

/** @throws AppError NOT_FOUND for what cannot be a client's id */
function knownForm(client: string): string {
  if (!isId(client)) throw new AppError("NOT_FOUND", "There is no such client.");
  return client;
}

function showClient(done: string, clientId: string, secret: string | null): Result {
  return {
    json: { clientId, secret, tokenEndpoint: tokenEndpoint() },
    lines: [
      done,
      `  token endpoint      ${tokenEndpoint()}`,
      `  client identifier   ${clientId}`,
      ...(secret === null ? [] : [`  client secret       ${secret}`]),
    ],
  };
}
