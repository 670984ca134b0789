import type { MemberRow } from "../../trpc/client";

/** Where a member comes from, in a word. Once Entra has matched somebody, Entra it is, however they first came. */
export function sourceLabel(member: Pick<MemberRow, "source" | "scimManaged">): string {
  if (member.scimManaged) return "Entra";
  switch (member.source) {
    case "saml":
      return "Sign-in";
    case "scim":
      return "Entra";
    case "setup":
      return "Set-up";
    default:
      return "Invitation";
  }
}
