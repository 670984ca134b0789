import { db, type SqlTx, type WorkspaceTx } from "#server/db/index";
import type { MemberActor } from "#server/kernel/actor";
import { now } from "#server/kernel/clock";
import { randomToken, sha256Hex } from "#server/kernel/crypto";
import { newId } from "#server/kernel/ids";
import { signals } from "#server/kernel/signals";

/** A session ends after this many hours without use, and a SAML one never after its SessionNotOnOrAfter. */
const SESSION_HOURS = 12;

export interface NewSession {
  readonly memberId: string;
  readonly method: "password" | "saml" | "test";
  /** SessionNotOnOrAfter of the assertion, when the identity provider set one. */
  readonly notOnOrAfter?: Date | undefined;
  readonly samlNameId?: string | undefined;
  readonly samlSessionIndex?: string | undefined;
}

/** Makes a session row and returns the token for the cookie; only its SHA-256 is stored. */
export async function createSession(
  tx: WorkspaceTx,
  input: NewSession,
): Promise<{ readonly token: string; readonly sessionId: string; readonly expiresAt: Date }> {
  const token = randomToken("");
  const sessionId = newId();
  const expiresAt = sessionExpiry(input.notOnOrAfter);
  await tx.db.session.create({
    data: {
      id: sessionId,
      workspaceId: tx.scope.workspaceId,
      memberId: input.memberId,
      tokenHash: sha256Hex(token),
      method: input.method,
      expiresAt,
      notOnOrAfter: input.notOnOrAfter ?? null,
      samlNameId: input.samlNameId ?? null,
      samlSessionIndex: input.samlSessionIndex ?? null,
      createdAt: now(),
      lastSeenAt: now(),
    },
  });
  return { token, sessionId, expiresAt };
}

/** When a session used now ends: the sliding window, cut at what the identity provider allowed. */
export function sessionExpiry(notOnOrAfter?: Date | null): Date {
  const sliding = now().getTime() + SESSION_HOURS * 3_600_000;
  return new Date(Math.min(sliding, notOnOrAfter?.getTime() ?? Infinity));
}

export interface ActiveSession {
  readonly actor: MemberActor;
  readonly workspace: { readonly id: string; readonly slug: string; readonly name: string };
  readonly expiresAt: Date;
  readonly notOnOrAfter: Date | null;
  readonly tokenHash: string;
}

/**
 * The session behind a cookie token, or null. Demands an active, undeleted member as well, so that a
 * deactivation cuts off even if the deletion of a session row was ever missed.
 */
export function findActiveSession(token: string): Promise<ActiveSession | null> {
  return findActiveSessionByHash(sha256Hex(token));
}

/** The same look-up by the token's SHA-256, for callers that never see the token. */
export async function findActiveSessionByHash(tokenHash: string): Promise<ActiveSession | null> {
  const row = await db().session.findFirst({
    where: { tokenHash, expiresAt: { gt: now() }, member: { active: true, deletedAt: null } },
    include: { member: true, workspace: true },
  });
  if (!row) return null;
  const { member, workspace } = row;
  return {
    actor: {
      kind: "member",
      workspaceId: workspace.id,
      memberId: member.id,
      sessionId: row.id,
      role: member.role,
      name: member.name,
      email: member.email,
    },
    workspace: { id: workspace.id, slug: workspace.slug, name: workspace.name },
    expiresAt: row.expiresAt,
    notOnOrAfter: row.notOnOrAfter,
    tokenHash,
  };
}

/** Moves a session's end forward after use. */
export async function touchSession(tokenHash: string, expiresAt: Date): Promise<void> {
  await db().session.updateMany({ where: { tokenHash }, data: { expiresAt, lastSeenAt: now() } });
}

/**
 * Ends every session of a member in the caller's transaction, writes the Revocation row that other
 * processes poll, and tells this process after the commit.
 */
export async function revokeMemberSessions(tx: SqlTx, memberId: string, reason: string): Promise<number> {
  const { workspaceId } = tx.scope;
  const ended = await tx.sql`
    DELETE FROM "Session" WHERE "workspaceId" = ${workspaceId}::uuid AND "memberId" = ${memberId}::uuid RETURNING 1`;
  await tx.sql`
    INSERT INTO "Revocation" ("workspaceId", "memberId", "reason", "at")
    VALUES (${workspaceId}::uuid, ${memberId}::uuid, ${reason}::text, ${now()}::timestamptz)`;
  tx.afterCommit(() => signals.emit("member.revoked", { workspaceId, memberId, reason }));
  return ended.length;
}

/** Ends one session by its token's hash (sign-out). Nothing happens when it is gone already. */
export async function revokeSessionByHash(tokenHash: string): Promise<void> {
  const row = await db().session.findUnique({ where: { tokenHash } });
  if (!row) return;
  const { workspaceId, memberId, id: sessionId } = row;
  await db().$transaction([
    db().session.deleteMany({ where: { tokenHash } }),
    db().revocation.create({ data: { workspaceId, sessionId, reason: "sign-out", at: now() } }),
  ]);
  signals.emit("session.revoked", { workspaceId, memberId, sessionId });
}

/** Revocations since a moment, for the poll of every process (realtime.md 6.7). */
export function listRevocationsSince(since: Date): Promise<
  {
    id: bigint;
    workspaceId: string;
    memberId: string | null;
    sessionId: string | null;
    reason: string;
    at: Date;
  }[]
> {
  return db().revocation.findMany({ where: { at: { gte: since } }, orderBy: { id: "asc" } });
}

/** Deletes sessions that have ended and revocations nobody polls any more. */
export async function sweepSessions(): Promise<void> {
  await db().session.deleteMany({ where: { expiresAt: { lt: now() } } });
  await db().revocation.deleteMany({ where: { at: { lt: new Date(now().getTime() - 86_400_000) } } });
}
