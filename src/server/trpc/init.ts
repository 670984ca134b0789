import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { z, ZodError } from "zod";

import { workspaceScope } from "#server/db/index";
import { AppError, toAppError, trpcCode } from "#server/kernel/errors";
import { log } from "#server/kernel/logger";
import { isStorable } from "#server/kernel/storable";
import type { ActiveSession } from "#server/sessions/index";
import { requirePermission, type Permission } from "#server/workspaces/index";

/** What every procedure knows of its caller. */
export interface TrpcContext {
  /** The live session, read from the database for this request; null when nobody is signed in. */
  readonly session: ActiveSession | null;
  /** The caller's address, for rate limits and the audit log. */
  readonly address: string;
  readonly headers: Headers;
  /** Adds a Set-Cookie header to the response. Does nothing when a server component renders. */
  readonly setCookie: (header: string) => void;
  /** False for a request that another site's page may have made; mutations are then refused. */
  readonly sameOrigin: boolean;
}

const t = initTRPC.context<TrpcContext>().create({
  transformer: superjson,
  errorFormatter({ shape, error }) {
    const cause = error.cause;
    const invalid = cause instanceof ZodError ? z.treeifyError(cause) : null;
    return {
      ...shape,
      message: invalid ? "Some of the input is not valid. Nothing was changed." : shape.message,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        // The app's own code, for example LAST_OWNER; never a stack.
        appCode: cause instanceof Error && cause.name === "AppError" ? (cause as AppError).code : null,
        invalid,
      },
    };
  },
});

/** Translates AppErrors, logs what nobody foresaw, and refuses what does something from other sites' pages. */
const edge = t.middleware(async ({ ctx, type, path, next, getRawInput }) => {
  if (type !== "query" && !ctx.sameOrigin) {
    throw new TRPCError({ code: "FORBIDDEN", message: "This request came from another site." });
  }
  await assertReadableInput(getRawInput);
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause === undefined || cause instanceof ZodError || cause instanceof TRPCError) return result;
  const error = toAppError(cause);
  if (error.code === "INTERNAL") log().error({ err: error.cause ?? error, path }, "a procedure failed");
  throw new TRPCError({ code: trpcCode(error.code), message: error.message, cause: error });
});

/** A body that cannot be read, or holds text that cannot be stored, is the caller's mistake and no failure of ours. */
async function assertReadableInput(getRawInput: () => Promise<unknown>): Promise<void> {
  const message = "The input cannot be read. Nothing was changed.";
  const input = await getRawInput().catch(() => {
    throw new TRPCError({ code: "BAD_REQUEST", message });
  });
  if (!isStorable(input)) throw new TRPCError({ code: "BAD_REQUEST", message });
}

export const { router, createCallerFactory } = t;

/** Open to everybody; only sign-in and set-up use it. */
export const publicProcedure = t.procedure.use(edge);

/** Needs a live session of an active member: 401 otherwise, from the first request after a deactivation. */
export const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.session) throw new AppError("UNAUTHENTICATED", "You are not signed in.");
  return next({ ctx: { ...ctx, session: ctx.session } });
});

/**
 * Needs a session in the workspace that the input names. Another workspace is NOT_FOUND, so that its
 * existence does not show.
 */
export const workspaceProcedure = signedInProcedure
  .input(z.object({ workspaceSlug: z.string().min(1).max(60) }))
  .use(({ ctx, input, next }) => {
    const { session } = ctx;
    if (session.workspace.slug !== input.workspaceSlug) {
      throw new AppError("NOT_FOUND", "There is no such workspace.");
    }
    return next({
      ctx: {
        ...ctx,
        actor: session.actor,
        workspace: session.workspace,
        scope: workspaceScope(session.workspace.id),
      },
    });
  });

/** A workspace procedure for roles that carry the permission; FORBIDDEN for the others. */
export function permitted(permission: Permission) {
  return workspaceProcedure.use(({ ctx, next }) => {
    requirePermission(ctx.actor, permission);
    return next();
  });
}
