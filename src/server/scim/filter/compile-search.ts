import type { ListRequest } from "../http/list-request";
import type { PageRequest } from "../scim.repo";
import { compileFilter, type OperandResolver } from "./compile";
import { compileOrder } from "./order";
import { parseFilter } from "./parser";
import { TRUE } from "./sql";

/**
 * One page of what a list request asks for, as SQL; `offset` is zero-based.
 * @throws ScimError 400 invalidFilter, invalidPath
 */
export function compileSearch(
  { filter, sortBy, descending }: ListRequest,
  resolve: OperandResolver,
  offset: number,
  limit: number,
): PageRequest {
  return {
    condition: filter === null ? TRUE : compileFilter(parseFilter(filter), resolve),
    order: sortBy === null ? null : compileOrder(sortBy, descending, resolve),
    offset,
    limit,
  };
}
