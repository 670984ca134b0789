import { randomBytes } from "node:crypto";

import { expect } from "vitest";

import {
  exchange,
  patchMessage,
  type Exchange,
  type Json,
  type ScimTarget,
} from "../../../tools/entra-sim/index";
import { strictError, strictList, strictResource } from "../../../tools/entra-sim/strict-answer";

export { filterQuery } from "../../../tools/entra-sim/index";

export type Resource = Record<string, Json>;

/** The service under test, by whichever door; every suite makes its own data, so they can share a workspace. */
export interface Api {
  readonly target: () => ScimTarget;
  /** A second workspace on the same server. */
  readonly stranger: () => ScimTarget;
}

export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

export const unique = (): string => randomBytes(5).toString("hex");

/** Sends one request to a path below the SCIM root. */
export function call(
  api: Api,
  method: string,
  path: string,
  body?: Json,
  headers: Readonly<Record<string, string>> = {},
): Promise<Exchange> {
  const target = api.target();
  return exchange(target, method, `${target.baseUrl}${path}`, body, headers);
}

/** Expects a SCIM error of this status and detail code. */
export function expectError(entry: Exchange, status: number, scimType?: string): string {
  expect(entry.status, JSON.stringify(entry.answer)).toBe(status);
  expect(entry.headers.get("content-type")).toMatch(/^application\/scim\+json/);
  const error = strictError(entry.answer, status);
  if (scimType !== undefined) expect(error.scimType).toBe(scimType);
  return error.detail;
}

/** Expects success and gives the resource back, checked as strictly as Entra does. */
export function resourceOf(entry: Exchange, status = 200, type: "User" | "Group" = "User"): Resource {
  expect(entry.status, JSON.stringify(entry.answer)).toBe(status);
  expect(entry.headers.get("content-type")).toMatch(/^application\/scim\+json/);
  return strictResource(entry.answer, type);
}

export async function find(
  api: Api,
  type: "User" | "Group",
  query: string,
): Promise<{ total: number; resources: Resource[] }> {
  const entry = await call(api, "GET", `/${type}s?${query}`);
  expect(entry.status, JSON.stringify(entry.answer)).toBe(200);
  return strictList(entry.answer, type);
}

/** The full user that Entra's default mapping sends. */
export function userBody(overrides: Resource = {}): Resource {
  const name = unique();
  return {
    schemas: [USER, ENTERPRISE],
    externalId: `ext-${name}`,
    userName: `Ana.${name}@contoso.example`,
    active: true,
    displayName: `Ana Ruiz ${name}`,
    title: "Product designer",
    preferredLanguage: "es-ES",
    emails: [{ type: "work", value: `ana.${name}@contoso.example`, primary: true }],
    addresses: [{ type: "work", formatted: "4.12", country: "Spain" }],
    phoneNumbers: [{ type: "work", value: "+34 600 000 001" }],
    name: { formatted: "Ana Ruiz", givenName: "Ana", familyName: "Ruiz" },
    roles: [],
    meta: { resourceType: "User" },
    [ENTERPRISE]: { employeeNumber: "40117", department: "Design" },
    ...overrides,
  };
}

export async function newUser(api: Api, overrides: Resource = {}): Promise<Resource> {
  return resourceOf(await call(api, "POST", "/Users", userBody(overrides)), 201);
}

export function newUsers(api: Api, count: number): Promise<Resource[]> {
  return Promise.all(Array.from({ length: count }, () => newUser(api)));
}

/** Users as Entra lists them among a group's members. */
export const memberRefs = (...users: Resource[]) => users.map((user) => ({ $ref: null, value: user["id"]! }));

export async function newGroup(api: Api, overrides: Resource = {}): Promise<Resource> {
  const body = { schemas: [GROUP], displayName: `Team ${unique()}`, ...overrides };
  return resourceOf(await call(api, "POST", "/Groups", body), 201, "Group");
}

export async function getUser(api: Api, id: Json | undefined): Promise<Resource> {
  return resourceOf(await call(api, "GET", `/Users/${String(id)}`));
}

export async function getGroup(api: Api, id: Json | undefined): Promise<Resource> {
  return resourceOf(await call(api, "GET", `/Groups/${String(id)}`), 200, "Group");
}

export function patch(api: Api, path: string, ...operations: Json[]): Promise<Exchange> {
  return call(api, "PATCH", path, patchMessage(operations));
}

/** Patches a user and expects 200 with the resource. */
export async function patchUser(api: Api, user: Resource, ...operations: Json[]): Promise<Resource> {
  return resourceOf(await patch(api, `/Users/${String(user["id"])}`, ...operations));
}

/** Patches a group and expects 204. */
export async function patchGroup(api: Api, group: Resource, ...operations: Json[]): Promise<void> {
  const entry = await patch(api, `/Groups/${String(group["id"])}`, ...operations);
  expect(entry.status, JSON.stringify(entry.answer)).toBe(204);
}

export async function memberIds(api: Api, group: Resource): Promise<string[]> {
  const { members } = await getGroup(api, group["id"]);
  return (members as Resource[]).map((member) => String(member["value"])).sort();
}

export const ids = (...resources: Resource[]): string[] => resources.map((item) => String(item["id"])).sort();
