import { isValuePath } from "./mapping";
import type { Json } from "./wire";

/** `legacy` is Entra without the flag (and always on demand), `flag` with aadOptscim062020. */
export type Dialect = "legacy" | "flag";

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
export function attributePatch(dialect: Dialect, changes: readonly TargetChange[]): Record<string, Json> {
  return dialect === "legacy" ? legacyAttributes(changes) : flagAttributes(changes);
}

/** The PATCH that sets a user's manager, or clears it by an empty value: on its own in both dialects. */
export function managerPatch(dialect: Dialect, { path, value, present }: TargetChange): Record<string, Json> {
  const op = present ? "Replace" : "Add";
  return patchMessage([{ op: dialect === "legacy" ? op : op.toLowerCase(), path, value }]);
}

/** One operation per target, capitalised, booleans as text. */
function legacyAttributes(changes: readonly TargetChange[]): Record<string, Json> {
  return patchMessage(
    changes.map(({ path, value, present }) => ({
      op: present ? "Replace" : "Add",
      path,
      value: typeof value === "boolean" ? (value ? "True" : "False") : value,
    })),
  );
}

/** Value paths and `active` on their own; all other targets in one replace without a path, with flat keys. */
function flagAttributes(changes: readonly TargetChange[]): Record<string, Json> {
  const own = changes.filter(({ path }) => isValuePath(path) || path === "active");
  const flat = changes.filter((change) => !own.includes(change));
  const operations: Json[] = own.map(({ path, value, present }) => ({
    op: present ? "replace" : "add",
    path,
    value,
  }));
  if (flat.length > 0) {
    operations.push({
      op: "replace",
      value: Object.fromEntries(flat.map(({ path, value }) => [path, value])),
    });
  }
  return patchMessage(operations);
}

export function renamePatch(dialect: Dialect, displayName: string): Record<string, Json> {
  return dialect === "legacy"
    ? patchMessage([{ op: "Replace", path: "displayName", value: displayName }])
    : patchMessage([{ op: "replace", value: { displayName } }]);
}

export function addMembersPatch(dialect: Dialect, ids: readonly string[]): Record<string, Json> {
  const value = ids.map((id) => ({ $ref: null, value: id }));
  return patchMessage([{ op: dialect === "legacy" ? "Add" : "add", path: "members", value }]);
}

export function removeMembersPatch(dialect: Dialect, ids: readonly string[]): Record<string, Json> {
  return dialect === "legacy"
    ? patchMessage([{ op: "Remove", path: "members", value: ids.map((id) => ({ $ref: null, value: id })) }])
    : patchMessage(ids.map((id) => ({ op: "remove", path: `members[value eq "${id}"]` })));
}
