import { z } from "zod";

import { permitted, router } from "#server/trpc/init";

import { listAuditEvents } from "./audit.repo";

export const auditRouter = router({
  list: permitted("audit:view")
    .input(z.object({ cursor: z.uuid().optional() }))
    .query(({ ctx, input }) => listAuditEvents(ctx.scope, { cursor: input.cursor })),
});
