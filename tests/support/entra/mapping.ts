import type { Json } from "./wire";

/** A person as the customer's directory has them. */
export interface SourceUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly mail: string | null;
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly employeeId: string | null;
  readonly mobile: string | null;
  readonly office: string | null;
  /** The id of another source user. */
  readonly managerId: string | null;
  /** False when disabled, soft-deleted or no longer assigned: all arrive as `active` false. */
  readonly enabled: boolean;
}

export interface SourceGroup {
  readonly id: string;
  readonly displayName: string;
  readonly memberIds: readonly string[];
}

export interface EntraSource {
  readonly users: readonly SourceUser[];
  readonly groups: readonly SourceGroup[];
}

const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const MANAGER_PATH = `${ENTERPRISE_SCHEMA}:manager`;

interface TargetAttribute {
  readonly path: string;
  readonly read: (user: SourceUser) => string | boolean | null;
}

/** Entra's default mapping of the generic SCIM application, in the order in which it lists them. */
export const USER_MAPPING: readonly TargetAttribute[] = [
  { path: "userName", read: (user) => user.userPrincipalName },
  { path: "active", read: (user) => user.enabled },
  { path: "displayName", read: (user) => user.displayName },
  { path: "title", read: (user) => user.jobTitle },
  { path: 'emails[type eq "work"].value', read: (user) => user.mail },
  { path: "name.givenName", read: (user) => user.givenName },
  { path: "name.familyName", read: (user) => user.surname },
  { path: 'addresses[type eq "work"].formatted', read: (user) => user.office },
  { path: 'phoneNumbers[type eq "mobile"].value', read: (user) => user.mobile },
  { path: "externalId", read: (user) => user.id },
  { path: `${ENTERPRISE_SCHEMA}:employeeNumber`, read: (user) => user.employeeId },
  { path: `${ENTERPRISE_SCHEMA}:department`, read: (user) => user.department },
];

const VALUE_PATH = /^(\w+)\[type eq "(\w+)"\]\.(\w+)$/;

export const isValuePath = (path: string): boolean => VALUE_PATH.test(path);

type Holder = Record<string, Json>;

/** The value that a resource has at a target path, or undefined. */
export function readTarget(resource: Holder, path: string): Json | undefined {
  const valuePath = VALUE_PATH.exec(path);
  if (valuePath) {
    const list = resource[valuePath[1]!];
    if (!Array.isArray(list)) return undefined;
    return (list as Holder[]).find((item) => item["type"] === valuePath[2])?.[valuePath[3]!];
  }
  if (path.startsWith("urn:")) {
    const colon = path.lastIndexOf(":");
    return (resource[path.slice(0, colon)] as Holder | undefined)?.[path.slice(colon + 1)];
  }
  const [name = "", sub] = path.split(".");
  return sub === undefined ? resource[name] : (resource[name] as Holder | undefined)?.[sub];
}

/** The body of the POST that creates a user. */
export function createBody(user: SourceUser): Holder {
  const body: Holder = {
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
    meta: { resourceType: "User" },
    roles: [],
  };
  for (const { path, read } of USER_MAPPING) {
    const value = read(user);
    if (value !== null && value !== "") writeTarget(body, path, value);
  }
  return body;
}

function writeTarget(body: Holder, path: string, value: string | boolean): void {
  const valuePath = VALUE_PATH.exec(path);
  if (valuePath) {
    const [, name = "", type = "", sub = ""] = valuePath;
    const element: Holder = { type, [sub]: value, ...(name === "emails" ? { primary: true } : {}) };
    body[name] = [...((body[name] as Json[] | undefined) ?? []), element];
  } else if (path.startsWith("urn:")) {
    const colon = path.lastIndexOf(":");
    const urn = path.slice(0, colon);
    body[urn] = { ...(body[urn] as Holder | undefined), [path.slice(colon + 1)]: value };
  } else {
    const [name = "", sub] = path.split(".");
    body[name] = sub === undefined ? value : { ...(body[name] as Holder | undefined), [sub]: value };
  }
}
