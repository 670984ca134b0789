export type RoleName = "owner" | "admin" | "editor" | "viewer" | "guest";

/** Roles that an administrator can give; guests come by invitation only. */
export type GivenRole = Exclude<RoleName, "guest">;

/** A select's value as a role that can be given, or null. */
export function parseGivenRole(value: string): GivenRole | null {
  return value === "owner" || value === "admin" || value === "editor" || value === "viewer" ? value : null;
}

export const ROLE_LABELS: Readonly<Record<RoleName, string>> = {
  owner: "Owner",
  admin: "Admin",
  editor: "Editor",
  viewer: "Viewer",
  guest: "Guest",
};

/**
 * The roles that somebody may hand out, and the one a member has already. Only owners make owners, so that
 * an admin cannot lift themselves.
 */
export function assignableRoles(mine: string, current: RoleName): readonly RoleName[] {
  const base: readonly RoleName[] = ["admin", "editor", "viewer"];
  const allowed: readonly RoleName[] = mine === "owner" ? ["owner", ...base] : base;
  return allowed.includes(current) ? allowed : [current, ...allowed];
}
