import type { SqlTx } from "#server/db/index";
import {
  comparable,
  createMember,
  deactivateMember,
  deleteMember,
  getMemberForUpdate,
  reactivateMember,
  updateMember,
  type Member,
  type MemberValues,
} from "#server/directory/index";
import type { Actor } from "#server/kernel/actor";
import { toAppError } from "#server/kernel/errors";

import { NO_CONTENT, type Answer } from "../http/answer";
import type { ScimContext } from "../http/context";
import { requireMatch, type Preconditions } from "../http/preconditions";
import { inScimTransaction } from "../http/transaction";
import { cloneJson, emptyObject, jsonEquals, type JsonObject, type JsonValue } from "../json";
import { applyOperation, applyResource, type PatchTarget } from "../patch/apply";
import { logIgnored } from "../patch/log-ignored";
import { readOperations } from "../patch/operations";
import { documentToValues, memberToDocument, roleAfter, wantedRole } from "../resources/member-document";
import type { Projection } from "../resources/projection";
import { entityTag } from "../resources/user-resource";
import { badRequest, ScimError } from "../scim-error";
import { noteUserChange, noteUserDeleted, noteUserMade } from "./note-user";
import { presentUser, type GroupsOfMembers } from "./present-users";
import { userNotFound } from "./read-users";

/** The reason that audit rows and revocations carry. */
const REASON = "scim";

/** Nobody has put a new person into a group yet. */
const NO_GROUPS: GroupsOfMembers = new Map();

interface MadeUser {
  readonly member: Member;
  /** False for somebody who was away and came back in place. */
  readonly isNew: boolean;
}

/** POST /Users @throws ScimError 400, 409 uniqueness */
export async function createUser(
  context: ScimContext,
  body: JsonObject,
  projection: Projection,
): Promise<Answer> {
  const document = readDocument(body, true, null);
  const { member, isNew } = await inScimTransaction(context, "userName", (tx) =>
    createOrRestore(tx, context.actor, document),
  );
  noteUserMade(context.observe, member, isNew);
  const resource = await presentUser(context, member, projection, isNew ? NO_GROUPS : undefined);
  const location = `${context.baseUrl}/Users/${member.id}`;
  return { status: 201, body: resource, headers: { Location: location, ETag: entityTag(member.version) } };
}

/** PATCH /Users/ID: all operations or none. @throws ScimError 400, 404, 409, 412 */
export async function patchUser(
  context: ScimContext,
  id: string,
  body: JsonObject,
  projection: Projection,
  preconditions: Preconditions,
): Promise<Answer> {
  const operations = readOperations(body);
  return change(context, id, projection, preconditions, (member) => {
    const document = cloneJson(memberToDocument(member));
    const target = patchTarget(document, id);
    for (const operation of operations) applyOperation(target, operation);
    return document;
  });
}

/** PUT /Users/ID: what the body leaves out is cleared, except `active`. @throws ScimError 400, 404, 409, 412 */
export async function replaceUser(
  context: ScimContext,
  id: string,
  body: JsonObject,
  projection: Projection,
  preconditions: Preconditions,
): Promise<Answer> {
  return change(context, id, projection, preconditions, (member) => readDocument(body, member.active, id));
}

/** DELETE /Users/ID: a tombstone, 404 from then on. @throws ScimError 404, 409 for the last owner, 412 */
export async function deleteUser(
  context: ScimContext,
  id: string,
  preconditions: Preconditions,
): Promise<Answer> {
  await inScimTransaction(context, "userName", async (tx) => {
    const member = await lockUser(tx, id);
    requireMatch(preconditions, member.version);
    await deleteMember(tx, context.actor, member, REASON);
    noteUserDeleted(context.observe, member);
  });
  return NO_CONTENT;
}

async function change(
  context: ScimContext,
  id: string,
  projection: Projection,
  preconditions: Preconditions,
  edit: (member: Member) => JsonObject,
): Promise<Answer> {
  const member = await inScimTransaction(context, "userName", async (tx) => {
    const locked = await lockUser(tx, id);
    requireMatch(preconditions, locked.version);
    const written = await writeDocument(tx, context.actor, locked, edit(locked));
    noteUserChange(context.observe, locked, written);
    return written;
  });
  const resource = await presentUser(context, member, projection);
  return { status: 200, body: resource, headers: { ETag: entityTag(member.version) } };
}

async function lockUser(tx: SqlTx, id: string): Promise<Member> {
  try {
    const member = await getMemberForUpdate(tx, id);
    refuseGuest(member);
    return member;
  } catch (error) {
    if (toAppError(error).code === "NOT_FOUND") throw userNotFound(id);
    throw error;
  }
}

/** Guests belong to another organisation: this one's directory must neither rename nor remove them. */
function refuseGuest({ role }: Member): void {
  if (role !== "guest") return;
  throw new ScimError(409, "This is a guest of the workspace, whom provisioning cannot change.", {
    scimType: "mutability",
  });
}

function patchTarget(document: JsonObject, id: string | null): PatchTarget {
  return { resource: "User", document, members: null, id, onIgnored: logIgnored("User") };
}

function readDocument(body: JsonObject, active: boolean, id: string | null): JsonObject {
  const document = emptyObject();
  document["active"] = active;
  applyResource(patchTarget(document, id), body);
  if (document["userName"] === undefined) throw badRequest("invalidValue", '"userName" is required.');
  return document;
}

/**
 * Makes a member, or brings an inactive one back in place: Okta POSTs again what it had deactivated, and a 409
 * would lock that person out for good. Another active member of that userName is a conflict.
 */
async function createOrRestore(tx: SqlTx, actor: Actor, document: JsonObject): Promise<MadeUser> {
  const wanted = wantedRole(document);
  try {
    const member = await createMember(tx, actor, {
      ...documentToValues(document, null),
      role: wanted,
      roleAuthority: wanted === null ? "workspace" : "scim",
      source: "scim",
      active: document["active"] !== false,
    });
    return { member, isNew: true };
  } catch (error) {
    const conflict = toAppError(error);
    const memberId = conflict.code === "CONFLICT" ? conflict.details?.["memberId"] : undefined;
    if (typeof memberId !== "string") throw error;
    const present = await lockUser(tx, memberId);
    if (!isRestorable(present, document["externalId"])) throw error;
    return { member: await writeDocument(tx, actor, present, document), isNew: false };
  }
}

function isRestorable(member: Member, externalId: JsonValue | undefined): boolean {
  const samePerson =
    member.externalId === null || externalId === undefined || member.externalId === externalId;
  return !member.active && member.scimManaged && samePerson;
}

/** Writes what differs: columns first, then the state through the directory's one way out and one way in. */
async function writeDocument(tx: SqlTx, actor: Actor, member: Member, document: JsonObject): Promise<Member> {
  const before = memberToDocument(member);
  if (member.scimManaged && jsonEquals(before, document)) return member;
  const values = changedValues(member, before, document);
  refuseTakeover(member, values);
  const written = Object.keys(values).length === 0 ? member : await updateMember(tx, actor, member, values);
  return document["active"] === false
    ? deactivateMember(tx, actor, written, REASON)
    : reactivateMember(tx, actor, written);
}

/**
 * Until an owner or administrator has signed in through the identity provider, the user name is what they are
 * recognised by: if provisioning could change it, the token's holder could sign in as them.
 */
function refuseTakeover(member: Member, { userName }: Partial<MemberValues>): void {
  if (userName === undefined || comparable(userName) === member.userNameLower) return;
  const isLinked = member.samlObjectId !== null || member.samlNameId !== null;
  if (isLinked || (member.role !== "owner" && member.role !== "admin")) return;
  throw badRequest(
    "mutability",
    "The userName of an owner or administrator can change only after their first single sign-on.",
  );
}

function changedValues(member: Member, before: JsonObject, document: JsonObject): Partial<MemberValues> {
  const { scimAttributes, ...columns } = documentToValues(document, member);
  const wanted = wantedRole(document);
  const roleChanged = !member.scimManaged || wanted !== wantedRole(before);
  const changed = Object.entries(columns).filter(([key, value]) => member[key as keyof Member] !== value);
  return {
    ...Object.fromEntries(changed),
    ...(jsonEquals(scimAttributes as JsonObject, member.scimAttributes as JsonObject)
      ? {}
      : { scimAttributes }),
    ...(roleChanged ? roleAfter(member, wanted) : {}),
  };
}
