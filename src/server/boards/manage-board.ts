import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { now } from "#server/kernel/clock";
import { AppError } from "#server/kernel/errors";
import { signals } from "#server/kernel/signals";
import { can } from "#server/workspaces/index";

import { boardAccess } from "./board-access";
import {
  findBoard,
  insertBoard,
  listBoardRows,
  updateBoardRow,
  type Board,
  type BoardSummary,
} from "./boards.repo";

const MAX_TITLE = 120;

function boardTitle(title: string): string {
  const trimmed = title.replace(/\s+/g, " ").trim();
  if (trimmed === "" || trimmed.length > MAX_TITLE) {
    throw new AppError("BAD_INPUT", `A board's title has 1 to ${MAX_TITLE} characters.`);
  }
  return trimmed;
}

const notFound = () => new AppError("NOT_FOUND", "There is no such board. It may have been deleted.");

function requireEdit(actor: Actor): void {
  if (actor.kind === "cli" || actor.kind === "system") return;
  if (actor.kind === "member" && can(actor.role, "boards:edit")) return;
  throw new AppError("FORBIDDEN", "Your role lets you look at boards, not change them.");
}

async function changeBoard(
  scope: WorkspaceScope,
  actor: Actor,
  input: {
    readonly boardId: string;
    readonly action: string;
    readonly change: { readonly title: string } | { readonly deletedAt: Date | null };
    readonly effect: (tx: WorkspaceTx) => void;
  },
): Promise<void> {
  requireEdit(actor);
  const { boardId, action, change } = input;
  await inWorkspaceTx(scope, async (tx) => {
    if (!(await updateBoardRow(tx, boardId, change))) throw notFound();
    const title = "title" in change ? change.title : (await findBoard(scope, boardId))?.title;
    const details = { title };
    await recordAudit(tx, { actor, action, targetKind: "board", targetId: boardId, details });
    input.effect(tx);
  });
}

/** Makes an empty board. @throws AppError FORBIDDEN, BAD_INPUT */
export async function createBoard(scope: WorkspaceScope, actor: Actor, title: string): Promise<Board> {
  return inWorkspaceTx(scope, (tx) => createBoardInTx(tx, actor, title));
}

/** The same inside the caller's transaction, for an import that must come with its content or not at all. */
export async function createBoardInTx(tx: WorkspaceTx, actor: Actor, title: string): Promise<Board> {
  requireEdit(actor);
  const createdById = actor.kind === "member" ? actor.memberId : null;
  const board = await insertBoard(tx, { title: boardTitle(title), createdById });
  const details = { title: board.title };
  await recordAudit(tx, { actor, action: "board.created", targetKind: "board", targetId: board.id, details });
  return board;
}

/** @throws AppError NOT_FOUND, FORBIDDEN, BAD_INPUT */
export async function renameBoard(
  scope: WorkspaceScope,
  actor: Actor,
  input: { readonly boardId: string; readonly title: string },
): Promise<void> {
  const { boardId } = input;
  await changeBoard(scope, actor, {
    boardId,
    action: "board.renamed",
    change: { title: boardTitle(input.title) },
    effect: (tx) =>
      tx.afterCommit(() => signals.emit("board.changed", { workspaceId: scope.workspaceId, boardId })),
  });
}

/** Hides a board and closes its sockets. Nothing is lost: `restoreBoard` brings it back. */
export async function deleteBoard(scope: WorkspaceScope, actor: Actor, boardId: string): Promise<void> {
  await changeBoard(scope, actor, {
    boardId,
    action: "board.deleted",
    change: { deletedAt: now() },
    effect: (tx) =>
      tx.afterCommit(() => signals.emit("board.deleted", { workspaceId: scope.workspaceId, boardId })),
  });
}

/** @throws AppError NOT_FOUND when there is no such deleted board. */
export async function restoreBoard(scope: WorkspaceScope, actor: Actor, boardId: string): Promise<void> {
  await changeBoard(scope, actor, {
    boardId,
    action: "board.restored",
    change: { deletedAt: null },
    effect: (tx) =>
      tx.afterCommit(() => signals.emit("board.changed", { workspaceId: scope.workspaceId, boardId })),
  });
}

/** The boards an actor may see, last edited first. */
export async function listBoards(scope: WorkspaceScope, actor: Actor): Promise<BoardSummary[]> {
  const access = boardAccess(actor, { workspaceId: scope.workspaceId, deletedAt: null });
  return access === null ? [] : listBoardRows(scope);
}

/** @throws AppError NOT_FOUND, also for a board of another workspace or one the actor may not see. */
export async function getBoard(
  scope: WorkspaceScope,
  actor: Actor,
  boardId: string,
): Promise<{ readonly id: string; readonly title: string; readonly canEdit: boolean }> {
  const board = await findBoard(scope, boardId);
  const access = board && boardAccess(actor, board);
  if (!board || !access) throw notFound();
  return { id: board.id, title: board.title, canEdit: access === "edit" };
}
