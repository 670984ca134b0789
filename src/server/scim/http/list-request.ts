import { valueOf, type JsonObject, type JsonValue } from "../json";
import { readProjection, type Projection } from "../resources/projection";
import { badRequest } from "../scim-error";

export const DEFAULT_PAGE_SIZE = 100;
export const MAX_PAGE_SIZE = 200;

/** What a list or a `.search` asks for (RFC 7644 section 3.4.2). */
export interface ListRequest {
  readonly filter: string | null;
  readonly sortBy: string | null;
  readonly descending: boolean;
  /** The cursor of RFC 9865, empty for the first page; null for paging by index. */
  readonly cursor: string | null;
  /** 1-based, at least 1; nothing to a request with a cursor. */
  readonly startIndex: number;
  /** 0 to MAX_PAGE_SIZE. */
  readonly count: number;
  readonly projection: Projection;
}

/** Query parameters by lower-case name; the first of each counts. @throws ScimError 400 invalidSyntax */
export function parseQuery(search: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of search.replace(/^\?/, "").split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = decodeForm(equals < 0 ? part : part.slice(0, equals)).toLowerCase();
    if (!parameters.has(name)) parameters.set(name, equals < 0 ? "" : decodeForm(part.slice(equals + 1)));
  }
  return parameters;
}

/** Form rules, once: `+` is a space, `%2B` a plus. */
function decodeForm(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw badRequest("invalidSyntax", "The query string is not valid percent-encoded UTF-8.");
  }
}

const splitNames = (text: string | undefined): string[] =>
  (text ?? "").split(",").filter((name) => name.trim() !== "");

/** The projection that a request's query asks for; it applies to every verb. */
export function projectionOf(parameters: ReadonlyMap<string, string>): Projection {
  return readProjection(
    splitNames(parameters.get("attributes")),
    splitNames(parameters.get("excludedattributes")),
  );
}

/** A list request from the query string. @throws ScimError 400 invalidValue, invalidCount */
export function listRequestFromQuery(parameters: ReadonlyMap<string, string>): ListRequest {
  return makeListRequest((name) => parameters.get(name.toLowerCase()), projectionOf(parameters));
}

/** A list request from the body of a `.search`. @throws ScimError 400 invalidValue, invalidCount */
export function listRequestFromBody(body: JsonObject): ListRequest {
  const read = (name: string) => {
    const value = valueOf(body, name);
    return value === undefined || value === null ? undefined : scalar(name, value);
  };
  const projection = readProjection(readNames(body, "attributes"), readNames(body, "excludedAttributes"));
  return makeListRequest(read, projection);
}

function makeListRequest(read: (name: string) => string | undefined, projection: Projection): ListRequest {
  const cursor = read("cursor") ?? null;
  return {
    filter: nonEmpty(read("filter")),
    sortBy: nonEmpty(read("sortBy")),
    descending: readSortOrder(read("sortOrder")),
    cursor: cursor === null ? null : cursor.trim(),
    startIndex: cursor === null ? Math.max(1, readInteger("startIndex", read("startIndex"), 1)) : 1,
    count: cursor === null ? readCount(read("count")) : readCursorCount(read("count")),
    projection,
  };
}

function scalar(name: string, value: JsonValue): string {
  if (typeof value === "object") throw badRequest("invalidValue", `"${name}" must be a single value.`);
  return String(value);
}

function readNames(body: JsonObject, name: string): string[] {
  const value = valueOf(body, name);
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return splitNames(value);
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) {
    throw badRequest("invalidValue", `"${name}" must be a list of attribute names.`);
  }
  return value as string[];
}

const nonEmpty = (text: string | undefined): string | null =>
  text === undefined || text.trim() === "" ? null : text;

function readSortOrder(text: string | undefined): boolean {
  const order = (text ?? "").toLowerCase();
  if (order !== "" && order !== "ascending" && order !== "descending") {
    throw badRequest("invalidValue", 'sortOrder must be "ascending" or "descending".');
  }
  return order === "descending";
}

const readCount = (text: string | undefined): number =>
  Math.min(MAX_PAGE_SIZE, Math.max(0, readInteger("count", text, DEFAULT_PAGE_SIZE)));

/** With a cursor a count that is too large is an error (RFC 9865 section 2.1), and not cut as RFC 7644 has it. */
function readCursorCount(text: string | undefined): number {
  const count = text === undefined || text.trim() === "" ? DEFAULT_PAGE_SIZE : wholeNumber(text);
  if (count === null || count > MAX_PAGE_SIZE) {
    throw badRequest("invalidCount", `"count" must be a whole number from 0 to ${MAX_PAGE_SIZE}.`);
  }
  return Math.max(0, count);
}

function readInteger(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text.trim() === "") return fallback;
  const value = wholeNumber(text);
  if (value === null) throw badRequest("invalidValue", `"${name}" must be a whole number.`);
  return value;
}

const wholeNumber = (text: string): number | null =>
  /^\s*[+-]?\d{1,9}\s*$/.test(text) ? Number(text) : null;
