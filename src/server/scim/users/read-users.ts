import { findMember } from "#server/directory/index";

import type { OperandResolver } from "../filter/compile";
import { compileSearch } from "../filter/compile-search";
import { userOperand } from "../filter/user-operands";
import { listAnswer, type Answer } from "../http/answer";
import type { ScimContext } from "../http/context";
import type { ListRequest } from "../http/list-request";
import { isNotModified, type Preconditions } from "../http/preconditions";
import type { JsonObject } from "../json";
import type { Projection } from "../resources/projection";
import { entityTag } from "../resources/user-resource";
import { ScimError } from "../scim-error";
import { searchMembers } from "../scim.repo";
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
export async function listUsers(context: ScimContext, request: ListRequest): Promise<Answer> {
  const { resources, total } = await searchUsers(context, request, request.startIndex - 1, request.count);
  return listAnswer(resources, total, request.startIndex);
}

/** A page of user resources; `offset` is zero-based. The root query asks for pages that start in the middle. */
export async function searchUsers(
  context: ScimContext,
  request: ListRequest,
  offset: number,
  limit: number,
): Promise<{ readonly resources: JsonObject[]; readonly total: number }> {
  const resolve: OperandResolver = (path) => userOperand(path, context.baseUrl);
  const page = await searchMembers(context.scope, compileSearch(request, resolve, offset, limit));
  return { resources: await presentUsers(context, page.rows, request.projection), total: page.total };
}
