import type { Actor } from "#server/kernel/actor";
import { requirePermission } from "#server/workspaces/index";

/** A member needs the permission; the command line acts for whoever runs the server. @throws AppError FORBIDDEN */
export function requireManager(actor: Actor): void {
  if (actor.kind === "member") requirePermission(actor, "scim:manage");
}
