import type { IncomingMessage } from "node:http";

import { boardAccess, findBoard } from "#server/boards/index";
import { workspaceScope } from "#server/db/index";
import { env } from "#server/kernel/env";
import { AppError } from "#server/kernel/errors";
import { isId } from "#server/kernel/ids";
import { findActiveSession, readSessionToken } from "#server/sessions/index";

import type { ConnectionIdentity } from "./connection";

export interface AuthorizedUpgrade {
  readonly boardId: string;
  readonly workspaceId: string;
  readonly identity: ConnectionIdentity;
}

/**
 * Whether a browser page of this origin may open a socket. A browser sends its cookies along with a WebSocket of
 * any site's page, so the Origin is what keeps other sites out (RFC 6455 section 10.2). Beside the public URL the
 * host that the request itself was sent to is accepted, with the public URL's scheme: the cookie belongs to exactly
 * one host, so a page whose host equals the one that received the cookie is a page of this server. (A name that
 * an attacker rebinds to our address brings no cookie of ours.) Ports count, other than for cookies.
 */
function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const own = new URL(env().publicUrl);
  return origin === own.origin || (host !== undefined && origin === `${own.protocol}//${host}`);
}

/** The board id of `/realtime?board=ID`. @throws AppError NOT_FOUND, BAD_INPUT */
function readBoardId(target: string | undefined): string {
  // A target such as "//" is no URL; a thrown TypeError here would end the process.
  const url = `http://server${target ?? ""}`;
  if (!target?.startsWith("/") || !URL.canParse(url))
    throw new AppError("BAD_INPUT", "The request target is not valid.");
  const { pathname, searchParams } = new URL(url);
  if (pathname !== "/realtime") throw new AppError("NOT_FOUND", "Only /realtime can be upgraded.");
  const boardId = searchParams.get("board") ?? "";
  if (!isId(boardId)) throw new AppError("BAD_INPUT", "The address needs ?board=ID with the id of a board.");
  return boardId;
}

/**
 * Decides about an upgrade request before any handshake, so that no frame of a stranger is ever read.
 * @throws AppError BAD_INPUT, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
 */
export async function authorizeUpgrade(request: IncomingMessage): Promise<AuthorizedUpgrade> {
  const boardId = readBoardId(request.url);
  if (!isOwnOrigin(request.headers.origin, request.headers.host)) {
    throw new AppError("FORBIDDEN", "This page may not open a connection to this server.");
  }
  const token = readSessionToken(request.headers.cookie);
  const session = token === null ? null : await findActiveSession(token);
  if (!session) throw new AppError("UNAUTHENTICATED", "You are not signed in.");
  const { actor, tokenHash, notOnOrAfter } = session;
  const board = await findBoard(workspaceScope(actor.workspaceId), boardId);
  if (!board || board.deletedAt !== null) throw new AppError("NOT_FOUND", "There is no such board.");
  const access = boardAccess(actor, board);
  if (!access) throw new AppError("FORBIDDEN", "You may not see this board.");
  return {
    boardId,
    workspaceId: actor.workspaceId,
    identity: { actor, tokenHash, notOnOrAfter, access, expiresAt: session.expiresAt.getTime() },
  };
}
