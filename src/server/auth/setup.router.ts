import { publicProcedure, router } from "#server/trpc/init";

import { setupInput } from "./auth.schema";
import { createFirstWorkspace, isSetupNeeded } from "./create-workspace";

/** The first person's set-up, guarded by the one-time code from the server's log. */
export const setupRouter = router({
  status: publicProcedure.query(async () => ({ needed: await isSetupNeeded() })),

  create: publicProcedure.input(setupInput).mutation(async ({ ctx, input }) => {
    const { workspaceName, ...rest } = input;
    const created = await createFirstWorkspace({ ...rest, name: workspaceName, address: ctx.address });
    ctx.setCookie(created.setCookie);
    return { workspaceSlug: created.workspaceSlug };
  }),
});
