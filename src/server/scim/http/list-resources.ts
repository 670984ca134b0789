import type { JsonObject } from "../json";
import type { Position } from "../search.repo";
import { cursorAnswer, listAnswer, type Answer } from "./answer";
import type { ScimContext } from "./context";
import { readCursor, writeCursor, type CursorPlace, type ListPart } from "./cursor";
import type { ListRequest } from "./list-request";

/** A page of one kind of resource, ready for the answer. */
export interface ResourcePage {
  readonly resources: JsonObject[];
  readonly total: number;
  readonly next: Position | null;
}

/** One kind of resource; `from` is a zero-based offset or the position to go on behind. */
export interface ListSource {
  readonly part: ListPart;
  readonly search: (
    context: ScimContext,
    request: ListRequest,
    from: number | Position,
    limit: number,
  ) => Promise<ResourcePage>;
}

/**
 * Answers a list by index (RFC 7644 section 3.4.2.4) or by cursor (RFC 9865), over one kind of resource or, for the
 * root query, one kind after the other in one numbering.
 * @throws ScimError 400
 */
export function listResources(
  context: ScimContext,
  request: ListRequest,
  sources: readonly ListSource[],
): Promise<Answer> {
  return request.cursor === null
    ? listByIndex(context, request, sources)
    : listByCursor(context, request, sources, request.cursor);
}

async function listByIndex(
  context: ScimContext,
  request: ListRequest,
  sources: readonly ListSource[],
): Promise<Answer> {
  const resources: JsonObject[] = [];
  let total = 0;
  for (const { search } of sources) {
    const offset = Math.max(0, request.startIndex - 1 - total);
    const page = await search(context, request, offset, request.count - resources.length);
    resources.push(...page.resources);
    total += page.total;
  }
  return listAnswer(resources, total, request.startIndex);
}

async function listByCursor(
  context: ScimContext,
  request: ListRequest,
  sources: readonly ListSource[],
  cursor: string,
): Promise<Answer> {
  const endpoint = sources.map((source) => source.part).join("+");
  const place = cursor === "" ? null : readCursor(context, endpoint, request, cursor);
  const first = place === null ? 0 : sources.findIndex((source) => source.part === place.part);
  const resources: JsonObject[] = [];
  let total = 0;
  let next: CursorPlace | null = null;
  for (const [index, { part, search }] of sources.entries()) {
    // Of what earlier pages have passed, and of what later pages bring, only the number is wanted.
    const left = index < first || next !== null ? 0 : request.count - resources.length;
    const from = (index === first ? place?.after : null) ?? 0;
    const page = await search(context, request, from, left);
    resources.push(...page.resources);
    total += page.total;
    if (index < first || next !== null || request.count === 0) continue;
    if (page.next !== null) next = { part, after: page.next };
    else if (left === 0 && page.total > 0) next = { part, after: null };
  }
  return cursorAnswer(resources, total, next && writeCursor(context, endpoint, request, next));
}
