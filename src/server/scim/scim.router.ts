import { permitted, router } from "#server/trpc/init";

import { credentialsRouter } from "./credentials/credentials.router";
import { rotateInput } from "./credentials/credentials.schema";
import { revealToken, rotateToken } from "./credentials/pasted-token";
import { disableScim, enableScim, getScimStatus } from "./manage-connection";
import { logRouter } from "./provisioning-log/log.router";
import { startSelfTest } from "./self-test/run-self-test";

const manager = permitted("scim:manage");

/** The provisioning page's procedures, for administrators. */
export const scimRouter = router({
  get: manager.query(({ ctx }) => getScimStatus(ctx.scope)),
  enable: manager.mutation(({ ctx }) => enableScim(ctx.scope, ctx.actor)),
  disable: manager.mutation(({ ctx }) => disableScim(ctx.scope, ctx.actor)),
  // A mutation, because every look at the token is audited.
  reveal: manager.mutation(({ ctx }) => revealToken(ctx.scope, ctx.actor)),
  rotate: manager.input(rotateInput).mutation(({ ctx, input }) => rotateToken(ctx.scope, ctx.actor, input)),
  credentials: credentialsRouter,
  log: logRouter,
  selfTest: router({
    // Answers as server-sent events; the edge refuses other sites' pages, as it does for mutations.
    run: manager.subscription(({ ctx, signal }) => startSelfTest(ctx.scope, ctx.actor, signal)),
  }),
});
