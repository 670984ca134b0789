import type { AuditEventModel } from "#generated/prisma/models";
import { db, type SqlTx, type WorkspaceScope } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { now } from "#server/kernel/clock";
import { newId } from "#server/kernel/ids";

/** What is written down of one change. `details` must never hold a secret. */
export interface AuditEntry {
  readonly actor: Actor;
  /** Dotted, in the past tense: "member.deactivated". */
  readonly action: string;
  readonly targetKind?: string;
  readonly targetId?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Appends an audit row inside the caller's transaction: the change and its record stand or fall together. */
export async function recordAudit(tx: SqlTx, entry: AuditEntry): Promise<void> {
  const actorId = entry.actor.kind === "member" ? entry.actor.memberId : null;
  await tx.sql`
    INSERT INTO "AuditEvent"
      ("id", "workspaceId", "at", "actorKind", "actorId", "action", "targetKind", "targetId", "details")
    VALUES (${newId()}::uuid, ${tx.scope.workspaceId}::uuid, ${now()}::timestamptz, ${entry.actor.kind}::text,
      ${actorId}::uuid, ${entry.action}::text, ${entry.targetKind ?? null}::text, ${entry.targetId ?? null}::text,
      ${JSON.stringify(entry.details ?? {})}::jsonb)`;
}

export interface AuditEvent {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly target: string | null;
  readonly details: unknown;
}

/**
 * A page of the audit log, newest first, with names instead of ids where they are known.
 * @param cursor the id of the last event of the page before (ids are time-ordered).
 */
export async function listAuditEvents(
  scope: WorkspaceScope,
  options: { readonly cursor?: string | undefined; readonly limit?: number } = {},
): Promise<{ readonly events: AuditEvent[]; readonly nextCursor: string | null }> {
  const limit = options.limit ?? 50;
  const rows = await db().auditEvent.findMany({
    where: { workspaceId: scope.workspaceId, ...(options.cursor ? { id: { lt: options.cursor } } : {}) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  return {
    events: await withNames(scope, page),
    nextCursor: rows.length > limit ? page.at(-1)!.id : null,
  };
}

/** The rows as people read them. */
async function withNames(scope: WorkspaceScope, rows: readonly AuditEventModel[]): Promise<AuditEvent[]> {
  const ids = rows.flatMap((row) => [row.actorId, row.targetKind === "member" ? row.targetId : null]);
  const names = await memberNames(
    scope,
    ids.filter((id) => id !== null),
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: row.actorId ? (names.get(row.actorId) ?? row.actorKind) : row.actorKind,
    action: row.action,
    target: row.targetId ? (names.get(row.targetId) ?? row.targetId) : null,
    details: row.details,
  }));
}

async function memberNames(scope: WorkspaceScope, ids: string[]): Promise<Map<string, string>> {
  const rows = await db().member.findMany({
    where: { workspaceId: scope.workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  });
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** The newest event of one action, or null. */
export async function findLastAuditEvent(scope: WorkspaceScope, action: string): Promise<AuditEvent | null> {
  const row = await db().auditEvent.findFirst({
    where: { workspaceId: scope.workspaceId, action },
    orderBy: { id: "desc" },
  });
  return row && ((await withNames(scope, [row]))[0] ?? null);
}
