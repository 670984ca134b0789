import { z } from "zod";

import { permitted, router, workspaceProcedure } from "#server/trpc/init";

import { updateWorkspace } from "./manage-workspace";
import { getWorkspaceInScope } from "./workspaces.repo";

export const workspacesRouter = router({
  get: workspaceProcedure.query(async ({ ctx }) => {
    const { id, slug, name, defaultRole } = await getWorkspaceInScope(ctx.scope);
    return { id, slug, name, defaultRole };
  }),

  update: permitted("workspace:manage")
    .input(
      z.object({
        name: z.string().max(200).optional(),
        defaultRole: z.enum(["editor", "viewer"]).optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { name, defaultRole } = await updateWorkspace(ctx.scope, ctx.actor, input);
      return { name, defaultRole };
    }),
});
