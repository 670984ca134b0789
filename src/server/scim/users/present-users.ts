import type { Member } from "#server/directory/index";

import type { ScimContext } from "../http/context";
import { project, wantsAttribute, type Projection } from "../resources/projection";
import { managerIdOf, toUserResource } from "../resources/user-resource";
import { findGroupsOf, findMemberNames } from "../scim.repo";
import type { JsonObject } from "../json";

/** Members as projected resources, with one statement for all their groups and one for all their managers. */
export async function presentUsers(
  context: ScimContext,
  members: readonly Member[],
  projection: Projection,
): Promise<JsonObject[]> {
  const managerIds = [...new Set(members.map(managerIdOf).filter((id) => id !== null))];
  const [groups, managerNames] = await Promise.all([
    wantsAttribute(projection, "groups")
      ? findGroupsOf(
          context.scope,
          members.map((member) => member.id),
        )
      : null,
    findMemberNames(context.scope, managerIds),
  ]);
  return members.map((member) =>
    project(
      toUserResource(member, {
        baseUrl: context.baseUrl,
        groups: groups?.get(member.id) ?? [],
        managerNames,
      }),
      projection,
    ),
  );
}

/** One member as a projected resource. */
export async function presentUser(
  context: ScimContext,
  member: Member,
  projection: Projection,
): Promise<JsonObject> {
  return (await presentUsers(context, [member], projection))[0]!;
}
