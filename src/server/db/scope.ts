import { isId } from "#server/kernel/ids";
import { AppError } from "#server/kernel/errors";

declare const brand: unique symbol;

/**
 * The workspace that a piece of work may touch. Every repository function of a scoped model takes one,
 * so that a query without a workspace does not type-check.
 */
export interface WorkspaceScope {
  readonly workspaceId: string;
  readonly [brand]: true;
}

/** Makes a scope. Call it only with an id that authentication gave you, never with one from a request. */
export function workspaceScope(workspaceId: string): WorkspaceScope {
  if (!isId(workspaceId)) throw new AppError("NOT_FOUND", "There is no such workspace.");
  return { workspaceId } as WorkspaceScope;
}
