import type { SqlTx } from "#server/db/index";
import { now } from "#server/kernel/clock";
import { isId } from "#server/kernel/ids";

/** What one statement did to a group's members. */
export interface MembershipsWritten {
  readonly added: number;
  readonly removed: number;
  /** The first few ids that this workspace never had; the caller must then roll back. */
  readonly unknown: readonly string[];
  /** Null when nothing changed. */
  readonly version: number | null;
  readonly updatedAt: Date | null;
}

/**
 * Lets members join and leave a locked group and raises its version, in one statement however many they are and
 * however large the group is. Who is in already stays, who is not in cannot leave. Tombstones and guests are passed
 * over: neither is a member that groups are for, and one of them must not refuse two thousand others. The share lock
 * waits for a deletion under way and looks again, so that no tombstone is left in a group.
 * @param removedBefore how many the same change has removed already
 */
export async function writeMemberships(
  tx: SqlTx,
  groupId: string,
  change: {
    readonly add: readonly string[];
    readonly remove: readonly string[];
    readonly removedBefore: number;
  },
): Promise<MembershipsWritten> {
  const { workspaceId } = tx.scope;
  const add: string[] = [];
  const malformed: string[] = [];
  for (const id of change.add) (isId(id) ? add : malformed).push(id);
  const rows = await tx.sql<MembershipsWritten>`
    WITH wanted AS MATERIALIZED (
      SELECT "id", "deletedAt" IS NULL AND "role" <> 'guest' AS "eligible" FROM "Member"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ANY(${add}::uuid[])
      ORDER BY "id" FOR SHARE
    ), gone AS (
      DELETE FROM "GroupMembership"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "groupId" = ${groupId}::uuid
        AND "memberId" = ANY(${change.remove.filter(isId)}::uuid[])
      RETURNING 1
    ), come AS (
      INSERT INTO "GroupMembership" ("workspaceId", "groupId", "memberId")
      SELECT ${workspaceId}::uuid, ${groupId}::uuid, "id" FROM wanted WHERE "eligible"
      ON CONFLICT DO NOTHING
      RETURNING 1
    ), counted AS (
      SELECT (SELECT count(*) FROM come)::int AS "added",
        (SELECT count(*) FROM gone)::int + ${change.removedBefore}::int AS "removed"
    ), raised AS (
      UPDATE "Group" SET "version" = "version" + 1, "updatedAt" = ${now()}::timestamptz
      WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${groupId}::uuid
        AND (SELECT "added" + "removed" > 0 FROM counted)
      RETURNING "version", "updatedAt"
    )
    SELECT counted."added", counted."removed", raised."version", raised."updatedAt", ARRAY(
      SELECT asked."id" FROM unnest(${add}::uuid[]) AS asked("id")
      WHERE NOT EXISTS (SELECT 1 FROM wanted WHERE wanted."id" = asked."id") LIMIT 20
    )::text[] AS "unknown"
    FROM counted LEFT JOIN raised ON TRUE`;
  const written = rows[0]!;
  return { ...written, unknown: [...malformed, ...written.unknown] };
}

/** Removes everybody who is not listed; returns how many. A join, because lists and groups may both be large. */
export async function deleteOtherMemberships(
  tx: SqlTx,
  groupId: string,
  keepIds: readonly string[],
): Promise<number> {
  const rows = await tx.sql<{ removed: number }>`
    WITH gone AS (
      DELETE FROM "GroupMembership" gm
      WHERE gm."workspaceId" = ${tx.scope.workspaceId}::uuid AND gm."groupId" = ${groupId}::uuid
        AND NOT EXISTS (
          SELECT 1 FROM unnest(${keepIds.filter(isId)}::uuid[]) AS kept("id") WHERE kept."id" = gm."memberId"
        )
      RETURNING 1
    )
    SELECT count(*)::int AS "removed" FROM gone`;
  return rows[0]!.removed;
}
