import type { Role } from "#generated/prisma/enums";
import type { Actor } from "#server/kernel/actor";
import { AppError } from "#server/kernel/errors";

export type Permission =
  | "workspace:manage"
  | "members:manage"
  | "saml:manage"
  | "scim:manage"
  | "audit:view"
  | "members:view"
  | "boards:view"
  | "boards:edit";

const ADMIN: readonly Permission[] = [
  "workspace:manage",
  "members:manage",
  "saml:manage",
  "scim:manage",
  "audit:view",
  "members:view",
  "boards:view",
  "boards:edit",
];

/** The one table that says what a role may do. What is not listed is denied. */
const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: ADMIN,
  admin: ADMIN,
  editor: ["members:view", "boards:view", "boards:edit"],
  viewer: ["members:view", "boards:view"],
  guest: [],
};

/** Whether a role carries a permission. */
export function can(role: Role, permission: Permission): boolean {
  return ROLE_PERMISSIONS[role].includes(permission);
}

/** @throws AppError FORBIDDEN unless the actor is a member whose role carries the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (actor.kind === "member" && can(actor.role, permission)) return;
  throw new AppError("FORBIDDEN", "Your role does not allow this. Ask an administrator of the workspace.");
}
