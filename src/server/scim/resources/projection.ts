import { parseAttributePath } from "../filter/parser";
import { emptyObject, isObject, keyOf, type JsonObject, type JsonValue } from "../json";
import { ENTERPRISE_URN, findEnterpriseAttribute, isCoreUrn } from "../schema/attributes";
import { bareSchemaUrn } from "../schema/resolve";
import { badRequest } from "../scim-error";

/** Which attributes an answer has (RFC 7644 section 3.9). `null` means the default set. */
export interface Projection {
  readonly only: readonly ProjectedPath[] | null;
  readonly without: readonly ProjectedPath[];
}

interface ProjectedPath {
  /** Lower-case URN of an extension, or null for the core schema. */
  readonly urn: string | null;
  /** Lower-case attribute name, or null for the whole extension. */
  readonly name: string | null;
  readonly sub: string | null;
}

const ALWAYS: readonly string[] = ["schemas", "id"];

/** Every name is looked for in every resource of a page. */
const MAX_NAMES = 200;

/**
 * Reads `attributes` and `excludedAttributes`: comma lists or JSON lists, names in any letter case.
 * @throws ScimError 400 invalidValue when both are given, or more than 200 names
 */
export function readProjection(
  attributes: readonly string[],
  excludedAttributes: readonly string[],
): Projection {
  if (attributes.length + excludedAttributes.length > MAX_NAMES) {
    throw badRequest("invalidValue", `A request names at most ${MAX_NAMES} attributes.`);
  }
  const only = attributes.map(readPath).filter((path) => path !== null);
  const without = excludedAttributes.map(readPath).filter((path) => path !== null);
  if (attributes.length > 0 && excludedAttributes.length > 0) {
    throw badRequest("invalidValue", "attributes and excludedAttributes cannot be used together.");
  }
  return { only: attributes.length === 0 ? null : only, without };
}

/** Names that are no attribute path select nothing and exclude nothing. */
function readPath(text: string): ProjectedPath | null {
  const path = parseAttributePath(text.trim());
  if (!path) return null;
  const name = path.name.toLowerCase();
  const sub = path.sub?.toLowerCase() ?? null;
  if (path.urn === null) {
    const urn = findEnterpriseAttribute(name) ? ENTERPRISE_URN.toLowerCase() : null;
    return { urn, name, sub };
  }
  const schemaUrn = bareSchemaUrn(path);
  if (schemaUrn !== null) {
    return isCoreUrn(schemaUrn) ? null : { urn: schemaUrn.toLowerCase(), name: null, sub: null };
  }
  return { urn: isCoreUrn(path.urn) ? null : path.urn.toLowerCase(), name, sub };
}

/** Whether an answer would show a core attribute: what it does not show need not be loaded. */
export function wantsAttribute(projection: Projection, name: string): boolean {
  const lower = name.toLowerCase();
  const names = (path: ProjectedPath) => path.urn === null && path.name === lower;
  if (projection.only !== null) return projection.only.some(names);
  return !projection.without.some((path) => names(path) && path.sub === null);
}

/** The resource with only what the projection lets through; `id` and `schemas` always stay. */
export function project(resource: JsonObject, projection: Projection): JsonObject {
  if (projection.only !== null) return selectPaths(resource, projection.only);
  return projection.without.reduce(excludePath, resource);
}

function selectPaths(resource: JsonObject, paths: readonly ProjectedPath[]): JsonObject {
  const result = emptyObject();
  for (const key of ALWAYS) if (resource[key] !== undefined) result[key] = resource[key];
  for (const path of paths) {
    const source = holderOf(resource, path);
    if (!source) continue;
    if (path.name === null) {
      result[source.urnKey!] = source.holder;
      continue;
    }
    const key = keyOf(source.holder, path.name);
    if (key === undefined) continue;
    const target = source.urnKey === null ? result : extensionIn(result, source.urnKey);
    const value = path.sub === null ? source.holder[key]! : onlySub(source.holder[key]!, path.sub);
    target[key] = path.sub === null ? value : mergeSubs(target[key], value);
  }
  return result;
}

function holderOf(
  resource: JsonObject,
  path: ProjectedPath,
): { holder: JsonObject; urnKey: string | null } | null {
  if (path.urn === null) return { holder: resource, urnKey: null };
  const urnKey = keyOf(resource, path.urn);
  const holder = urnKey === undefined ? undefined : resource[urnKey];
  return isObject(holder) ? { holder, urnKey: urnKey! } : null;
}

function extensionIn(result: JsonObject, urnKey: string): JsonObject {
  const present = result[urnKey];
  if (isObject(present)) return present;
  const made = emptyObject();
  result[urnKey] = made;
  return made;
}

function onlySub(value: JsonValue, sub: string): JsonValue {
  if (Array.isArray(value)) return value.map((item) => onlySub(item, sub));
  const result = emptyObject();
  const key = isObject(value) ? keyOf(value, sub) : undefined;
  if (isObject(value) && key !== undefined) result[key] = value[key]!;
  return result;
}

/** Two selected sub-attributes of one attribute end up in the same objects. */
function mergeSubs(present: JsonValue | undefined, added: JsonValue): JsonValue {
  if (Array.isArray(present) && Array.isArray(added)) {
    return added.map((item, index) => mergeSubs(present[index], item));
  }
  return isObject(present) && isObject(added) ? Object.assign(emptyObject(), present, added) : added;
}

function excludePath(resource: JsonObject, path: ProjectedPath): JsonObject {
  const source = holderOf(resource, path);
  if (!source) return resource;
  const result: JsonObject = Object.assign(emptyObject(), resource);
  if (path.name === null) {
    delete result[source.urnKey!];
    return result;
  }
  const key = keyOf(source.holder, path.name);
  if (key === undefined || (path.urn === null && ALWAYS.includes(key))) return resource;
  const holder: JsonObject = Object.assign(emptyObject(), source.holder);
  if (path.sub === null) delete holder[key];
  else holder[key] = withoutSub(holder[key]!, path.sub);
  if (source.urnKey === null) return holder;
  result[source.urnKey] = holder;
  return result;
}

function withoutSub(value: JsonValue, sub: string): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withoutSub(item, sub));
  if (!isObject(value)) return value;
  const copy: JsonObject = Object.assign(emptyObject(), value);
  delete copy[keyOf(copy, sub) ?? sub];
  return copy;
}
