import { isValuePath, roleValue, type RoleForm } from "./mapping";
import type { Json } from "./wire";

/** `legacy` is Entra without the flag (and always on demand), `flag` with aadOptscim062020. */
export const DIALECTS = ["legacy", "flag"] as const;
export type Dialect = (typeof DIALECTS)[number];

export interface TargetChange {
  readonly path: string;
  readonly value: string | boolean;
  /** Whether the service has a value there now: Entra's choice between Add and Replace. */
  readonly present: boolean;
}

/** The PatchOp message around operations. */
export const patchMessage = (operations: Json[]): Record<string, Json> => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: operations,
});

/** The PATCH that changes attributes of a user. */
export function attributePatch(
  dialect: Dialect,
  changes: readonly TargetChange[],
  roles: RoleForm = "none",
): Record<string, Json> {
  return patchMessage(
    dialect === "legacy" ? legacyAttributes(changes, roles) : flagAttributes(changes, roles),
  );
}

/** The PATCH that sets a user's manager, or clears it by an empty value: on its own in both dialects. */
export function managerPatch(dialect: Dialect, { path, value, present }: TargetChange): Record<string, Json> {
  const op = present ? "Replace" : "Add";
  return patchMessage([{ op: dialect === "legacy" ? op : op.toLowerCase(), path, value }]);
}

/** One operation per target, capitalised, booleans as text. */
function legacyAttributes(changes: readonly TargetChange[], roles: RoleForm): Json[] {
  return changes.map(({ path, value, present }) => {
    if (path === "roles") return roleOperation(roles, String(value));
    const text = typeof value === "boolean" ? (value ? "True" : "False") : value;
    return { op: present ? "Replace" : "Add", path, value: text };
  });
}

/** Value paths and `active` on their own; all other targets in one replace without a path, with flat keys. */
function flagAttributes(changes: readonly TargetChange[], roles: RoleForm): Json[] {
  const own = changes.filter(({ path }) => isValuePath(path) || path === "active" || path === "roles");
  const flat = changes.filter((change) => !own.includes(change));
  const operations: Json[] = own.map(({ path, value, present }) =>
    path === "roles" ? roleOperation(roles, String(value)) : { op: present ? "replace" : "add", path, value },
  );
  if (flat.length > 0) {
    operations.push({
      op: "replace",
      value: Object.fromEntries(flat.map(({ path, value }) => [path, value])),
    });
  }
  return operations;
}

/** Complex app roles are added as JSON text in the default form, and replaced in the assertive one. */
function roleOperation(roles: RoleForm, role: string): Json {
  return { op: roles === "assertive" ? "replace" : "Add", path: "roles", value: roleValue(roles, role) };
}

export function renamePatch(dialect: Dialect, displayName: string): Record<string, Json> {
  return dialect === "legacy"
    ? patchMessage([{ op: "Replace", path: "displayName", value: displayName }])
    : patchMessage([{ op: "replace", value: { displayName } }]);
}

const references = (ids: readonly string[]): Json[] => ids.map((id) => ({ $ref: null, value: id }));

export function addMembersPatch(dialect: Dialect, ids: readonly string[]): Record<string, Json> {
  return patchMessage([
    { op: dialect === "legacy" ? "Add" : "add", path: "members", value: references(ids) },
  ]);
}

export function removeMembersPatch(dialect: Dialect, ids: readonly string[]): Record<string, Json> {
  return dialect === "legacy"
    ? patchMessage([{ op: "Remove", path: "members", value: references(ids) }])
    : patchMessage(ids.map((id) => ({ op: "remove", path: `members[value eq "${id}"]` })));
}

/** What Entra was seen to send to services that show members it has excluded: a replace with a part of them. */
export function replaceMembersPatch(dialect: Dialect, ids: readonly string[]): Record<string, Json> {
  return patchMessage([
    { op: dialect === "legacy" ? "Replace" : "replace", path: "members", value: references(ids) },
  ]);
}

/** Clears attributes as Microsoft's validation does: by an empty text, or by null. */
export function clearPatch(paths: readonly string[], value: "" | null): Record<string, Json> {
  return patchMessage(paths.map((path) => ({ op: "replace", path, value })));
}
