import { MODEL_LIMITS } from "#editor/model/limits";
import { recordToPatch, type ShapeOp } from "#editor/model/ops";
import type { BoardRecords, ShapeRecord } from "#editor/model/record";
import type { WorkspaceScope, WorkspaceTx } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { AppError } from "#server/kernel/errors";
import { newId } from "#server/kernel/ids";

import { appendInTx, loadBoardState, type BoardBatch } from "./board-log.repo";
import { boardAccess } from "./board-access";
import { findBoard } from "./boards.repo";

/** A log row stays small enough to travel in one frame to a client that catches up. */
const CHUNK_BYTES = 96 * 1024;

function chunkOps(records: ReadonlyMap<string, ShapeRecord>): string[] {
  const chunks: string[] = [];
  let parts: string[] = [];
  let bytes = 0;
  const close = () => {
    if (parts.length > 0) chunks.push(`[${parts.join(",")}]`);
    parts = [];
    bytes = 0;
  };
  for (const [id, record] of records) {
    const part = JSON.stringify([id, recordToPatch(record)] satisfies ShapeOp);
    if (parts.length >= MODEL_LIMITS.opsPerBatch || bytes + part.length > CHUNK_BYTES) close();
    parts.push(part);
    bytes += part.length;
  }
  close();
  return chunks;
}

/**
 * Writes whole records onto a board through its log, all or nothing with the caller's transaction. People who
 * have the board open see them within a second. Records with an id that the board has already replace its properties.
 * @returns how many shapes were written.
 * @throws AppError TOO_LARGE, FORBIDDEN, NOT_FOUND
 */
export async function importRecords(
  tx: WorkspaceTx,
  actor: Actor,
  boardId: string,
  records: ReadonlyMap<string, ShapeRecord>,
): Promise<number> {
  const { workspaceId } = tx.scope;
  if (records.size > MODEL_LIMITS.shapesPerBoard) {
    throw new AppError("TOO_LARGE", `A board holds at most ${MODEL_LIMITS.shapesPerBoard} shapes.`);
  }
  if (boardAccess(actor, { workspaceId, deletedAt: null }) !== "edit") {
    throw new AppError("FORBIDDEN", "Your role lets you look at boards, not change them.");
  }
  const clientId = `import.${newId()}`;
  const actorId = actor.kind === "member" ? actor.memberId : null;
  const batches = chunkOps(records).map((ops, index): BoardBatch => ({
    workspaceId,
    boardId,
    actorId,
    clientId,
    clientSeq: index + 1,
    ops,
  }));
  const outcomes = await appendInTx(tx.db, batches);
  if (outcomes.some((outcome) => outcome.kind !== "stored")) {
    throw new AppError("NOT_FOUND", "There is no such board to import into.");
  }
  return records.size;
}

/** A board's shapes as they are stored now. @throws AppError NOT_FOUND */
export async function exportRecords(
  scope: WorkspaceScope,
  actor: Actor,
  boardId: string,
): Promise<{ readonly title: string; readonly records: BoardRecords; readonly seq: number }> {
  const board = await findBoard(scope, boardId);
  if (!board || !boardAccess(actor, board)) throw new AppError("NOT_FOUND", "There is no such board.");
  const { records, seq } = await loadBoardState(boardId);
  return { title: board.title, records, seq };
}
