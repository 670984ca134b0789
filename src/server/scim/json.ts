/** What JSON can carry. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

/** A plain value as text, absent and null as "": for comparing, so an object becomes its JSON. */
export function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * An empty object without a prototype: a key such as `__proto__` or `constructor` from a request
 * is then a plain key, and reading a missing key never finds something inherited.
 */
export function emptyObject(): JsonObject {
  return Object.create(null) as JsonObject;
}

/** A deep copy whose objects have no prototype. */
export function cloneJson<T extends JsonValue>(value: T): T {
  if (Array.isArray(value)) return value.map((item) => cloneJson(item)) as T;
  if (!isObject(value)) return value;
  const copy = emptyObject();
  for (const key of Object.keys(value)) copy[key] = cloneJson(value[key]!);
  return copy as T;
}

/** The value under a key whatever its letter case: SCIM attribute names are case-insensitive (RFC 7643 section 2.1). */
export function valueOf(object: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const key = keyOf(object, name);
  return key === undefined ? undefined : object[key];
}

/** The key as the object spells it, or undefined. */
export function keyOf(object: JsonObject, name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.keys(object).find((key) => key.toLowerCase() === lower);
}

/** Equality of JSON values; the order of keys does not count. */
export function jsonEquals(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => jsonEquals(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && jsonEquals(a[key], b[key]))
  );
}
