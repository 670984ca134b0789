import type { Member } from "#server/directory/index";

import { emptyObject, isObject, type JsonObject, textOf } from "../json";
import { ENTERPRISE_URN, USER_ATTRIBUTES, USER_URN } from "../schema/attributes";
import { memberToDocument } from "./member-document";

export interface GroupReference {
  readonly id: string;
  readonly displayName: string;
}

/** What a user's resource shows besides its own row. */
export interface UserSurroundings {
  readonly baseUrl: string;
  readonly groups: readonly GroupReference[];
  /** Names of managers by id, as far as they are members here. */
  readonly managerNames: ReadonlyMap<string, string>;
}

/** The weak entity tag of a row's version. */
export function entityTag(version: number): string {
  return `W/"${version}"`;
}

/** A member as a SCIM User: every attribute as it was stored, no nulls, names in the schema's spelling. */
export function toUserResource(member: Member, around: UserSurroundings): JsonObject {
  const document = memberToDocument(member);
  const resource = emptyObject();
  const extensions = Object.keys(document).filter((key) => key.includes(":"));
  resource["schemas"] = [USER_URN, ...extensions];
  resource["id"] = member.id;
  for (const { name } of USER_ATTRIBUTES) {
    const value = document[name];
    if (value !== undefined && value !== null) resource[name] = value;
  }
  for (const urn of extensions) resource[urn] = document[urn]!;
  describeManager(resource, around);
  if (around.groups.length > 0) {
    resource["groups"] = around.groups.map((group) => ({
      value: group.id,
      $ref: `${around.baseUrl}/Groups/${group.id}`,
      display: group.displayName,
      type: "direct",
    }));
  }
  resource["meta"] = {
    resourceType: "User",
    created: member.createdAt.toISOString(),
    lastModified: member.updatedAt.toISOString(),
    location: `${around.baseUrl}/Users/${member.id}`,
    version: entityTag(member.version),
  };
  return resource;
}

/** The manager's id, when the member has one. */
export function managerIdOf(member: Member): string | null {
  const attributes = member.scimAttributes;
  const extension = isObject(attributes) ? attributes[ENTERPRISE_URN] : undefined;
  const manager = isObject(extension) ? extension["manager"] : undefined;
  const id = isObject(manager) ? manager["value"] : undefined;
  return typeof id === "string" ? id : null;
}

function describeManager(resource: JsonObject, around: UserSurroundings): void {
  const extension = resource[ENTERPRISE_URN];
  const manager = isObject(extension) ? extension["manager"] : undefined;
  if (!isObject(manager)) return;
  const id = textOf(manager["value"]);
  const name = around.managerNames.get(id);
  if (name === undefined) return;
  manager["$ref"] = `${around.baseUrl}/Users/${id}`;
  manager["displayName"] = name;
}
