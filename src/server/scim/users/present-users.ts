import type { Member } from "#server/directory/index";

import type { ScimContext } from "../http/context";
import { project, wantsAttribute, type Projection } from "../resources/projection";
import { managerIdOf, toUserResource, type GroupReference } from "../resources/user-resource";
import { findGroupsOf, findMemberNames } from "../scim.repo";
import type { JsonObject } from "../json";

/** Groups by member id; who is not in it has none. */
export type GroupsOfMembers = ReadonlyMap<string, readonly GroupReference[]>;

/**
 * Members as projected resources, with one statement for all their managers, and one for all their groups unless
 * those are known.
 */
export async function presentUsers(
  context: ScimContext,
  members: readonly Member[],
  projection: Projection,
  knownGroups?: GroupsOfMembers,
): Promise<JsonObject[]> {
  const managerIds = [...new Set(members.map(managerIdOf).filter((id) => id !== null))];
  const memberIds = wantsAttribute(projection, "groups") ? members.map((member) => member.id) : [];
  const [groups, managerNames] = await Promise.all([
    knownGroups ?? findGroupsOf(context.scope, memberIds),
    findMemberNames(context.scope, managerIds),
  ]);
  return members.map((member) =>
    project(
      toUserResource(member, {
        baseUrl: context.baseUrl,
        groups: groups.get(member.id) ?? [],
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
  knownGroups?: GroupsOfMembers,
): Promise<JsonObject> {
  return (await presentUsers(context, [member], projection, knownGroups))[0]!;
}
