import { db, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import { now } from "#server/kernel/clock";
import { isId, newId } from "#server/kernel/ids";

export interface Board {
  readonly id: string;
  readonly workspaceId: string;
  readonly title: string;
  readonly deletedAt: Date | null;
}

export interface BoardSummary {
  readonly id: string;
  readonly title: string;
  readonly createdAt: Date;
  readonly lastEditedAt: Date;
  readonly lastEditedBy: string | null;
  readonly createdBy: string | null;
}

const board = { id: true, workspaceId: true, title: true, deletedAt: true } as const;

/** The board with this id, deleted or not; null when the workspace has none, or when the id is no id. */
export function findBoard(scope: WorkspaceScope, boardId: string): Promise<Board | null> {
  if (!isId(boardId)) return Promise.resolve(null);
  const { workspaceId } = scope;
  return db().board.findUnique({ where: { workspaceId_id: { workspaceId, id: boardId } }, select: board });
}

/** The boards that are not deleted, last edited first, with names instead of member ids. */
export async function listBoardRows(scope: WorkspaceScope): Promise<BoardSummary[]> {
  const rows = await db().board.findMany({
    where: { workspaceId: scope.workspaceId, deletedAt: null },
    orderBy: [{ lastEditedAt: "desc" }, { id: "desc" }],
    include: { createdBy: { select: { name: true } }, lastEditedBy: { select: { name: true } } },
  });
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    createdAt: row.createdAt,
    lastEditedAt: row.lastEditedAt,
    lastEditedBy: row.lastEditedBy?.name ?? null,
    createdBy: row.createdBy?.name ?? null,
  }));
}

export function insertBoard(
  tx: WorkspaceTx,
  input: { readonly title: string; readonly createdById: string | null },
): Promise<Board> {
  const at = now();
  return tx.db.board.create({
    data: {
      id: newId(),
      workspaceId: tx.scope.workspaceId,
      title: input.title,
      createdById: input.createdById,
      lastEditedById: input.createdById,
      createdAt: at,
      lastEditedAt: at,
    },
    select: board,
  });
}

/** @returns whether there was such a board in the wanted state. */
export async function updateBoardRow(
  tx: WorkspaceTx,
  boardId: string,
  change: { readonly title: string } | { readonly deletedAt: Date | null },
): Promise<boolean> {
  if (!isId(boardId)) return false;
  const deleted = "deletedAt" in change && change.deletedAt === null ? { not: null } : null;
  const { count } = await tx.db.board.updateMany({
    where: { workspaceId: tx.scope.workspaceId, id: boardId, deletedAt: deleted },
    data: change,
  });
  return count > 0;
}
