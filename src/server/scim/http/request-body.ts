import { isStorableText } from "#server/kernel/storable";

import { isObject, type JsonObject } from "../json";
import { badRequest, ScimError } from "../scim-error";
import type { ScimMessage } from "./message";

/** Published in ServiceProviderConfig as the payload limit of a Bulk. */
export const MAX_BODY_BYTES = 1024 * 1024;
const MAX_JSON_DEPTH = 16;

/** `text/plain` is what fetch sends by itself; the others are SCIM's and JSON's own. */
const ACCEPTED_TYPES: readonly string[] = [
  "application/scim+json",
  "application/json",
  "text/json",
  "text/plain",
];

/**
 * Reads a request body as a JSON object.
 * @throws ScimError 413, 415, 400 invalidSyntax, 400 invalidValue
 */
export async function readJsonBody(request: ScimMessage): Promise<JsonObject> {
  const type = (request.header("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  if (type !== "" && !ACCEPTED_TYPES.includes(type)) {
    throw new ScimError(415, "The body must be application/scim+json.");
  }
  const bytes = await request.readBody(MAX_BODY_BYTES);
  if (!bytes) throw new ScimError(413, `The body is larger than ${MAX_BODY_BYTES} bytes.`);
  const text = decode(bytes);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badRequest("invalidSyntax", "The body is not valid JSON.");
  }
  if (!isObject(body)) throw badRequest("invalidSyntax", "The body must be a JSON object.");
  checkTree(body, 1);
  return body;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw badRequest("invalidSyntax", "The body is not valid UTF-8.");
  }
}

/** What PostgreSQL cannot store is refused here, so that it is no server error later. */
function checkTree(value: unknown, depth: number): void {
  if (depth > MAX_JSON_DEPTH)
    throw badRequest("invalidSyntax", `The JSON nests deeper than ${MAX_JSON_DEPTH} levels.`);
  if (typeof value === "string") return checkText(value);
  if (Array.isArray(value)) return value.forEach((item) => checkTree(item, depth + 1));
  if (!isObject(value)) return;
  for (const key of Object.keys(value)) {
    checkText(key);
    checkTree(value[key], depth + 1);
  }
}

function checkText(text: string): void {
  if (!isStorableText(text)) {
    throw badRequest("invalidValue", "The body holds a character that cannot be stored.");
  }
}
