import { db, type DbClient, type WorkspaceScope } from "#server/db/index";

/**
 * Which kind of actor last did something to each of these targets; targets to which it was never done are missing.
 * @param action for example "member.deactivated"
 */
export async function findLastActorKinds(
  scope: WorkspaceScope,
  action: string,
  targetIds: readonly string[],
  client: DbClient = db(),
): Promise<ReadonlyMap<string, string>> {
  if (targetIds.length === 0) return new Map();
  const rows = await client.$queryRaw<{ targetId: string; actorKind: string }[]>`
    SELECT DISTINCT ON ("targetId") "targetId", "actorKind" FROM "AuditEvent"
    WHERE "workspaceId" = ${scope.workspaceId}::uuid AND "action" = ${action}
      AND "targetId"::text = ANY(${[...targetIds]}::text[])
    ORDER BY "targetId", "id" DESC`;
  return new Map(rows.map((row) => [row.targetId, row.actorKind]));
}
