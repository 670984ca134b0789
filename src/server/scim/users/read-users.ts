import { findMember } from "#server/directory/index";

import type { OperandResolver } from "../filter/compile";
import { compileSearch } from "../filter/compile-search";
import { userOperand } from "../filter/user-operands";
import type { Answer } from "../http/answer";
import type { ScimContext } from "../http/context";
import type { ListRequest } from "../http/list-request";
import { listResources, type ListSource } from "../http/list-resources";
import { isNotModified, type Preconditions } from "../http/preconditions";
import { wantsAttribute, type Projection } from "../resources/projection";
import { entityTag } from "../resources/user-resource";
import { ScimError } from "../scim-error";
import { searchMembers } from "../search.repo";
import { presentUser, presentUsers } from "./present-users";

/** GET /Users/ID: inactive users too; only deletion hides. @throws ScimError 404 */
export async function getUser(
  context: ScimContext,
  id: string,
  projection: Projection,
  preconditions: Preconditions,
): Promise<Answer> {
  const member = await findMember(context.scope, { id });
  if (!member) throw userNotFound(id);
  const headers = { ETag: entityTag(member.version) };
  if (isNotModified(preconditions, member.version)) return { status: 304, body: null, headers };
  return { status: 200, body: await presentUser(context, member, projection), headers };
}

export function userNotFound(id: string): ScimError {
  return new ScimError(404, `User ${id.slice(0, 100)} was not found.`);
}

/** GET /Users and POST /Users/.search */
export function listUsers(context: ScimContext, request: ListRequest): Promise<Answer> {
  return listResources(context, request, [userSource]);
}

/** Pages of user resources; the root query asks for them too. */
export const userSource: ListSource = {
  part: "Users",
  async search(context, request, from, limit) {
    const resolve: OperandResolver = (path) => userOperand(path, context.baseUrl);
    const search = { ...compileSearch(request, resolve), from, limit };
    const withGroups = wantsAttribute(request.projection, "groups");
    const { rows, total, next } = await searchMembers(context.scope, search, withGroups);
    const groups = new Map(rows.map((row) => [row.id, row.groups ?? []]));
    return { resources: await presentUsers(context, rows, request.projection, groups), total, next };
  },
};
