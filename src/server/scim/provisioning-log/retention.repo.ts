import { db } from "#server/db/index";
import { firstIdAt } from "#server/kernel/ids";

/** Rows of one DELETE: short enough to hold nobody up. */
const BATCH_ROWS = 2_000;

/** Which rows share a limit of their own. */
export type LogClass = "reads" | "others";

/** Deletes a batch of rows from before a moment, of all workspaces. Returns how many went. */
export function deleteRowsBefore(moment: Date): Promise<number> {
  // What another process is deleting is passed over instead of waited for.
  return db().$executeRaw`
    DELETE FROM "ScimExchange" WHERE "id" IN (
      SELECT "id" FROM "ScimExchange" WHERE "id" < ${firstIdAt(moment)}::uuid
      ORDER BY "id" LIMIT ${BATCH_ROWS}::int FOR UPDATE SKIP LOCKED)`;
}

/** The workspaces that have a log. */
export async function findLoggedWorkspaces(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT w."id" FROM "Workspace" w
    WHERE EXISTS (SELECT 1 FROM "ScimExchange" e WHERE e."workspaceId" = w."id")`;
  return rows.map((row) => row.id);
}

/** The newest row that is one too many, or null while there are no more than `keep`. */
export async function findFirstExcess(
  workspaceId: string,
  kind: LogClass,
  keep: number,
): Promise<string | null> {
  const rows =
    kind === "reads"
      ? await db().$queryRaw<{ id: string }[]>`
          SELECT "id" FROM "ScimExchange"
          WHERE "workspaceId" = ${workspaceId}::uuid AND NOT "isWrite" AND "outcome" IN ('done', 'unchanged')
          ORDER BY "id" DESC OFFSET ${keep}::int LIMIT 1`
      : await db().$queryRaw<{ id: string }[]>`
          SELECT "id" FROM "ScimExchange"
          WHERE "workspaceId" = ${workspaceId}::uuid AND ("isWrite" OR "outcome" IN ('refused', 'failed'))
          ORDER BY "id" DESC OFFSET ${keep}::int LIMIT 1`;
  return rows[0]?.id ?? null;
}

/** Deletes a batch of the rows up to one, the oldest first. Returns how many went. */
export function deleteExcess(workspaceId: string, kind: LogClass, upTo: string): Promise<number> {
  return kind === "reads"
    ? db().$executeRaw`
        DELETE FROM "ScimExchange" WHERE "id" IN (
          SELECT "id" FROM "ScimExchange"
          WHERE "workspaceId" = ${workspaceId}::uuid AND NOT "isWrite" AND "outcome" IN ('done', 'unchanged')
            AND "id" <= ${upTo}::uuid
          ORDER BY "id" LIMIT ${BATCH_ROWS}::int FOR UPDATE SKIP LOCKED)`
    : db().$executeRaw`
        DELETE FROM "ScimExchange" WHERE "id" IN (
          SELECT "id" FROM "ScimExchange"
          WHERE "workspaceId" = ${workspaceId}::uuid AND ("isWrite" OR "outcome" IN ('refused', 'failed'))
            AND "id" <= ${upTo}::uuid
          ORDER BY "id" LIMIT ${BATCH_ROWS}::int FOR UPDATE SKIP LOCKED)`;
}

/** Deletes hours from before a moment. */
export async function deleteHoursBefore(moment: Date): Promise<void> {
  await db().scimActivity.deleteMany({ where: { hour: { lt: moment } } });
}
