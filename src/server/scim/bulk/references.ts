import { emptyObject, isObject, type JsonValue } from "../json";

const PREFIX = "bulkId:";

/** Keys whose values name resources. Elsewhere `bulkId:…` is text: a title may say what it likes. */
const REFERENCE_KEYS: readonly string[] = ["value", "$ref", "manager", "members"];

/** The bulkId in `bulkId:q`, or null for any other text. */
export function bulkIdIn(text: string): string | null {
  return text.startsWith(PREFIX) && text.length > PREFIX.length ? text.slice(PREFIX.length) : null;
}

/** The last word of an attribute path: `urn:…:User:manager` → `manager`. */
const lastWord = (key: string): string => key.slice(key.lastIndexOf(":") + 1).toLowerCase();

/** The bulkIds that an operation's data refers to. */
export function referencesIn(data: JsonValue | undefined): Set<string> {
  const found = new Set<string>();
  mapReferences(data ?? null, "", (bulkId, text) => {
    found.add(bulkId);
    return text;
  });
  return found;
}

/** The data with every reference replaced by the id it stands for; unknown ones stay as they are. */
export function resolveReferences(data: JsonValue, ids: ReadonlyMap<string, string>): JsonValue {
  return mapReferences(data, "", (bulkId, text) => ids.get(bulkId) ?? text);
}

function mapReferences(
  value: JsonValue,
  key: string,
  replace: (bulkId: string, text: string) => string,
): JsonValue {
  if (typeof value === "string") {
    const bulkId = REFERENCE_KEYS.includes(lastWord(key)) ? bulkIdIn(value) : null;
    return bulkId === null ? value : replace(bulkId, value);
  }
  if (Array.isArray(value)) return value.map((item) => mapReferences(item, key, replace));
  if (!isObject(value)) return value;
  const copy = emptyObject();
  for (const name of Object.keys(value)) copy[name] = mapReferences(value[name]!, name, replace);
  return copy;
}

/** The data without any manager that refers to one of these bulkIds. */
export function withoutManagers(data: JsonValue, bulkIds: ReadonlySet<string>): JsonValue {
  if (!isObject(data)) return data;
  const copy = emptyObject();
  for (const key of Object.keys(data)) {
    const value = data[key]!;
    const refers =
      lastWord(key) === "manager" && [...referencesIn({ manager: value })].some((id) => bulkIds.has(id));
    if (!refers) copy[key] = key.includes(":") ? withoutManagers(value, bulkIds) : value;
  }
  return copy;
}
