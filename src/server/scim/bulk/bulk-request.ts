import { isObject, valueOf, type JsonObject, type JsonValue } from "../json";
import { badRequest, ScimError } from "../scim-error";

export type BulkMethod = "POST" | "PUT" | "PATCH" | "DELETE";

/** One operation as the client wrote it; whether it can be carried out is found out when its turn comes. */
export interface BulkOperation {
  readonly method: string;
  /** Below the SCIM root: `/Users`, `/Groups/ID`, `/Users/bulkId:q`. */
  readonly path: string;
  /** The client's name for the resource of a POST; others refer to it as `bulkId:NAME`. */
  readonly bulkId: string | null;
  /** The entity tag that the resource must still have. */
  readonly version: string | null;
  readonly data: JsonValue | undefined;
}

export interface BulkRequest {
  /** How many failures end the work; Infinity when the client did not say. */
  readonly failOnErrors: number;
  readonly operations: readonly BulkOperation[];
}

/** Published in ServiceProviderConfig. */
export const MAX_BULK_OPERATIONS = 1000;

/**
 * Reads a BulkRequest (RFC 7644 section 3.7). What makes the message itself unreadable or ambiguous refuses it whole,
 * before anything is done.
 * @throws ScimError 400 invalidSyntax, invalidValue; 413 over the number of operations
 */
export function readBulkRequest(body: JsonObject): BulkRequest {
  const operations = valueOf(body, "Operations");
  if (!Array.isArray(operations))
    throw badRequest("invalidSyntax", 'A bulk request needs a list "Operations".');
  if (operations.length > MAX_BULK_OPERATIONS) {
    throw new ScimError(
      413,
      `A bulk request has at most ${MAX_BULK_OPERATIONS} operations (maxOperations); this one has ${operations.length}.`,
    );
  }
  const read = operations.map(readOperation);
  refuseRepeatedIds(read);
  return { failOnErrors: readFailOnErrors(valueOf(body, "failOnErrors")), operations: read };
}

function readFailOnErrors(value: JsonValue | undefined): number {
  if (value === undefined || value === null) return Infinity;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1) return value;
  throw badRequest("invalidValue", '"failOnErrors" must be a whole number of at least 1.');
}

function readOperation(raw: JsonValue, index: number): BulkOperation {
  if (!isObject(raw)) throw badRequest("invalidSyntax", `Bulk operation ${index + 1} is not an object.`);
  const text = (name: string): string | null => {
    const value = valueOf(raw, name) ?? null;
    if (value === null || typeof value === "string") return value;
    throw badRequest("invalidSyntax", `"${name}" of bulk operation ${index + 1} is not a string.`);
  };
  return {
    method: (text("method") ?? "").toUpperCase(),
    path: text("path") ?? "",
    bulkId: text("bulkId"),
    version: text("version"),
    data: valueOf(raw, "data"),
  };
}

/** With two operations of one name, nobody could say which of them a reference means. */
function refuseRepeatedIds(operations: readonly BulkOperation[]): void {
  const seen = new Set<string>();
  for (const { bulkId, method } of operations) {
    if (bulkId === null || method !== "POST") continue;
    if (seen.has(bulkId)) {
      throw badRequest("invalidValue", `Two bulk operations have the bulkId "${bulkId.slice(0, 100)}".`);
    }
    seen.add(bulkId);
  }
}
