"use client";

import { Shapes } from "lucide-react";

import { Button } from "../components/button";
import { EmptyState } from "../components/empty-state";
import { ErrorNote } from "../components/error-note";
import { PageHead } from "../components/page-head";
import { useWorkspace } from "../frame/workspace-context";
import type { BoardRow } from "../trpc/client";
import { errorText } from "../trpc/error-text";

import { BoardCard } from "./board-card";
import { BOARD_GRID } from "./board-grid";
import { NewBoardCard } from "./new-board-card";
import { useBoards } from "./use-boards";

/** The home of a workspace: its boards, newest change first. */
export function BoardsHome({ initialBoards }: { readonly initialBoards: BoardRow[] }) {
  const { canEditBoards } = useWorkspace();
  const { boards, error, retry, renamed, remove } = useBoards(initialBoards);
  const isEmpty = boards.length === 0;
  return (
    <>
      <PageHead title="Boards" />
      {error ? (
        <div className="mb-6">
          <ErrorNote action={<Button onClick={retry}>Try again</Button>}>
            The list may be out of date. {errorText(error)}
          </ErrorNote>
        </div>
      ) : null}
      {isEmpty && !canEditBoards ? (
        <EmptyState icon={Shapes} title="No boards yet">
          As soon as somebody makes a board in this workspace, you find it here.
        </EmptyState>
      ) : (
        <ul className={BOARD_GRID}>
          {canEditBoards ? (
            <li>
              <NewBoardCard />
            </li>
          ) : null}
          {boards.map((board) => (
            <li key={board.id} className="min-w-0">
              <BoardCard
                board={board}
                onRenamed={(title) => renamed(board.id, title)}
                onDelete={() => remove(board)}
              />
            </li>
          ))}
          {isEmpty ? (
            <li className="flex flex-col justify-center pb-7 text-sm text-ink-soft sm:col-span-2">
              <p className="font-medium text-ink">Nothing here yet.</p>
              <p>Make the first board. Everybody in the workspace can then open it.</p>
            </li>
          ) : null}
        </ul>
      )}
    </>
  );
}
