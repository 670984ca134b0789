import type { Member } from "#server/directory/index";

import { refuse } from "../refusal";
import { isGuid, type SamlIdentity } from "./read-identity";

const ASCII = /^[\x20-\x7e]*$/;

/**
 * Whether two user names or addresses are the same. ASCII ignores case; anything else must be equal
 * character by character, because case folding turns some look-alikes (the Kelvin sign) into ASCII letters.
 */
export function isSameName(a: string, b: string): boolean {
  if (ASCII.test(a) && ASCII.test(b)) return a.toLowerCase() === b.toLowerCase();
  return a.normalize("NFC") === b.normalize("NFC");
}

/**
 * Whether a member is known to be another person than the one who signs in: linked to another object, or
 * provisioned under another object id. User names and addresses get handed on to new people; ids do not.
 */
export function isSomebodyElse(member: Member, identity: SamlIdentity): boolean {
  if (identity.objectId === null) return false;
  if (member.samlObjectId !== null) {
    return member.samlObjectId !== identity.objectId || member.samlTenantId !== identity.tenantId;
  }
  const { externalId } = member;
  return externalId !== null && isGuid(externalId) && externalId.toLowerCase() !== identity.objectId;
}

/**
 * Whether a first sign-in may become this member. Provisioning may write externalId and e-mail addresses of
 * anybody, so for owners and administrators those prove nothing: whoever holds the SCIM token could point them at
 * an account of their own. Such a member is recognised by the user name, which provisioning cannot change before
 * the first sign-in, or by the address that their password belongs to.
 */
export function mayLink(member: Member, identity: SamlIdentity, userNames: readonly string[]): boolean {
  if (!isUnlinked(member) || (member.role !== "owner" && member.role !== "admin")) return true;
  const { email, passwordHash } = member;
  return (
    userNames.some((userName) => isSameName(member.userName, userName)) ||
    (passwordHash !== null && identity.email !== null && isSameName(email ?? "", identity.email))
  );
}

/** Whether this is the member's first sign-in by SAML. */
export function isUnlinked(member: Member): boolean {
  return member.samlObjectId === null && member.samlNameId === null;
}

/**
 * The one member among the candidates, or null for none.
 * @throws SamlRefusal identity_conflict when there are several: guessing could sign in as somebody else.
 */
export function onlyCandidate(candidates: readonly Member[], key: string): Member | null {
  if (candidates.length > 1) refuse("identity_conflict", `several members by ${key}`);
  return candidates[0] ?? null;
}
