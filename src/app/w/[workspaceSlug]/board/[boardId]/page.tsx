import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { env } from "#server/kernel/env";
import { createCaller } from "#server/trpc/caller";
import { BoardPage } from "#ui/board/board-page";
import { requireWorkspaceView } from "../../signed-in";

interface BoardParams {
  readonly params: Promise<{ readonly workspaceSlug: string; readonly boardId: string }>;
}

/** A wrong id, a deleted board and another workspace's board look the same from outside. */
const UNSEEN: ReadonlySet<string> = new Set(["NOT_FOUND", "BAD_REQUEST", "FORBIDDEN"]);

/** Read once for a request, though title and page both ask. */
const getBoard = cache(async (workspaceSlug: string, boardId: string) => {
  try {
    const api = await createCaller();
    return await api.boards.get({ workspaceSlug, boardId });
  } catch (error) {
    if (error instanceof TRPCError && UNSEEN.has(error.code)) notFound();
    throw error;
  }
});

export async function generateMetadata(props: BoardParams): Promise<Metadata> {
  const { boardId } = await props.params;
  const view = await requireWorkspaceView(props, `/board/${boardId}`);
  return { title: (await getBoard(view.slug, boardId)).title };
}

export default async function BoardRoute(props: BoardParams) {
  const { boardId } = await props.params;
  const view = await requireWorkspaceView(props, `/board/${boardId}`);
  const board = await getBoard(view.slug, boardId);
  return (
    <BoardPage
      workspaceSlug={view.slug}
      boardId={board.id}
      title={board.title}
      canEdit={board.canEdit}
      automation={env().allowTestSessions}
    />
  );
}
