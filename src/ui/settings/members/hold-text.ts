import type { MemberRow } from "../../trpc/client";

/** Why something cannot be done to a member here, as the server would say it; undefined when it can. */
export function reactivationRefusal(member: MemberRow, provider: string): string | undefined {
  if (!member.holds.reactivation) return undefined;
  return `${provider} has deactivated ${member.name}. Assign them to Chalkroom there again, and they are let in.`;
}

/** The same for removing. */
export function removalRefusal(member: MemberRow, provider: string): string | undefined {
  if (!member.holds.removal) return undefined;
  return `${provider} manages ${member.name}. Take them out there: they are deactivated here and later deleted.`;
}
