import type { Filter, PatchPath } from "../filter/ast";
import {
  cloneJson,
  emptyObject,
  isObject,
  jsonEquals,
  keyOf,
  textOf,
  valueOf,
  type JsonObject,
  type JsonValue,
} from "../json";
import type { ResolvedPath } from "../schema/resolve";
import { badRequest } from "../scim-error";
import { editExtension, setOrClear } from "./extension";
import type { PatchVerb } from "./operations";
import { isEmpty, MAX_ELEMENTS, readBoolean, tooManyElements, unwrapSingle } from "./values";

interface Change {
  readonly op: PatchVerb;
  readonly value: JsonValue | undefined;
}

const clears = (change: Change): boolean => change.op === "remove" || isEmpty(change.value);

/** A customer's own extension: stored and returned as it came, whatever its type. */
export function applyCustom(
  document: JsonObject,
  resolved: Extract<ResolvedPath, { kind: "custom" }>,
  path: PatchPath,
  change: Change,
): void {
  editExtension(document, resolved.urn, (extension) => {
    const { name, sub } = resolved;
    const key = keyOf(extension, name) ?? name;
    if (path.filter !== null) {
      return setOrClear(extension, key, changeSelected(extension[key], path.filter, path.sub, change));
    }
    if (sub === null) return setOrClear(extension, key, wholeValue(name, extension[key], change));
    const parent = isObject(extension[key]) ? extension[key] : emptyObject();
    setOrClear(parent, keyOf(parent, sub) ?? sub, wholeValue(sub, undefined, change));
    setOrClear(extension, key, Object.keys(parent).length === 0 ? null : parent);
  });
}

function wholeValue(name: string, stored: JsonValue | undefined, change: Change): JsonValue {
  if (clears(change)) return null;
  if (name.toLowerCase() === "editor") return readBoolean(name, unwrapSingle(name, change.value!));
  const value = cloneJson(change.value!);
  if (Array.isArray(value) && value.length > MAX_ELEMENTS) throw tooManyElements(name);
  if (change.op !== "add" || !Array.isArray(stored)) return value;
  const added = (Array.isArray(value) ? value : [value]).filter(
    (item) => !stored.some((old) => jsonEquals(old, item)),
  );
  if (stored.length + added.length > MAX_ELEMENTS) throw tooManyElements(name);
  return [...stored, ...added];
}

/** A value path: the elements that it describes change, and one that is missing is made. */
function changeSelected(
  stored: JsonValue | undefined,
  filter: Filter,
  sub: string | null,
  change: Change,
): JsonValue {
  const described = describedBy(filter);
  const list = Array.isArray(stored) ? stored : stored === undefined ? [] : [stored];
  const selected = list.map((item) => isObject(item) && hasAll(item, described));
  const changed = list
    .map((item, index) => (selected[index] ? changeElement(item as JsonObject, sub, change) : item))
    .filter((item) => item !== null);
  if (!clears(change) && !selected.includes(true)) changed.push(changeElement(described, sub, change)!);
  if (changed.length > MAX_ELEMENTS) throw tooManyElements("list");
  return changed.length === 0 ? null : changed;
}

function changeElement(element: JsonObject, sub: string | null, change: Change): JsonObject | null {
  if (sub === null && clears(change)) return null;
  const copy = cloneJson(element);
  if (sub !== null) {
    setOrClear(copy, keyOf(copy, sub) ?? sub, clears(change) ? null : cloneJson(change.value!));
  } else {
    if (!isObject(change.value)) throw badRequest("invalidValue", "The value of such a path is an object.");
    Object.assign(copy, cloneJson(change.value));
  }
  return Object.keys(copy).length === 0 ? null : copy;
}

/** What an element has that meets `type eq "work" and …`. @throws ScimError 400 invalidPath for any other filter */
function describedBy(filter: Filter): JsonObject {
  const described = emptyObject();
  for (const term of filter.kind === "and" ? filter.terms : [filter]) {
    if (term.kind !== "compare" || term.op !== "eq" || term.value === null) {
      throw badRequest("invalidPath", 'Values of such an attribute are selected by [name eq "value"].');
    }
    described[term.path.name] = term.value;
  }
  return described;
}

function hasAll(element: JsonObject, described: JsonObject): boolean {
  return Object.keys(described).every(
    (name) => textOf(valueOf(element, name)).toLowerCase() === textOf(described[name]).toLowerCase(),
  );
}
