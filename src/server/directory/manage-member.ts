import type { Role } from "#generated/prisma/enums";
import { recordAudit } from "#server/audit/index";
import type { SqlTx, WorkspaceTx } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { now } from "#server/kernel/clock";
import { AppError } from "#server/kernel/errors";
import { newId } from "#server/kernel/ids";
import { signals } from "#server/kernel/signals";
import { revokeMemberSessions } from "#server/sessions/index";

import { refuseHeld } from "./managed-by-scim";
import {
  findMember,
  insertMember,
  lockActiveOwnerIds,
  lockMemberRow,
  updateMemberRow,
  type Member,
  type MemberValues,
} from "./members.repo";

/** What a new member needs; the rest has a default. */
export type NewMember = Pick<MemberValues, "userName" | "source"> &
  Partial<Omit<MemberValues, "role">> & {
    /** Null: the workspace's default role. */
    readonly role: Role | null;
    readonly active?: boolean;
  };

/**
 * Makes a member.
 * @throws AppError CONFLICT when a living member of the workspace has this userName in any case.
 */
export async function createMember(tx: SqlTx, actor: Actor, input: NewMember): Promise<Member> {
  const { active = true, ...values } = input;
  const member = await insertMember(
    tx,
    newId(),
    {
      externalId: null,
      displayName: null,
      email: null,
      name: input.displayName ?? input.userName,
      roleAuthority: "workspace",
      scimManaged: false,
      scimAttributes: {},
      passwordHash: null,
      samlTenantId: null,
      samlObjectId: null,
      samlIssuer: null,
      samlNameId: null,
      ...values,
    },
    active,
  );
  if (!member) throw await takenUserName(tx, input.userName);
  await recordAudit(tx, {
    actor,
    action: "member.created",
    targetKind: "member",
    targetId: member.id,
    details: { source: member.source, role: member.role, active },
  });
  return member;
}

async function takenUserName(tx: SqlTx, userName: string): Promise<AppError> {
  const holder = await findMember(tx.scope, { userName }, tx.sql);
  return new AppError("CONFLICT", "userName is already in use", {
    ...(holder ? { details: { memberId: holder.id } } : {}),
  });
}

/** The member, locked until the transaction ends. @throws AppError NOT_FOUND, also for another workspace's id. */
export async function getMemberForUpdate(tx: SqlTx, memberId: string): Promise<Member> {
  const member = await lockMemberRow(tx, memberId);
  if (!member) throw new AppError("NOT_FOUND", "There is no such member.");
  return member;
}

/**
 * Writes attributes of a member that `getMemberForUpdate` has locked. State (active, deleted) has its own functions.
 * @throws AppError CONFLICT for a userName that another living member has; LAST_OWNER.
 */
export async function updateMember(
  tx: SqlTx,
  actor: Actor,
  member: Member,
  values: Partial<MemberValues>,
): Promise<Member> {
  if (values.userName !== undefined) await refuseTakenUserName(tx, member.id, values.userName);
  if (values.role !== undefined && values.role !== "owner") await refuseLastOwner(tx, member);
  const updated = await updateMemberRow(tx, member.id, values);
  await recordAudit(tx, {
    actor,
    action: "member.updated",
    targetKind: "member",
    targetId: member.id,
    details: { changed: Object.keys(values).filter((key) => key !== "passwordHash") },
  });
  if (updated.role !== member.role || updated.name !== member.name) {
    const { workspaceId } = tx.scope;
    tx.afterCommit(() => signals.emit("member.changed", { workspaceId, memberId: member.id }));
  }
  return updated;
}

async function refuseTakenUserName(tx: SqlTx, memberId: string, userName: string): Promise<void> {
  const other = await findMember(tx.scope, { userName }, tx.sql);
  if (other && other.id !== memberId) throw new AppError("CONFLICT", "userName is already in use");
}

async function refuseLastOwner(tx: SqlTx, member: Member): Promise<void> {
  if (member.role !== "owner" || !member.active) return;
  const owners = await lockActiveOwnerIds(tx);
  if (owners.length <= 1) {
    throw new AppError("LAST_OWNER", "This is the last active owner. Make another member an owner first.");
  }
}

/**
 * The one way out of a workspace, whatever path asked for it: in the caller's transaction the state flips,
 * the sessions go, the audit row and the Revocation row are written; after the commit this process closes
 * the sockets. Boards, groups and role stay for the return. Already inactive: nothing happens.
 * @throws AppError LAST_OWNER
 */
export async function deactivateMember(
  tx: SqlTx,
  actor: Actor,
  member: Member,
  reason: string,
): Promise<Member> {
  if (!member.active) return member;
  await refuseLastOwner(tx, member);
  const updated = await updateMemberRow(tx, member.id, { active: false, deactivatedAt: now() });
  const sessions = await revokeMemberSessions(tx, member.id, reason);
  await recordAudit(tx, {
    actor,
    action: "member.deactivated",
    targetKind: "member",
    targetId: member.id,
    details: { reason, sessions },
  });
  return updated;
}

/** Lets a deactivated member in again: same id, role, groups and boards. Already active: nothing happens. */
export async function reactivateMember(tx: SqlTx, actor: Actor, member: Member): Promise<Member> {
  if (member.active) return member;
  const updated = await updateMemberRow(tx, member.id, { active: true, deactivatedAt: null });
  await recordAudit(tx, {
    actor,
    action: "member.reactivated",
    targetKind: "member",
    targetId: member.id,
  });
  return updated;
}

/**
 * Turns a member into a tombstone: gone from SCIM and the interface, the userName free again,
 * still the author of what they drew. Groups lose them. There is no way back.
 * @throws AppError LAST_OWNER
 */
export async function deleteMember(tx: SqlTx, actor: Actor, member: Member, reason: string): Promise<void> {
  await refuseLastOwner(tx, member);
  const { workspaceId } = tx.scope;
  await updateMemberRow(tx, member.id, {
    active: false,
    deactivatedAt: member.deactivatedAt ?? now(),
    deletedAt: now(),
    passwordHash: null,
  });
  await tx.sql`
    DELETE FROM "GroupMembership" WHERE "workspaceId" = ${workspaceId}::uuid AND "memberId" = ${member.id}::uuid`;
  await revokeMemberSessions(tx, member.id, reason);
  await recordAudit(tx, {
    actor,
    action: "member.deleted",
    targetKind: "member",
    targetId: member.id,
    details: { reason },
  });
}

/** An administrator's change of role. @throws AppError SCIM_MANAGED, FORBIDDEN, LAST_OWNER */
export async function setMemberRole(
  tx: WorkspaceTx,
  actor: Actor,
  memberId: string,
  role: Role,
): Promise<Member> {
  const member = await getMemberForUpdate(tx, memberId);
  if (actor.kind === "member" && actor.role !== "owner" && (role === "owner" || member.role === "owner")) {
    throw new AppError("FORBIDDEN", "Only an owner can make or unmake owners.");
  }
  await refuseHeld(tx, actor, member, "role");
  return updateMember(tx, actor, member, { role });
}
