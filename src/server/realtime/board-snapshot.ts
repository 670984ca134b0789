import { serializeRecords } from "#editor/model/snapshot";
import { boardAccess, findBoard, loadBoardState } from "#server/boards/index";
import { workspaceScope } from "#server/db/index";
import { AppError, toAppError } from "#server/kernel/errors";
import { log } from "#server/kernel/logger";
import { findActiveSession, readSessionToken } from "#server/sessions/index";

import { realtimeSlot } from "./slot";

/** The sequence number of an If-None-Match value, weak or strong; proxies that compress make it weak. */
const readEtag = (value: string | null) => /^(?:W\/)?"(\d+)"$/.exec(value ?? "")?.[1];

async function currentSnapshot(boardId: string): Promise<{ readonly seq: number; readonly body: string }> {
  const room = realtimeSlot().server?.findRoom(boardId);
  if (room) return room.snapshot();
  const { records, seq } = await loadBoardState(boardId);
  return { seq, body: serializeRecords(records) };
}

async function respond(request: Request, boardId: string): Promise<Response> {
  const token = readSessionToken(request.headers.get("cookie"));
  const session = token === null ? null : await findActiveSession(token);
  if (!session) throw new AppError("UNAUTHENTICATED", "You are not signed in.");
  const board = await findBoard(workspaceScope(session.actor.workspaceId), boardId);
  if (!board || board.deletedAt !== null) throw new AppError("NOT_FOUND", "There is no such board.");
  if (!boardAccess(session.actor, board)) throw new AppError("FORBIDDEN", "You may not see this board.");
  const { seq, body } = await currentSnapshot(boardId);
  const headers = new Headers({
    etag: `"${seq}"`,
    // Kept by the browser, but never used without asking: access is checked every time.
    "cache-control": "private, no-cache",
    vary: "Cookie",
  });
  if (readEtag(request.headers.get("if-none-match")) === String(seq))
    return new Response(null, { status: 304, headers });
  // Not compressed here: Next compresses every answer, and would compress an encoded one a second time.
  headers.set("content-type", "application/json; charset=utf-8");
  return new Response(body, { headers });
}

/**
 * `GET /api/board/ID/snapshot`: the board's shapes as JSON; the ETag is the sequence number they stand at.
 * Every refusal is a small JSON body.
 */
export async function respondWithSnapshot(request: Request, boardId: string): Promise<Response> {
  try {
    return await respond(request, boardId);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === "INTERNAL")
      log().error({ err: error.cause ?? error }, "a snapshot could not be served");
    const headers = { "cache-control": "no-store" };
    return Response.json({ error: error.message, code: error.code }, { status: error.httpStatus, headers });
  }
}
