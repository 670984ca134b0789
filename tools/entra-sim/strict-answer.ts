import { ENTERPRISE_SCHEMA } from "./mapping";
import type { Json } from "./wire";

/** What Entra logs as SystemForCrossDomainIdentityManagementServiceIncompatible. */
export class ServiceIncompatible extends Error {
  override name = "ServiceIncompatible";
}

/** @throws ServiceIncompatible with the problem */
export function insist(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new ServiceIncompatible(problem);
}

const isRecord = (value: unknown): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Checks a resource as strictly as Entra's deserializer: exact names, exact types, no nulls. */
export function strictResource(value: unknown, type: "User" | "Group"): Record<string, Json> {
  insist(isRecord(value), "the resource is not an object");
  insist(typeof value["id"] === "string" && value["id"] !== "", "id is not a string");
  insist(Array.isArray(value["schemas"]) && value["schemas"].length > 0, "schemas is missing");
  insist(!hasNull(value), "the resource has a null");
  if (value["meta"] !== undefined) strictMeta(value["meta"], type);
  if (type === "User") strictUser(value);
  if (value["members"] !== undefined) insist(Array.isArray(value["members"]), "members is not a list");
  return value;
}

function hasNull(value: Json): boolean {
  return value === null || (typeof value === "object" && Object.values(value).some(hasNull));
}

function strictMeta(meta: unknown, type: string): void {
  insist(isRecord(meta) && meta["resourceType"] === type, "meta.resourceType is wrong");
  for (const name of ["created", "lastModified"]) {
    insist(
      typeof meta[name] === "string" && DATE_TIME.test(meta[name]),
      `meta.${name} is not a date and time`,
    );
  }
  insist(typeof meta["location"] === "string", "meta.location is missing");
}

function strictUser(user: Record<string, Json>): void {
  for (const name of ["userName", "externalId", "displayName", "title"]) {
    insist(user[name] === undefined || typeof user[name] === "string", `${name} is not a string`);
  }
  insist(user["active"] === undefined || typeof user["active"] === "boolean", "active is not a boolean");
  for (const name of ["emails", "phoneNumbers", "addresses", "roles", "groups"]) {
    insist(user[name] === undefined || Array.isArray(user[name]), `${name} is not a list`);
  }
  const extension = user[ENTERPRISE_SCHEMA];
  if (!isRecord(extension)) return;
  const manager = extension["manager"];
  insist(
    manager === undefined || (isRecord(manager) && typeof manager["value"] === "string"),
    "manager is not an object",
  );
}

/** Checks a ListResponse; `Resources` must be spelt so, and the counts must be numbers. */
export function strictList(
  value: unknown,
  type: "User" | "Group",
  check: (item: unknown, type: "User" | "Group") => Record<string, Json> = strictResource,
): { total: number; startIndex: number; resources: Record<string, Json>[] } {
  insist(isRecord(value), "the list is not an object");
  insist(
    Array.isArray(value["schemas"]) &&
      value["schemas"][0] === "urn:ietf:params:scim:api:messages:2.0:ListResponse",
    "the list has the wrong schema",
  );
  insist(Number.isInteger(value["totalResults"]), "totalResults is not an integer");
  insist(
    Number.isInteger(value["startIndex"]) && Number.isInteger(value["itemsPerPage"]),
    "the page is not numbered",
  );
  insist(Array.isArray(value["Resources"]), "Resources is missing");
  const resources = value["Resources"].map((item) => check(item, type));
  return { total: value["totalResults"] as number, startIndex: value["startIndex"] as number, resources };
}

/** Checks an error body; `status` is a string in SCIM. */
export function strictError(
  value: unknown,
  status: number,
): { detail: string; scimType: string | undefined } {
  insist(isRecord(value), "the error is not an object");
  insist(
    Array.isArray(value["schemas"]) && value["schemas"][0] === "urn:ietf:params:scim:api:messages:2.0:Error",
    "the error has the wrong schema",
  );
  insist(value["status"] === String(status), "the error's status is not the HTTP status as a string");
  insist(typeof value["detail"] === "string" && value["detail"] !== "", "the error has no detail");
  return { detail: value["detail"], scimType: value["scimType"] as string | undefined };
}
