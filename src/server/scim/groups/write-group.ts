import type { SqlTx } from "#server/db/index";
import {
  changeGroupMembers,
  createGroup,
  deleteGroup,
  getGroupForUpdate,
  updateGroup,
  type Group,
} from "#server/directory/index";
import { toAppError } from "#server/kernel/errors";

import { NO_CONTENT, type Answer } from "../http/answer";
import type { ScimContext } from "../http/context";
import { requireMatch, type Preconditions } from "../http/preconditions";
import { inScimTransaction } from "../http/transaction";
import { emptyObject, type JsonObject, textOf } from "../json";
import { applyOperation, applyResource, type PatchTarget } from "../patch/apply";
import { logIgnored } from "../patch/log-ignored";
import { MembersPlan } from "../patch/members-plan";
import { readOperations } from "../patch/operations";
import type { Projection } from "../resources/projection";
import { entityTag } from "../resources/user-resource";
import { badRequest } from "../scim-error";
import { noteGroupChange, noteGroupDeleted, noteGroupMade } from "./note-group";
import { groupNotFound, presentGroups } from "./read-groups";

/** POST /Groups @throws ScimError 400, 409 uniqueness */
export async function createGroupResource(
  context: ScimContext,
  body: JsonObject,
  projection: Projection,
): Promise<Answer> {
  const { document, members } = readGroup(body, null);
  const group = await inScimTransaction(context, "displayName", async (tx) => {
    const made = await createGroup(tx, context.actor, { ...columnsOf(document), scimManaged: true });
    return applyMembers(tx, context, made, members);
  });
  noteGroupMade(context.observe, group, members);
  return resourceAnswer(context, group, projection, 201);
}

/** PUT /Groups/ID: members that the body leaves out leave the group. @throws ScimError 400, 404, 409, 412 */
export async function replaceGroupResource(
  context: ScimContext,
  id: string,
  body: JsonObject,
  projection: Projection,
  preconditions: Preconditions,
): Promise<Answer> {
  const { document, members } = readGroup(body, id);
  members.exact = true;
  const group = await change(context, id, preconditions, () => ({ document, members }));
  return resourceAnswer(context, group, projection, 200);
}

/**
 * PATCH /Groups/ID: 204, because the members of a large group are better not returned; with `attributes` or
 * `excludedAttributes` in the query 200 and the resource. @throws ScimError 400, 404, 409, 412
 */
export async function patchGroup(
  context: ScimContext,
  id: string,
  body: JsonObject,
  projection: Projection,
  preconditions: Preconditions,
): Promise<Answer> {
  const operations = readOperations(body);
  const group = await change(context, id, preconditions, (locked) => {
    const edited = { document: groupDocument(locked), members: new MembersPlan() };
    for (const operation of operations)
      applyOperation(groupTarget(edited.document, edited.members, id), operation);
    return edited;
  });
  const asked = projection.only !== null || projection.without.length > 0;
  if (asked) return resourceAnswer(context, group, projection, 200);
  return { ...NO_CONTENT, headers: { ETag: entityTag(group.version) } };
}

/** DELETE /Groups/ID @throws ScimError 404, 412 */
export async function deleteGroupResource(
  context: ScimContext,
  id: string,
  preconditions: Preconditions,
): Promise<Answer> {
  await inScimTransaction(context, "displayName", async (tx) => {
    const group = await lockGroup(tx, id);
    requireMatch(preconditions, group.version);
    await deleteGroup(tx, context.actor, group);
    noteGroupDeleted(context.observe, group);
  });
  return NO_CONTENT;
}

interface GroupEdit {
  readonly document: JsonObject;
  readonly members: MembersPlan;
}

function change(
  context: ScimContext,
  id: string,
  preconditions: Preconditions,
  edit: (group: Group) => GroupEdit,
): Promise<Group> {
  return inScimTransaction(context, "displayName", async (tx) => {
    const locked = await lockGroup(tx, id);
    requireMatch(preconditions, locked.version);
    const { document, members } = edit(locked);
    const columns = columnsOf(document);
    const same = columns.displayName === locked.displayName && columns.externalId === locked.externalId;
    const group =
      same && locked.scimManaged
        ? locked
        : await updateGroup(tx, context.actor, locked, { ...columns, scimManaged: true });
    const written = await applyMembers(tx, context, group, members);
    noteGroupChange(context.observe, locked, written, members);
    return written;
  });
}

async function applyMembers(
  tx: SqlTx,
  { actor, observe }: ScimContext,
  group: Group,
  plan: MembersPlan,
): Promise<Group> {
  if (plan.isEmpty) return group;
  const wanted = { add: [...plan.added], remove: plan.exact ? ("others" as const) : [...plan.removed] };
  const { group: changed, added, removed } = await changeGroupMembers(tx, actor, group, wanted);
  const facts = {
    ...(plan.exact || wanted.add.length > 0 ? { added } : {}),
    ...(plan.exact || wanted.remove.length > 0 ? { removed } : {}),
  };
  observe({ facts });
  return changed;
}

async function resourceAnswer(
  context: ScimContext,
  group: Group,
  projection: Projection,
  status: number,
): Promise<Answer> {
  const body = (await presentGroups(context, [group], projection))[0]!;
  const headers = { ETag: entityTag(group.version) };
  const location = `${context.baseUrl}/Groups/${group.id}`;
  return { status, body, headers: status === 201 ? { ...headers, Location: location } : headers };
}

async function lockGroup(tx: SqlTx, id: string): Promise<Group> {
  try {
    return await getGroupForUpdate(tx, id);
  } catch (error) {
    if (toAppError(error).code === "NOT_FOUND") throw groupNotFound(id);
    throw error;
  }
}

function groupDocument(group: Group): JsonObject {
  const document = emptyObject();
  document["displayName"] = group.displayName;
  if (group.externalId !== null) document["externalId"] = group.externalId;
  return document;
}

function groupTarget(document: JsonObject, members: MembersPlan, id: string | null): PatchTarget {
  return { resource: "Group", document, members, id, onIgnored: logIgnored("Group") };
}

function readGroup(body: JsonObject, id: string | null): GroupEdit {
  const edit = { document: emptyObject(), members: new MembersPlan() };
  applyResource(groupTarget(edit.document, edit.members, id), body);
  if (edit.document["displayName"] === undefined)
    throw badRequest("invalidValue", '"displayName" is required.');
  return edit;
}

function columnsOf(document: JsonObject): { displayName: string; externalId: string | null } {
  const externalId = document["externalId"];
  return {
    displayName: textOf(document["displayName"]),
    externalId: typeof externalId === "string" ? externalId : null,
  };
}
