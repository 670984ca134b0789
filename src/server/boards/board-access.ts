import type { Actor } from "#server/kernel/actor";
import { can } from "#server/workspaces/index";

/**
 * What an actor may do with a board: the one function that decides it, for HTTP and for sockets.
 * Null means that the board must look as if it did not exist.
 */
export function boardAccess(
  actor: Actor,
  board: { readonly workspaceId: string; readonly deletedAt: Date | null },
): "edit" | "view" | null {
  if (actor.workspaceId !== board.workspaceId || board.deletedAt !== null) return null;
  switch (actor.kind) {
    case "member":
      if (can(actor.role, "boards:edit")) return "edit";
      return can(actor.role, "boards:view") ? "view" : null;
    case "cli":
    case "system":
      return "edit";
    case "scim":
    case "saml":
      return null;
  }
}
