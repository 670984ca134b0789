import { recordAudit } from "#server/audit/index";
import type { WorkspaceTx } from "#server/db/index";
import {
  createMember,
  findMembers,
  findTombstones,
  getMemberForUpdate,
  updateMember,
  type Member,
  type MemberKey,
  type MemberValues,
} from "#server/directory/index";
import type { Workspace } from "#server/workspaces/index";

import { refuse } from "../refusal";
import { isSameName, isSomebodyElse, isUnlinked, mayLink, onlyCandidate } from "./match-rules";
import type { SamlIdentity } from "./read-identity";

/** By what a member was recognised. */
type Key = "object" | "externalId" | "nameId" | "userName" | "email";

interface Match {
  readonly member: Member;
  readonly by: Key;
}

/**
 * The member who signs in, locked until the transaction ends; made just in time when the workspace allows it.
 * Immutable ids come first; a user name or address only serves where no id contradicts it.
 * @throws SamlRefusal member_inactive, member_deleted, identity_conflict, privileged_link, unknown_person
 */
export async function resolveMember(
  tx: WorkspaceTx,
  workspace: Workspace,
  identity: SamlIdentity,
  options: { readonly jitEnabled: boolean },
): Promise<Member> {
  const match = await findMatch(tx, identity);
  if (!match) return admitNewcomer(tx, workspace, identity, options.jitEnabled);
  // The lock makes a deactivation at the same moment come either before this or after the session exists.
  const member = await getMemberForUpdate(tx, match.member.id);
  if (!member.active) refuse("member_inactive");
  if (isSomebodyElse(member, identity)) refuse("identity_conflict", `by ${match.by}`);
  if (!mayLink(member, identity, userNames(identity))) refuse("privileged_link", `by ${match.by}`);
  return linkAndRefresh(tx, member, match.by, identity);
}

async function findMatch(tx: WorkspaceTx, identity: SamlIdentity): Promise<Match | null> {
  const { tenantId: samlTenantId, objectId, issuer, nameId } = identity;
  const find = (key: MemberKey) => findMembers(tx.scope, key, tx.sql);
  const matches: (() => Promise<[Key, Member[]]>)[] = [];
  if (objectId !== null) {
    matches.push(async () => ["object", await find({ samlTenantId, samlObjectId: objectId })]);
    matches.push(async () => ["externalId", await find({ externalId: objectId })]);
  } else if (identity.nameIdIsStable) {
    matches.push(async () => ["nameId", await find({ samlIssuer: issuer, samlNameId: nameId })]);
  }
  for (const userName of userNames(identity)) {
    matches.push(async () => [
      "userName",
      (await find({ userName })).filter((member) => isSameName(member.userName, userName)),
    ]);
  }
  matches.push(async () => ["email", await findByEmail(tx, identity)]);
  for (const candidates of matches) {
    const [by, members] = await candidates();
    const member = onlyCandidate(members, by);
    if (member) return { member, by };
  }
  return null;
}

/** An address links once, to a member whom nobody has signed in as by SAML and no id contradicts. */
async function findByEmail(tx: WorkspaceTx, identity: SamlIdentity): Promise<Member[]> {
  const { email } = identity;
  if (email === null) return [];
  const members = await findMembers(tx.scope, { email }, tx.sql);
  return members.filter(
    (member) =>
      isUnlinked(member) && isSameName(member.email ?? "", email) && !isSomebodyElse(member, identity),
  );
}

/** The names the directory may know the person by, best first. */
function userNames(identity: SamlIdentity): string[] {
  const names = [identity.userName, identity.nameIdIsStable ? identity.nameId : null];
  return [...new Set(names.filter((name) => name !== null))];
}

async function admitNewcomer(
  tx: WorkspaceTx,
  workspace: Workspace,
  identity: SamlIdentity,
  jitEnabled: boolean,
): Promise<Member> {
  await refuseDeleted(tx, identity);
  await refuseInactive(tx, identity);
  const userName = userNames(identity)[0] ?? identity.email;
  if (!jitEnabled || userName === null)
    refuse("unknown_person", jitEnabled ? "no usable user name" : "jit is off");
  return createMember(
    tx,
    { kind: "saml", workspaceId: workspace.id },
    {
      userName,
      email: identity.email,
      displayName: identity.displayName,
      role: workspace.defaultRole,
      source: "saml",
      ...linkValues(identity),
    },
  );
}

/** Whom SCIM has deleted stays out until SCIM makes them anew: just-in-time creation must not bring them back. */
async function refuseDeleted(tx: WorkspaceTx, identity: SamlIdentity): Promise<void> {
  const { objectId } = identity;
  const tombstones = await findTombstones(tx, { objectId, userNames: userNames(identity) });
  if (tombstones.some((tombstone) => !isSomebodyElse(tombstone, identity))) refuse("member_deleted");
}

/**
 * A deactivated person whose provider begins to send other keys (an object id, a new user name) matches nothing
 * any more; just-in-time creation must not let them in beside their own locked door.
 */
async function refuseInactive(tx: WorkspaceTx, identity: SamlIdentity): Promise<void> {
  const { issuer, nameId, nameIdIsStable, email } = identity;
  const find = (key: MemberKey) => findMembers(tx.scope, key, tx.sql);
  const known = [
    ...(nameIdIsStable ? await find({ samlIssuer: issuer, samlNameId: nameId }) : []),
    ...(email === null ? [] : await find({ email })),
  ];
  if (known.some((member) => !member.active && !isSomebodyElse(member, identity))) refuse("member_inactive");
}

function linkValues(identity: SamlIdentity) {
  return {
    samlIssuer: identity.issuer,
    samlNameId: identity.nameIdIsStable ? identity.nameId : null,
    ...(identity.objectId === null
      ? {}
      : { samlTenantId: identity.tenantId, samlObjectId: identity.objectId }),
  };
}

/** Writes only what differs, so that an ordinary sign-in leaves the member's version (its ETag) alone. */
async function linkAndRefresh(
  tx: WorkspaceTx,
  member: Member,
  by: Key,
  identity: SamlIdentity,
): Promise<Member> {
  const wanted: Partial<MemberValues> = { ...linkValues(identity), ...profileValues(member, identity) };
  const changes = Object.entries(wanted).filter(([key, value]) => member[key as keyof Member] !== value);
  if (changes.length === 0) return member;
  const actor = { kind: "saml", workspaceId: tx.scope.workspaceId } as const;
  if (isUnlinked(member)) {
    await recordAudit(tx, {
      actor,
      action: "member.saml.linked",
      targetKind: "member",
      targetId: member.id,
      details: { by, nameId: identity.nameId },
    });
  }
  return updateMember(tx, actor, member, Object.fromEntries(changes));
}

/** The provider's spelling of the name, unless SCIM is in charge of it. */
function profileValues(member: Member, identity: SamlIdentity): Partial<MemberValues> {
  if (member.scimManaged || identity.displayName === null) return {};
  return { displayName: identity.displayName, name: identity.displayName };
}
