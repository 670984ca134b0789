import type { Role } from "#generated/prisma/enums";

/** A signed-in member, as every request re-reads it from the session row. */
export interface MemberActor {
  readonly kind: "member";
  readonly workspaceId: string;
  readonly memberId: string;
  readonly sessionId: string;
  readonly role: Role;
  readonly name: string;
  readonly email: string | null;
}

/** Who does something. Audit rows say it, and permission checks decide by it. */
export type Actor =
  | MemberActor
  | { readonly kind: "scim"; readonly workspaceId: string; readonly tokenId: string }
  | { readonly kind: "saml"; readonly workspaceId: string }
  | { readonly kind: "cli" | "system"; readonly workspaceId: string };
