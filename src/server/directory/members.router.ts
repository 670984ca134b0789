import { z } from "zod";

import { inWorkspaceTx } from "#server/db/index";
import { AppError } from "#server/kernel/errors";
import { permitted, router } from "#server/trpc/init";

import { listGroups } from "./groups.repo";
import { deactivateMember, getMemberForUpdate, reactivateMember, setMemberRole } from "./manage-member";
import { listMembers } from "./members.repo";

const memberInput = z.object({ memberId: z.uuid() });

export const membersRouter = router({
  list: permitted("members:view").query(({ ctx }) => listMembers(ctx.scope)),

  deactivate: permitted("members:manage")
    .input(memberInput)
    .mutation(({ ctx, input }) =>
      inWorkspaceTx(ctx.scope, async (tx) => {
        const member = await getMemberForUpdate(tx, input.memberId);
        if (member.role === "owner" && ctx.actor.role !== "owner") {
          throw new AppError("FORBIDDEN", "Only an owner can deactivate an owner.");
        }
        await deactivateMember(tx, ctx.actor, member, "administrator");
      }),
    ),

  reactivate: permitted("members:manage")
    .input(memberInput)
    .mutation(({ ctx, input }) =>
      inWorkspaceTx(ctx.scope, async (tx) => {
        await reactivateMember(tx, ctx.actor, await getMemberForUpdate(tx, input.memberId));
      }),
    ),

  setRole: permitted("members:manage")
    .input(memberInput.extend({ role: z.enum(["owner", "admin", "editor", "viewer"]) }))
    .mutation(({ ctx, input }) =>
      inWorkspaceTx(ctx.scope, async (tx) => {
        await setMemberRole(tx, ctx.actor, input.memberId, input.role);
      }),
    ),
});

export const groupsRouter = router({
  list: permitted("members:view").query(({ ctx }) => listGroups(ctx.scope)),
});
