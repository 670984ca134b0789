import { z } from "zod";

import { permitted, router } from "#server/trpc/init";

import { readActivity } from "./read-activity";
import { exportLog, getLogEntry, listLog } from "./read-log";

const manager = permitted("scim:manage");

const outcome = z.enum(["done", "unchanged", "refused", "failed"]);

const filter = z.object({
  cursor: z.uuid().optional(),
  subjectId: z.uuid().optional(),
  outcome: z.union([outcome, z.array(outcome).min(1).max(4)]).optional(),
  writesOnly: z.boolean().optional(),
  from: z.date().optional(),
  to: z.date().optional(),
});

/** The provisioning log, for administrators. */
export const logRouter = router({
  list: manager
    .input(filter.extend({ limit: z.int().min(1).max(200).optional() }))
    .query(({ ctx, input }) => listLog(ctx.scope, input)),
  get: manager.input(z.object({ id: z.uuid() })).query(({ ctx, input }) => getLogEntry(ctx.scope, input.id)),
  activity: manager
    .input(z.object({ days: z.union([z.literal(1), z.literal(7), z.literal(30)]) }))
    .query(({ ctx, input }) => readActivity(ctx.scope, input.days)),
  // A mutation, because every export is audited.
  export: manager.input(filter).mutation(({ ctx, input }) => exportLog(ctx.scope, ctx.actor, input)),
});
