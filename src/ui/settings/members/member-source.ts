import type { MemberRow } from "../../trpc/client";

const SOURCES: Readonly<Record<MemberRow["source"], string>> = {
  saml: "Sign-in",
  scim: "Provisioning",
  setup: "Set-up",
  invitation: "Invitation",
};

/** How a member came, in a word. */
export function sourceLabel(member: Pick<MemberRow, "source">): string {
  return SOURCES[member.source];
}
