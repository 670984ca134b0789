import { textOf, type Json } from "./wire";

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
  /** False when disabled or soft-deleted: both arrive as `active` false. */
  readonly enabled: boolean;
  /** False once unassigned: `active` false, and no DELETE when the person is deleted later. */
  readonly assigned?: boolean;
  /** The app role, for the role forms. */
  readonly appRole?: "Editor" | "Viewer";
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

/** The attribute by which an object is looked for before it is created. */
export const MATCHINGS = ["userName", "externalId", "emails", "displayName"] as const;
export type Matching = (typeof MATCHINGS)[number];

/**
 * How an app role is mapped: not at all; `SingleAppRoleAssignment`; `AppRoleAssignmentsComplex`, which sends JSON
 * text; the assertive variant of it; or a boolean attribute `editor`.
 */
export const ROLE_FORMS = ["none", "single", "complex", "assertive", "boolean"] as const;
export type RoleForm = (typeof ROLE_FORMS)[number];

const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const MANAGER_PATH = `${ENTERPRISE_SCHEMA}:manager`;

export interface TargetAttribute {
  readonly path: string;
  readonly read: (user: SourceUser) => string | boolean | null;
}

export const isActive = (user: SourceUser): boolean => user.enabled && user.assigned !== false;

/** Entra's default mapping of the generic SCIM application, in the order in which it lists them. */
const USER_MAPPING: readonly TargetAttribute[] = [
  { path: "userName", read: (user) => user.userPrincipalName },
  { path: "active", read: isActive },
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

const ROLE_MAPPING: Record<RoleForm, readonly TargetAttribute[]> = {
  none: [],
  single: [{ path: 'roles[primary eq "True"].value', read: (user) => user.appRole ?? null }],
  complex: [{ path: "roles", read: (user) => user.appRole ?? null }],
  assertive: [{ path: "roles", read: (user) => user.appRole ?? null }],
  boolean: [{ path: "editor", read: ({ appRole }) => (appRole === undefined ? null : appRole === "Editor") }],
};

/** The attributes that are mapped, manager aside: references are written in a pass of their own. */
export const userMapping = (roles: RoleForm): readonly TargetAttribute[] => [
  ...USER_MAPPING,
  ...ROLE_MAPPING[roles],
];

/** The mapped attributes that a service must be able to clear. */
export const OPTIONAL_PATHS: readonly string[] = USER_MAPPING.map(({ path }) => path).filter(
  (path) => !["userName", "active", "externalId", "displayName"].includes(path),
);

/** The filter that finds a user by the matching attribute, or null when the person has no value for it. */
export function matchFilter(matching: Matching, user: SourceUser): string | null {
  const path = matching === "emails" ? 'emails[type eq "work"].value' : matching;
  const value = userMapping("none")
    .find((attribute) => attribute.path === path)
    ?.read(user);
  return typeof value === "string" && value !== "" ? `${path} eq ${JSON.stringify(value)}` : null;
}

const VALUE_PATH = /^(\w+)\[(type|primary) eq "(\w+)"\]\.(\w+)$/;

export const isValuePath = (path: string): boolean => VALUE_PATH.test(path);

type Holder = Record<string, Json>;

/** The value that a resource has at a target path, or undefined. */
export function readTarget(resource: Holder, path: string): Json | undefined {
  const valuePath = VALUE_PATH.exec(path);
  if (valuePath) {
    const [, name = "", key = "", wanted = "", sub = ""] = valuePath;
    const list = resource[name];
    if (!Array.isArray(list)) return undefined;
    return (list as Holder[]).find((item) => textOf(item[key]).toLowerCase() === wanted.toLowerCase())?.[sub];
  }
  if (path.startsWith("urn:")) {
    const colon = path.lastIndexOf(":");
    return (resource[path.slice(0, colon)] as Holder | undefined)?.[path.slice(colon + 1)];
  }
  const [name = "", sub] = path.split(".");
  if (name === "roles") return readRole(resource["roles"]);
  return sub === undefined ? resource[name] : (resource[name] as Holder | undefined)?.[sub];
}

/** The role that was put into `roles` last; its value may be JSON text. */
function readRole(roles: Json | undefined): Json | undefined {
  const value = Array.isArray(roles) ? (roles as Holder[]).at(-1)?.["value"] : undefined;
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  return (JSON.parse(value) as Holder)["value"];
}

/** What a role form sends as the value of `roles`. */
export function roleValue(form: RoleForm, role: string): Json {
  const type = "WindowsAzureActiveDirectoryRole";
  if (form === "single") return [{ primary: true, type, value: role }];
  if (form === "assertive") return [{ primary: false, type, display: role, value: role }];
  return [{ value: JSON.stringify({ id: `role-${role.toLowerCase()}`, value: role, displayName: role }) }];
}

/**
 * The body of the POST that creates a user.
 * @param withNulls whether attributes without a value are sent as null, as Entra sometimes does
 */
export function createBody(user: SourceUser, roles: RoleForm = "none", withNulls = false): Holder {
  const body: Holder = {
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
    meta: { resourceType: "User" },
    roles: user.appRole === undefined || roles === "none" ? [] : roleValue(roles, user.appRole),
  };
  for (const { path, read } of userMapping(roles)) {
    const value = read(user);
    if (path.startsWith("roles")) continue;
    if (value !== null && value !== "") writeTarget(body, path, value);
    else if (withNulls && /^\w+$/.test(path)) body[path] = null;
  }
  return body;
}

function writeTarget(body: Holder, path: string, value: string | boolean): void {
  const valuePath = VALUE_PATH.exec(path);
  if (valuePath) {
    const [, name = "", , type = "", sub = ""] = valuePath;
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
