import { z } from "zod";

import { inWorkspaceTx } from "#server/db/index";
import type { MemberActor } from "#server/kernel/actor";
import { AppError } from "#server/kernel/errors";
import { permitted, router } from "#server/trpc/init";

import { listGroups } from "./groups.repo";
import {
  deactivateMember,
  deleteMember,
  getMemberForUpdate,
  reactivateMember,
  setMemberRole,
} from "./manage-member";
import { listMembersWithHolds, refuseHeld } from "./managed-by-scim";
import type { Member } from "./members.repo";
import { findSubjects } from "./subjects.repo";

/** Administrators manage everybody but owners. */
function refuseOwnerChange(actor: MemberActor, member: Member): void {
  if (member.role === "owner" && actor.role !== "owner") {
    throw new AppError("FORBIDDEN", "Only an owner can deactivate, reactivate or remove an owner.");
  }
}

const memberInput = z.object({ memberId: z.uuid() });

export const membersRouter = router({
  list: permitted("members:view").query(({ ctx }) => listMembersWithHolds(ctx.scope)),

  /** People and groups to pick from, by a part of their name or by id. */
  subjects: permitted("members:manage")
    .input(z.object({ text: z.string().trim().min(1).max(100) }))
    .query(({ ctx, input }) => findSubjects(ctx.scope, input.text)),

  deactivate: permitted("members:manage")
    .input(memberInput)
    .mutation(({ ctx, input }) =>
      inWorkspaceTx(ctx.scope, async (tx) => {
        const member = await getMemberForUpdate(tx, input.memberId);
        refuseOwnerChange(ctx.actor, member);
        await deactivateMember(tx, ctx.actor, member, "administrator");
      }),
    ),

  reactivate: permitted("members:manage")
    .input(memberInput)
    .mutation(({ ctx, input }) =>
      inWorkspaceTx(ctx.scope, async (tx) => {
        const member = await getMemberForUpdate(tx, input.memberId);
        refuseOwnerChange(ctx.actor, member);
        await refuseHeld(tx, ctx.actor, member, "reactivation");
        await reactivateMember(tx, ctx.actor, member);
      }),
    ),

  remove: permitted("members:manage")
    .input(memberInput)
    .mutation(({ ctx, input }) =>
      inWorkspaceTx(ctx.scope, async (tx) => {
        const member = await getMemberForUpdate(tx, input.memberId);
        refuseOwnerChange(ctx.actor, member);
        await refuseHeld(tx, ctx.actor, member, "removal");
        await deleteMember(tx, ctx.actor, member, "administrator");
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
