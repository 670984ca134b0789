import { db, sqlOnPool, type WorkspaceScope } from "#server/db/index";

export interface HourCounts {
  readonly hour: Date;
  readonly reads: number;
  readonly writes: number;
  readonly refused: number;
  readonly failed: number;
}

/** What one flush adds to an hour of a workspace. */
export interface HourIncrement extends HourCounts {
  readonly workspaceId: string;
  readonly lastRequestAt: Date;
  readonly lastSuccessAt: Date | null;
}

/** Adds to the hours' counters, in one statement; another process may add to the same hours. */
export async function addToHours(increments: readonly HourIncrement[]): Promise<void> {
  await sqlOnPool()`
    INSERT INTO "ScimActivity" AS a
      ("workspaceId", "hour", "reads", "writes", "refused", "failed", "lastRequestAt", "lastSuccessAt")
    SELECT r."workspaceId", r."hour", r."reads", r."writes", r."refused", r."failed", r."lastRequestAt", r."lastSuccessAt"
    FROM json_populate_recordset(NULL::"ScimActivity", ${JSON.stringify(increments)}::json) r
    WHERE EXISTS (SELECT 1 FROM "Workspace" w WHERE w."id" = r."workspaceId")
    ORDER BY r."workspaceId", r."hour"
    ON CONFLICT ("workspaceId", "hour") DO UPDATE SET
      "reads" = a."reads" + EXCLUDED."reads", "writes" = a."writes" + EXCLUDED."writes",
      "refused" = a."refused" + EXCLUDED."refused", "failed" = a."failed" + EXCLUDED."failed",
      "lastRequestAt" = GREATEST(a."lastRequestAt", EXCLUDED."lastRequestAt"),
      "lastSuccessAt" = GREATEST(a."lastSuccessAt", EXCLUDED."lastSuccessAt")`;
}

/** The hours since a moment that had requests, oldest first. */
export function findHours(scope: WorkspaceScope, since: Date): Promise<HourCounts[]> {
  return db().scimActivity.findMany({
    where: { workspaceId: scope.workspaceId, hour: { gte: since } },
    select: { hour: true, reads: true, writes: true, refused: true, failed: true },
    orderBy: { hour: "asc" },
  });
}

/** When the identity provider last asked, and last got what it asked for. */
export async function findLastTimes(
  scope: WorkspaceScope,
): Promise<{ readonly lastRequestAt: Date | null; readonly lastSuccessAt: Date | null }> {
  const { workspaceId } = scope;
  const orderBy = { hour: "desc" } as const;
  const [request, success] = await Promise.all([
    db().scimActivity.findFirst({ where: { workspaceId }, orderBy, select: { lastRequestAt: true } }),
    db().scimActivity.findFirst({
      where: { workspaceId, lastSuccessAt: { not: null } },
      orderBy,
      select: { lastSuccessAt: true },
    }),
  ]);
  return { lastRequestAt: request?.lastRequestAt ?? null, lastSuccessAt: success?.lastSuccessAt ?? null };
}
