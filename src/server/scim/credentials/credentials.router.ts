import { permitted, router } from "#server/trpc/init";

import {
  clientInput,
  federatedClientInput,
  newClientInput,
  newSecretInput,
  secretInput,
  tokenInput,
} from "./credentials.schema";
import { listCredentials } from "./list-credentials";
import { addSecret, createClient, createFederatedClient, revokeClient, revokeSecret } from "./manage-clients";
import { revokeToken } from "./pasted-token";

const manager = permitted("scim:manage");

/** Tokens and OAuth clients, for administrators. */
export const credentialsRouter = router({
  list: manager.query(({ ctx }) => listCredentials(ctx.scope)),
  revokeToken: manager
    .input(tokenInput)
    .mutation(({ ctx, input }) => revokeToken(ctx.scope, ctx.actor, input.tokenId)),
  createClient: manager
    .input(newClientInput)
    .mutation(({ ctx, input }) => createClient(ctx.scope, ctx.actor, input)),
  createFederatedClient: manager
    .input(federatedClientInput)
    .mutation(({ ctx, input }) => createFederatedClient(ctx.scope, ctx.actor, input)),
  addSecret: manager
    .input(newSecretInput)
    .mutation(({ ctx, input }) => addSecret(ctx.scope, ctx.actor, input)),
  revokeSecret: manager
    .input(secretInput)
    .mutation(({ ctx, input }) => revokeSecret(ctx.scope, ctx.actor, input)),
  revokeClient: manager
    .input(clientInput)
    .mutation(({ ctx, input }) => revokeClient(ctx.scope, ctx.actor, input.clientId)),
});
