import type { ListRequest } from "../http/list-request";
import type { Search } from "../search.repo";
import { compileFilter, type OperandResolver } from "./compile";
import { compileOrder } from "./order";
import { parseFilter } from "./parser";

/**
 * What a list request searches for, as SQL.
 * @throws ScimError 400 invalidFilter, invalidPath
 */
export function compileSearch({ filter, sortBy, descending }: ListRequest, resolve: OperandResolver): Search {
  return {
    condition: filter === null ? null : compileFilter(parseFilter(filter), resolve),
    order: sortBy === null ? null : compileOrder(sortBy, resolve),
    descending: sortBy !== null && descending,
  };
}
