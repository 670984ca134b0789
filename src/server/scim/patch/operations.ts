import { isObject, valueOf, type JsonObject, type JsonValue } from "../json";
import { badRequest } from "../scim-error";

export type PatchVerb = "add" | "remove" | "replace";

export interface PatchOperation {
  readonly op: PatchVerb;
  /** Undefined when the operation has none. */
  readonly path: string | undefined;
  readonly value: JsonValue | undefined;
}

const MAX_OPERATIONS = 1000;
const VERBS: readonly string[] = ["add", "remove", "replace"];

/**
 * Reads a PatchOp message (RFC 7644 section 3.5.2). Verbs and member names count in any letter case:
 * Entra's two dialects differ in it. An empty list is a no-op, because Microsoft's validator sends one.
 * @throws ScimError 400 invalidSyntax, or tooMany over 1,000 operations
 */
export function readOperations(body: JsonObject): PatchOperation[] {
  const operations = valueOf(body, "Operations");
  if (!Array.isArray(operations)) {
    throw badRequest("invalidSyntax", 'A PATCH needs a list "Operations".');
  }
  if (operations.length > MAX_OPERATIONS) {
    throw badRequest(
      "tooMany",
      `A PATCH has at most ${MAX_OPERATIONS} operations; this one has ${operations.length}.`,
    );
  }
  return operations.map(readOperation);
}

function readOperation(operation: JsonValue, index: number): PatchOperation {
  const where = `Operation ${index + 1}`;
  if (!isObject(operation)) throw badRequest("invalidSyntax", `${where} is not an object.`);
  const op = valueOf(operation, "op");
  const verb = typeof op === "string" ? op.toLowerCase() : "";
  if (!VERBS.includes(verb))
    throw badRequest("invalidSyntax", `${where} has no op "add", "remove" or "replace".`);
  const path = valueOf(operation, "path") ?? undefined;
  if (path !== undefined && typeof path !== "string") {
    throw badRequest("invalidPath", `The path of operation ${index + 1} is not a string.`);
  }
  const value = valueOf(operation, "value");
  if (verb !== "remove" && value === undefined) {
    throw badRequest("invalidValue", `${where} (${verb}) has no value.`);
  }
  return { op: verb as PatchVerb, path: path === undefined || path.trim() === "" ? undefined : path, value };
}
