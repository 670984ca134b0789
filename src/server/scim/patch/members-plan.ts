import type { Filter, PatchPath } from "../filter/ast";
import { isObject, valueOf, type JsonValue } from "../json";
import { badRequest } from "../scim-error";
import type { PatchVerb } from "./operations";
import { lastSegment } from "./values";

const MAX_MEMBER_VALUES = 10_000;

/**
 * What a PATCH does to a group's members, folded from its operations in order, so that a thousand operations
 * become two statements and the present members need not be known. Nobody looks up an id that a later operation of the
 * same request takes out again.
 */
export class MembersPlan {
  /** When true the members become exactly `added`; else `removed` leave and `added` join. */
  exact = false;
  readonly added = new Set<string>();
  readonly removed = new Set<string>();
  private values = 0;

  get isEmpty(): boolean {
    return !this.exact && this.added.size === 0 && this.removed.size === 0;
  }

  /** Folds in one operation on `members`, `members.value` or `members[value eq "…"]`. */
  apply(path: PatchPath, op: PatchVerb, value: JsonValue | undefined): void {
    // `members.display`, `members[value eq "x"].type`: nothing of a membership but its member can be written.
    const sub = (path.sub ?? path.path.sub ?? "value").toLowerCase();
    if (sub !== "value") return;
    if (path.filter !== null) return this.applyFiltered(path.filter, op);
    if (op === "remove") {
      // Legacy Entra names the leavers in `value`; only a remove without any value empties the group.
      if (value === undefined || value === null) this.replace([]);
      else this.remove(this.readIds(value));
    } else if (op === "replace") {
      this.replace(this.readIds(value ?? []));
    } else {
      this.add(this.readIds(value ?? []));
    }
  }

  private applyFiltered(filter: Filter, op: PatchVerb): void {
    const ids = idsOf(filter);
    this.count(ids.length);
    if (op === "remove") this.remove(ids);
    else this.add(ids);
  }

  private add(ids: readonly string[]): void {
    for (const id of ids) {
      this.added.add(id);
      this.removed.delete(id);
    }
  }

  private remove(ids: readonly string[]): void {
    for (const id of ids) {
      this.added.delete(id);
      if (!this.exact) this.removed.add(id);
    }
  }

  private replace(ids: readonly string[]): void {
    this.exact = true;
    this.added.clear();
    this.removed.clear();
    this.add(ids);
  }

  private readIds(value: JsonValue): string[] {
    const list = Array.isArray(value) ? value : value === "" ? [] : [value];
    this.count(list.length);
    return list.map(readMemberId);
  }

  private count(values: number): void {
    this.values += values;
    if (this.values > MAX_MEMBER_VALUES) {
      throw badRequest("tooMany", `One request changes at most ${MAX_MEMBER_VALUES} members.`);
    }
  }
}

function readMemberId(value: JsonValue): string {
  if (typeof value === "string" && value !== "") return value.toLowerCase();
  if (isObject(value)) {
    const type = valueOf(value, "type");
    if (typeof type === "string" && type.toLowerCase() === "group") {
      throw badRequest("invalidValue", "Groups inside groups are not supported; add the people themselves.");
    }
    const id = valueOf(value, "value") ?? lastSegment(valueOf(value, "$ref"));
    if (typeof id === "string" && id !== "") return id.toLowerCase();
  }
  throw badRequest("invalidValue", 'Every member needs the id of a user as its "value".');
}

/** The ids of `value eq "a" or value eq "b"`; `and type eq "User"` says nothing new. */
function idsOf(filter: Filter): string[] {
  if (filter.kind === "or") return filter.terms.flatMap(idsOf);
  if (filter.kind === "and") {
    const [term, ...others] = filter.terms.filter((item) => !isUserType(item));
    if (term && others.length === 0) return idsOf(term);
  }
  const isId = filter.kind === "compare" && filter.op === "eq" && filter.path.name.toLowerCase() === "value";
  if (!isId || typeof filter.value !== "string") {
    throw badRequest("invalidPath", 'Members are selected by members[value eq "ID"].');
  }
  return [filter.value.toLowerCase()];
}

function isUserType(filter: Filter): boolean {
  if (filter.kind !== "compare" || filter.op !== "eq" || filter.path.name.toLowerCase() !== "type")
    return false;
  return String(filter.value).toLowerCase() === "user";
}
