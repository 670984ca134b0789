import { findGroup, type Group } from "#server/directory/index";

import type { OperandResolver } from "../filter/compile";
import { compileSearch } from "../filter/compile-search";
import { groupOperand } from "../filter/group-operands";
import type { Answer } from "../http/answer";
import type { ScimContext } from "../http/context";
import type { ListRequest } from "../http/list-request";
import { listResources, type ListSource } from "../http/list-resources";
import { isNotModified, type Preconditions } from "../http/preconditions";
import type { JsonObject } from "../json";
import { toGroupResource } from "../resources/group-resource";
import { project, wantsAttribute, type Projection } from "../resources/projection";
import { entityTag } from "../resources/user-resource";
import { ScimError } from "../scim-error";
import { findMembersOf } from "../scim.repo";
import { searchGroups } from "../search.repo";

/** Groups as projected resources. Members that nobody asked for are not loaded: Entra always excludes them. */
export async function presentGroups(
  context: ScimContext,
  groups: readonly Group[],
  projection: Projection,
): Promise<JsonObject[]> {
  const members = wantsAttribute(projection, "members")
    ? await findMembersOf(
        context.scope,
        groups.map((group) => group.id),
      )
    : null;
  return groups.map((group) =>
    project(toGroupResource(group, members && (members.get(group.id) ?? []), context.baseUrl), projection),
  );
}

/** GET /Groups/ID @throws ScimError 404 */
export async function getGroup(
  context: ScimContext,
  id: string,
  projection: Projection,
  preconditions: Preconditions,
): Promise<Answer> {
  const group = await findGroup(context.scope, { id });
  if (!group) throw groupNotFound(id);
  const headers = { ETag: entityTag(group.version) };
  if (isNotModified(preconditions, group.version)) return { status: 304, body: null, headers };
  return { status: 200, body: (await presentGroups(context, [group], projection))[0]!, headers };
}

export function groupNotFound(id: string): ScimError {
  return new ScimError(404, `Group ${id.slice(0, 100)} was not found.`);
}

/** GET /Groups and POST /Groups/.search */
export function listGroupResources(context: ScimContext, request: ListRequest): Promise<Answer> {
  return listResources(context, request, [groupSource]);
}

/** Pages of group resources; the root query asks for them too. */
export const groupSource: ListSource = {
  part: "Groups",
  async search(context, request, from, limit) {
    const resolve: OperandResolver = (path) => groupOperand(path, context.baseUrl);
    const { rows, total, next } = await searchGroups(context.scope, {
      ...compileSearch(request, resolve),
      from,
      limit,
    });
    return { resources: await presentGroups(context, rows, request.projection), total, next };
  },
};
