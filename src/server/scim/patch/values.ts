import { isObject, emptyObject, valueOf, type JsonObject, type JsonValue } from "../json";
import { findSubAttribute, type AttributeDefinition } from "../schema/attributes";
import { badRequest, type ScimError } from "../scim-error";

/** Characters of a value that has an index; PostgreSQL's index entries end near 2,700 bytes. */
const MAX_INDEXED_LENGTH = 512;
const MAX_TEXT_LENGTH = 8192;
const INDEXED: readonly string[] = ["userName", "externalId", "displayName"];

/** null, "", [] and a missing value all mean "no value" to Entra (RFC 7643 section 2.5 has the first and the third). */
export function isEmpty(value: JsonValue | undefined): boolean {
  return (
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

/** A sub-attribute that a path names. @throws ScimError 400 invalidPath */
export function getSubAttribute(parent: AttributeDefinition, name: string): AttributeDefinition {
  const sub = findSubAttribute(parent, name);
  if (!sub) throw badRequest("invalidPath", `"${parent.name}" has no sub-attribute "${name}".`);
  return sub;
}

function wrongValue(name: string, expected: string): ScimError {
  return badRequest("invalidValue", `The value of "${name}" must be ${expected}.`);
}

/** Old Entra dialects wrap a single value as `[{"$ref":null,"value":"x"}]`; this takes the wrapping off. */
export function unwrapSingle(name: string, value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return value;
  if (value.length > 1) throw wrongValue(name, "a single value");
  return value[0] ?? null;
}

/** true, false, and the strings Entra writes for them; `Boolean("False")` would keep a leaver's access. */
export function readBoolean(name: string, value: JsonValue): boolean {
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (text === "true" || text === "false") return text === "true";
  throw wrongValue(name, "true or false");
}

/** A simple attribute's value in its own type, or null when it says "no value". */
export function readSimple(attribute: AttributeDefinition, raw: JsonValue): string | boolean | null {
  const unwrapped = unwrapSingle(attribute.name, raw);
  const value = isObject(unwrapped) ? valueOf(unwrapped, "value") : unwrapped;
  if (value === undefined)
    throw wrongValue(attribute.name, attribute.type === "boolean" ? "true or false" : "a string");
  if (isEmpty(value)) return null;
  return attribute.type === "boolean" ? readBoolean(attribute.name, value) : readText(attribute.name, value);
}

function readText(name: string, value: JsonValue): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") throw wrongValue(name, "a string");
  const limit = INDEXED.includes(name) ? MAX_INDEXED_LENGTH : MAX_TEXT_LENGTH;
  if (value.length > limit) throw wrongValue(name, `at most ${limit} characters long`);
  return value;
}

/** The known sub-attributes of a complex value, in canonical spelling; empty ones and read-only ones are left out. */
export function readSubAttributes(attribute: AttributeDefinition, raw: JsonObject): JsonObject {
  const element = emptyObject();
  for (const key of Object.keys(raw)) {
    const sub = findSubAttribute(attribute, key);
    if (!sub || sub.mutability === "readOnly") continue;
    const value = readSimple({ ...sub, name: `${attribute.name}.${sub.name}` }, raw[key]!);
    if (value !== null) element[sub.name] = value;
  }
  return element;
}

/**
 * One element of a multi-valued attribute, or null when it says nothing. A bare string means its value
 * (an address: its formatted text).
 */
function readElement(attribute: AttributeDefinition, raw: JsonValue): JsonObject | null {
  if (isEmpty(raw)) return null;
  const main = findSubAttribute(attribute, "value") ? "value" : "formatted";
  const source = isObject(raw) ? raw : { [main]: raw };
  const element = readSubAttributes(attribute, attribute.name === "roles" ? decodeRole(source) : source);
  return Object.keys(element).length === 0 ? null : element;
}

/** Entra's legacy dialect puts a role as JSON text inside `value`: {"value":"{\"value\":\"Editor\",…}"}. */
function decodeRole(source: JsonObject): JsonObject {
  const text = valueOf(source, "value");
  if (typeof text !== "string" || !text.trimStart().startsWith("{")) return source;
  let role: unknown;
  try {
    role = JSON.parse(text);
  } catch {
    return source;
  }
  if (!isObject(role)) return source;
  const value = valueOf(role, "value");
  const display = valueOf(role, "displayName") ?? valueOf(role, "display");
  if (typeof value !== "string") return source;
  return { ...source, value, ...(typeof display === "string" ? { display } : {}) };
}

/** Elements of one list; comparing new ones with the stored ones takes the product of both numbers. */
export const MAX_ELEMENTS = 200;

/** A 400 for a list that is, or would become, too long. */
export function tooManyElements(name: string): ScimError {
  return wrongValue(name, `a list of at most ${MAX_ELEMENTS} values`);
}

/** The elements of a list value; a single object or string counts as a list of one. */
export function readElements(attribute: AttributeDefinition, raw: JsonValue): JsonObject[] {
  const list = Array.isArray(raw) ? raw : [raw];
  if (list.length > MAX_ELEMENTS) throw tooManyElements(attribute.name);
  return list.map((item) => readElement(attribute, item)).filter((item) => item !== null);
}

/** The manager as an object; Entra sends a string, an object, or a list of one object. */
export function readManager(raw: JsonValue): JsonObject | null {
  const value = unwrapSingle("manager", raw);
  const id = isObject(value) ? (valueOf(value, "value") ?? lastSegment(valueOf(value, "$ref"))) : value;
  if (id === undefined || id === null || id === "") return null;
  const manager = emptyObject();
  manager["value"] = readText("manager.value", id);
  return manager;
}

/** The id at the end of a `$ref`. */
export function lastSegment(ref: JsonValue | undefined): string | undefined {
  return typeof ref === "string" ? ref.split(/[?#]/)[0]?.split("/").filter(Boolean).at(-1) : undefined;
}
