import type { Role } from "#generated/prisma/enums";
import type { Member, MemberValues } from "#server/directory/index";

import { cloneJson, emptyObject, isObject, keyOf, type JsonObject, type JsonValue, textOf } from "../json";
import { badRequest } from "../scim-error";

/** SCIM attributes that have columns of their own; all others live in `scimAttributes`. */
const COLUMNS: readonly string[] = ["userName", "externalId", "displayName", "active"];

/** A member's SCIM attributes in canonical spelling: what PATCH works on. */
export function memberToDocument(member: Member): JsonObject {
  const document = emptyObject();
  document["userName"] = member.userName;
  if (member.externalId !== null) document["externalId"] = member.externalId;
  if (member.displayName !== null) document["displayName"] = member.displayName;
  document["active"] = member.active;
  if (isObject(member.scimAttributes)) Object.assign(document, cloneJson(member.scimAttributes));
  // Somebody who came by SAML or by invitation has an address that SCIM has not written yet; Entra matches by it.
  if (!member.scimManaged && member.email !== null && document["emails"] === undefined) {
    document["emails"] = [Object.assign(emptyObject(), { value: member.email, type: "work", primary: true })];
  }
  return document;
}

/** Characters of JSON; a page of 200 users must stay answerable whatever a client has stored in them. */
const MAX_ATTRIBUTES_LENGTH = 100_000;

/**
 * The columns for a document; the role is decided apart, because SCIM does not always own it.
 * @throws ScimError 400 invalidValue for more than a user may hold
 */
export function documentToValues(
  document: JsonObject,
  previous: Member | null,
): Pick<
  MemberValues,
  "userName" | "externalId" | "displayName" | "email" | "name" | "scimAttributes" | "scimManaged"
> {
  const userName = textOf(document["userName"]);
  const attributes = emptyObject();
  for (const key of Object.keys(document)) if (!COLUMNS.includes(key)) attributes[key] = document[key]!;
  if (JSON.stringify(attributes).length > MAX_ATTRIBUTES_LENGTH) {
    throw badRequest(
      "invalidValue",
      `The attributes of a user have at most ${MAX_ATTRIBUTES_LENGTH} characters.`,
    );
  }
  return {
    userName,
    externalId: text(document["externalId"]),
    displayName: text(document["displayName"]),
    // Whoever signs in with a password keeps the address it belongs to.
    email: previous?.passwordHash && previous.email ? previous.email : findEmail(document, userName),
    name: personName(document, userName),
    scimAttributes: attributes,
    scimManaged: true,
  };
}

const text = (value: JsonValue | undefined): string | null => (typeof value === "string" ? value : null);

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const MAX_EMAIL_LENGTH = 320;

/** The primary address, else the one for work, else the first, else a userName that looks like one. */
function findEmail(document: JsonObject, userName: string): string | null {
  const list = Array.isArray(document["emails"]) ? document["emails"].filter(isObject) : [];
  const ranked = [
    list.find((item) => item["primary"] === true),
    list.find((item) => textOf(item["type"]).toLowerCase() === "work"),
    list[0],
  ];
  const candidates = [...ranked.map((item) => text(item?.["value"])), userName];
  return (
    candidates.find((item) => item !== null && item.length <= MAX_EMAIL_LENGTH && EMAIL.test(item)) ?? null
  );
}

/** What people see: displayName, else the name's parts, else userName. */
function personName(document: JsonObject, userName: string): string {
  const parts = isObject(document["name"]) ? document["name"] : emptyObject();
  const joined = [parts["givenName"], parts["familyName"]]
    .filter((part) => typeof part === "string")
    .join(" ");
  const candidates = [text(document["displayName"]), text(parts["formatted"]), joined, userName];
  return candidates
    .find((item) => item !== null && item.trim() !== "")!
    .trim()
    .slice(0, 200);
}

/** The workspace role that a document asks for, or null. Roles that Chalkroom does not know are only kept. */
export function wantedRole(document: JsonObject): "editor" | "viewer" | null {
  const list = Array.isArray(document["roles"]) ? document["roles"].filter(isObject) : [];
  // Entra adds a person's new role and never takes the former one away: the newest counts.
  const ranked = [...list.filter((item) => item["primary"] === true), ...list.toReversed()];
  for (const item of ranked) {
    for (const candidate of [item["value"], item["display"]]) {
      const role = textOf(candidate).trim().toLowerCase();
      if (role === "editor" || role === "viewer") return role;
    }
  }
  const flag = findEditorFlag(document);
  if (flag === null) return null;
  return flag ? "editor" : "viewer";
}

/** Whimsical's boolean `editor`, as a core attribute or in any extension. */
function findEditorFlag(document: JsonObject): boolean | null {
  const holders = [
    document,
    ...Object.keys(document)
      .filter((key) => key.includes(":"))
      .map((key) => document[key]),
  ];
  for (const holder of holders) {
    const value = isObject(holder) ? holder[keyOf(holder, "editor") ?? "editor"] : undefined;
    if (typeof value === "boolean") return value;
  }
  return null;
}

/**
 * The role columns after a change. SCIM makes editors and viewers only: owners, administrators and guests keep
 * what they are, and a role that the identity provider no longer names stays until an administrator changes it.
 */
export function roleAfter(
  previous: Pick<Member, "role" | "roleAuthority">,
  wanted: "editor" | "viewer" | null,
): { readonly role?: Role; readonly roleAuthority?: "workspace" | "scim" } {
  if (previous.role !== "editor" && previous.role !== "viewer") return {};
  if (wanted === null) return previous.roleAuthority === "scim" ? { roleAuthority: "workspace" } : {};
  return {
    ...(previous.role === wanted ? {} : { role: wanted }),
    ...(previous.roleAuthority === "scim" ? {} : { roleAuthority: "scim" as const }),
  };
}
