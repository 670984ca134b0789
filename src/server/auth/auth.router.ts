import { clearSessionCookieHeader, revokeSessionByHash } from "#server/sessions/index";
import { publicProcedure, router, signedInProcedure } from "#server/trpc/init";
import { z } from "zod";

import { passwordInput } from "./auth.schema";
import { findSignInOptions } from "./sign-in-options";
import { signInWithPassword } from "./sign-in-with-password";

/** Signing in and out, and who is signed in. */
export const authRouter = router({
  signInOptions: publicProcedure
    .input(z.object({ workspaceSlug: z.string().max(60).optional() }).optional())
    .query(({ input }) => findSignInOptions(input?.workspaceSlug)),

  signInWithPassword: publicProcedure.input(passwordInput).mutation(async ({ ctx, input }) => {
    const { workspaceSlug, setCookie } = await signInWithPassword({ ...input, address: ctx.address });
    ctx.setCookie(setCookie);
    return { workspaceSlug };
  }),

  me: signedInProcedure.query(({ ctx }) => {
    const { actor, workspace } = ctx.session;
    const { memberId, name, email, role } = actor;
    return { memberId, name, email, role, workspace };
  }),

  /** Also works without a session: the cookie goes in any case. */
  signOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.session) await revokeSessionByHash(ctx.session.tokenHash);
    ctx.setCookie(clearSessionCookieHeader());
  }),
});
