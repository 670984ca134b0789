import { permitted, router } from "#server/trpc/init";

import { disableScim, enableScim, getScimStatus, revealToken, rotateToken } from "./manage-connection";

const manager = permitted("scim:manage");

/** The provisioning page's procedures, for administrators. */
export const scimRouter = router({
  get: manager.query(({ ctx }) => getScimStatus(ctx.scope)),
  enable: manager.mutation(({ ctx }) => enableScim(ctx.scope, ctx.actor)),
  disable: manager.mutation(({ ctx }) => disableScim(ctx.scope, ctx.actor)),
  // A mutation, because every look at the token is audited.
  reveal: manager.mutation(({ ctx }) => revealToken(ctx.scope, ctx.actor)),
  rotate: manager.mutation(({ ctx }) => rotateToken(ctx.scope, ctx.actor)),
});
