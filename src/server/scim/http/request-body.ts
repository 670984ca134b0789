import { isObject, type JsonObject } from "../json";
import { badRequest, ScimError } from "../scim-error";

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_JSON_DEPTH = 16;

/** `text/plain` is what fetch sends by itself; the others are SCIM's and JSON's own. */
const ACCEPTED_TYPES: readonly string[] = [
  "application/scim+json",
  "application/json",
  "text/json",
  "text/plain",
];

/**
 * Reads a request body as a JSON object. The size is checked while reading: a Content-Length can lie or be missing.
 * @throws ScimError 413, 415, 400 invalidSyntax, 400 invalidValue
 */
export async function readJsonBody(request: Request): Promise<JsonObject> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  if (type !== "" && !ACCEPTED_TYPES.includes(type)) {
    throw new ScimError(415, "The body must be application/scim+json.");
  }
  const text = decode(await readBytes(request));
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

async function readBytes(request: Request): Promise<Uint8Array[]> {
  const tooLarge = new ScimError(413, `The body is larger than ${MAX_BODY_BYTES} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge;
  const chunks: Uint8Array[] = [];
  if (!request.body) return chunks;
  const reader = request.body.getReader();
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    size += value.byteLength;
    if (size > MAX_BODY_BYTES) {
      // The client hears why instead of having its connection cut.
      void reader.cancel().catch(() => undefined);
      throw tooLarge;
    }
    chunks.push(value);
  }
}

function decode(chunks: readonly Uint8Array[]): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw badRequest("invalidSyntax", "The body is not valid UTF-8.");
  }
}

/** PostgreSQL can store neither NUL nor half a surrogate pair: refused here they are no server error later. */
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
  if (text.includes("\0") || /\p{Surrogate}/u.test(text)) {
    throw badRequest("invalidValue", "The body holds a character that cannot be stored.");
  }
}
