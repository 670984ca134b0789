import { emptyObject, isObject, keyOf, type JsonObject, type JsonValue } from "../json";

/** Writes a value under a key; null takes the key away, because "no value" is never stored. */
export function setOrClear(holder: JsonObject, key: string, value: JsonValue): void {
  if (value === null) delete holder[key];
  else holder[key] = value;
}

/** Runs `edit` on an extension's object; an extension without attributes is not kept. */
export function editExtension(
  document: JsonObject,
  urn: string,
  edit: (extension: JsonObject) => void,
): void {
  const key = keyOf(document, urn) ?? urn;
  const extension = isObject(document[key]) ? document[key] : emptyObject();
  edit(extension);
  setOrClear(document, key, Object.keys(extension).length === 0 ? null : extension);
}
