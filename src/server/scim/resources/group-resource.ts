import type { Group } from "#server/directory/index";

import { emptyObject, type JsonObject } from "../json";
import { GROUP_URN } from "../schema/attributes";
import { entityTag } from "./user-resource";

export interface MemberReference {
  readonly id: string;
  readonly name: string;
}

/** A group as a SCIM Group. `members` is null when nobody asked for them: the key is then left out. */
export function toGroupResource(
  group: Group,
  members: readonly MemberReference[] | null,
  baseUrl: string,
): JsonObject {
  const resource = emptyObject();
  resource["schemas"] = [GROUP_URN];
  resource["id"] = group.id;
  if (group.externalId !== null) resource["externalId"] = group.externalId;
  resource["displayName"] = group.displayName;
  if (members !== null) {
    resource["members"] = members.map((member) => ({
      value: member.id,
      $ref: `${baseUrl}/Users/${member.id}`,
      display: member.name,
      type: "User",
    }));
  }
  resource["meta"] = {
    resourceType: "Group",
    created: group.createdAt.toISOString(),
    lastModified: group.updatedAt.toISOString(),
    location: `${baseUrl}/Groups/${group.id}`,
    version: entityTag(group.version),
  };
  return resource;
}
