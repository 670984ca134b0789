import { findLastActorKinds } from "#server/audit/index";
import type { DbClient, WorkspaceScope, WorkspaceTx } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { AppError } from "#server/kernel/errors";
import { getWorkspaceInScope } from "#server/workspaces/index";

import { listMembers, type Member, type MemberListItem } from "./members.repo";

/**
 * What an administrator may not do to a member because the identity provider decides it. It never reads back what
 * is changed here: a role would silently differ, somebody reactivated would stay in until their next change there,
 * and somebody removed would be asked for by an id that is gone, and not provisioned again (Entra keeps ids for
 * ever). Deactivating stays possible, as the emergency exit. While SCIM is off nothing is held.
 */
export interface Holds {
  readonly role: boolean;
  readonly reactivation: boolean;
  readonly removal: boolean;
}

type Held = Pick<Member, "id" | "active" | "scimManaged" | "roleAuthority">;

const FREE: Holds = { role: false, reactivation: false, removal: false };

const WHY: Readonly<Record<keyof Holds, string>> = {
  role: "Your identity provider manages this person's role. Change it there.",
  reactivation:
    "Your identity provider has deactivated this person. Assign them to Chalkroom there again, and they are let in.",
  removal:
    "Your identity provider manages this person. Take them out there, and they are deactivated here and later deleted.",
};

/**
 * Who deactivated the inactive ones of these members; not in it means the identity provider, which can also have
 * created somebody inactive.
 */
async function deactivatedHere(
  scope: WorkspaceScope,
  members: readonly Held[],
  client?: DbClient,
): Promise<ReadonlySet<string>> {
  const inactive = members.filter((member) => member.scimManaged && !member.active);
  const actors = await findLastActorKinds(
    scope,
    "member.deactivated",
    inactive.map((member) => member.id),
    client,
  );
  return new Set([...actors].filter(([, kind]) => kind !== "scim").map(([id]) => id));
}

function holdsOf(member: Held, freed: ReadonlySet<string>): Holds {
  return {
    role: member.roleAuthority === "scim",
    reactivation: member.scimManaged && !member.active && !freed.has(member.id),
    removal: member.scimManaged,
  };
}

/**
 * @throws AppError SCIM_MANAGED when this is the identity provider's to decide. The command line is not held: whoever
 * runs the server must be able to help when the identity provider cannot.
 */
export async function refuseHeld(
  tx: WorkspaceTx,
  actor: Actor,
  member: Member,
  what: keyof Holds,
): Promise<void> {
  if (actor.kind !== "member" || !(member.scimManaged || member.roleAuthority === "scim")) return;
  const { scimEnabledAt } = await getWorkspaceInScope(tx.scope, tx.db);
  if (scimEnabledAt === null) return;
  const freed =
    what === "reactivation" ? await deactivatedHere(tx.scope, [member], tx.db) : new Set<string>();
  if (holdsOf(member, freed)[what]) throw new AppError("SCIM_MANAGED", WHY[what]);
}

/** Every living member, with what of them is the identity provider's to decide. */
export async function listMembersWithHolds(
  scope: WorkspaceScope,
): Promise<(MemberListItem & { readonly holds: Holds })[]> {
  const [members, { scimEnabledAt }] = await Promise.all([listMembers(scope), getWorkspaceInScope(scope)]);
  if (scimEnabledAt === null) return members.map((member) => ({ ...member, holds: FREE }));
  const freed = await deactivatedHere(scope, members);
  return members.map((member) => ({ ...member, holds: holdsOf(member, freed) }));
}
