import { now } from "#server/kernel/clock";
import { open, seal } from "#server/kernel/crypto";

import { badRequest } from "../scim-error";
import type { Position } from "../search.repo";
import type { ScimContext } from "./context";
import type { ListRequest } from "./list-request";

/** How long a cursor is good for, in seconds (RFC 9865 section 4, cursorTimeout). */
export const CURSOR_TIMEOUT_S = 3600;

/** What a list goes through; the root query goes through one after the other. */
export type ListPart = "Users" | "Groups";

/** Where the next page begins: in which part, and behind which resource (null: at the part's beginning). */
export interface CursorPlace {
  readonly part: ListPart;
  readonly after: Position | null;
}

/**
 * A cursor (RFC 9865): sealed, so that nobody can make or read one, and bound to the workspace, the endpoint and the
 * query, so that none can be carried elsewhere. Nothing is kept on the server: cursors cost no memory, and every
 * process can continue what another began.
 */
export function writeCursor(
  context: ScimContext,
  endpoint: string,
  request: ListRequest,
  place: CursorPlace,
): string {
  const issuedAt = Math.floor(now().getTime() / 1000);
  const content = JSON.stringify([issuedAt, request.count, place.part, place.after]);
  return Buffer.from(seal("scim-cursor", content, binding(context, endpoint, request))).toString("base64url");
}

/** @throws ScimError 400 invalidCursor, expiredCursor, invalidCount (RFC 9865 section 2.1) */
export function readCursor(
  context: ScimContext,
  endpoint: string,
  request: ListRequest,
  cursor: string,
): CursorPlace {
  const [issuedAt, count, part, after] = unseal(cursor, binding(context, endpoint, request));
  if (now().getTime() / 1000 - issuedAt > CURSOR_TIMEOUT_S) {
    throw badRequest(
      "expiredCursor",
      `The cursor is older than ${CURSOR_TIMEOUT_S} s. Begin again with an empty cursor.`,
    );
  }
  if (count !== request.count) {
    throw badRequest("invalidCount", `"count" must stay ${count} on all pages of one query.`);
  }
  return { part, after };
}

type Content = [issuedAt: number, count: number, part: ListPart, after: Position | null];

function unseal(cursor: string, context: string): Content {
  try {
    return JSON.parse(open("scim-cursor", Buffer.from(cursor, "base64url"), context)) as Content;
  } catch {
    throw badRequest(
      "invalidCursor",
      "The cursor was not made for this query. Begin with an empty cursor, and repeat filter and sorting with every page.",
    );
  }
}

function binding({ scope }: ScimContext, endpoint: string, request: ListRequest): string {
  const { filter, sortBy, descending } = request;
  return JSON.stringify([scope.workspaceId, endpoint, filter, sortBy, descending]);
}
