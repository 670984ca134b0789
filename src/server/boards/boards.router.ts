import { z } from "zod";

import { permitted, router } from "#server/trpc/init";

import { createBoard, deleteBoard, getBoard, listBoards, renameBoard, restoreBoard } from "./manage-board";

const title = z.string().max(500);
const boardId = z.uuid();

export const boardsRouter = router({
  list: permitted("boards:view").query(({ ctx }) => listBoards(ctx.scope, ctx.actor)),

  get: permitted("boards:view")
    .input(z.object({ boardId }))
    .query(({ ctx, input }) => getBoard(ctx.scope, ctx.actor, input.boardId)),

  create: permitted("boards:edit")
    .input(z.object({ title }))
    .mutation(async ({ ctx, input }) => {
      const board = await createBoard(ctx.scope, ctx.actor, input.title);
      return { id: board.id };
    }),

  rename: permitted("boards:edit")
    .input(z.object({ boardId, title }))
    .mutation(({ ctx, input }) => renameBoard(ctx.scope, ctx.actor, input)),

  delete: permitted("boards:edit")
    .input(z.object({ boardId }))
    .mutation(({ ctx, input }) => deleteBoard(ctx.scope, ctx.actor, input.boardId)),

  restore: permitted("boards:edit")
    .input(z.object({ boardId }))
    .mutation(({ ctx, input }) => restoreBoard(ctx.scope, ctx.actor, input.boardId)),
});
