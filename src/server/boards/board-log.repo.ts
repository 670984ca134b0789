import { gunzipSync } from "node:zlib";

import { applyOps, parseOps } from "#editor/model/ops";
import type { BoardRecords } from "#editor/model/record";
import { parseRecords } from "#editor/model/snapshot";
import type { Role } from "#generated/prisma/enums";
import { db, type DbClient } from "#server/db/index";
import { log } from "#server/kernel/logger";
import { can } from "#server/workspaces/index";

/** One client batch on its way into a board's log. */
export interface BoardBatch {
  readonly workspaceId: string;
  readonly boardId: string;
  /** The author, or null for the command line. */
  readonly actorId: string | null;
  /** With `clientSeq` it makes a resend recognisable. */
  readonly clientId: string;
  readonly clientSeq: number;
  /** JSON of checked operations. */
  readonly ops: string;
}

export type AppendOutcome =
  | { readonly kind: "stored"; readonly seq: number }
  /** Stored already, by an earlier try or another process. */
  | { readonly kind: "duplicate"; readonly seq: number }
  | { readonly kind: "refused"; readonly code: "revoked" | "read_only" | "board_gone" };

/** A row of the log, in the order of `seq`. */
export interface LoggedBatch {
  readonly seq: number;
  readonly clientId: string;
  readonly clientSeq: number;
  /** JSON of `[[shapeId, patch or null], …]`. */
  readonly ops: string;
}

export interface BoardState {
  readonly records: BoardRecords;
  readonly seq: number;
  /** How much log lies behind the newest snapshot. */
  readonly rowsSinceSnapshot: number;
  readonly bytesSinceSnapshot: number;
}

interface AuthorRow {
  id: string;
  workspaceId: string;
  role: Role;
  active: boolean;
}

interface BoardRow {
  id: string;
  workspaceId: string;
  headSeq: bigint;
  deleted: boolean;
}

const keyOf = (batch: { boardId: string; clientId: string; clientSeq: number }) =>
  `${batch.boardId} ${batch.clientId} ${batch.clientSeq}`;

const unique = (values: readonly (string | null)[]) => [...new Set(values.filter((value) => value !== null))];

/**
 * Locks the authors against a deactivation that commits meanwhile: FOR SHARE waits for it and then sees it, or
 * makes it wait until these batches are stored. Members come before boards everywhere, so nobody deadlocks.
 */
function lockAuthors(tx: DbClient, batches: readonly BoardBatch[]): Promise<AuthorRow[]> {
  return tx.$queryRaw<AuthorRow[]>`
    SELECT "id", "workspaceId", "role"::text AS "role", "active" AND "deletedAt" IS NULL AS "active"
    FROM "Member" WHERE "id" = ANY(${unique(batches.map((batch) => batch.actorId))}::uuid[])
    ORDER BY "id" FOR SHARE`;
}

/** The lock on the board's row is what orders all writers of a board, in all processes. */
function lockBoards(tx: DbClient, batches: readonly BoardBatch[]): Promise<BoardRow[]> {
  return tx.$queryRaw<BoardRow[]>`
    SELECT "id", "workspaceId", "headSeq", "deletedAt" IS NOT NULL AS "deleted"
    FROM "Board" WHERE "id" = ANY(${unique(batches.map((batch) => batch.boardId))}::uuid[])
    ORDER BY "id" FOR NO KEY UPDATE`;
}

async function findStored(tx: DbClient, batches: readonly BoardBatch[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ boardId: string; clientId: string; clientSeq: number; seq: bigint }[]>`
    SELECT o."boardId", o."clientId", o."clientSeq", o."seq"
    FROM unnest(${batches.map((b) => b.boardId)}::uuid[], ${batches.map((b) => b.clientId)}::text[],
                ${batches.map((b) => b.clientSeq)}::int[]) AS k("boardId", "clientId", "clientSeq")
    JOIN "BoardOp" o USING ("boardId", "clientId", "clientSeq")`;
  return new Map(rows.map((row) => [keyOf(row), Number(row.seq)]));
}

async function insertRows(
  tx: DbClient,
  rows: readonly (BoardBatch & { readonly seq: number })[],
): Promise<void> {
  await tx.$executeRaw`
    WITH rows AS (
      SELECT * FROM unnest(
        ${rows.map((r) => r.workspaceId)}::uuid[], ${rows.map((r) => r.boardId)}::uuid[],
        ${rows.map((r) => r.seq)}::bigint[], ${rows.map((r) => r.actorId)}::uuid[],
        ${rows.map((r) => r.clientId)}::text[], ${rows.map((r) => r.clientSeq)}::int[],
        ${rows.map((r) => r.ops)}::text[]
      ) AS r("workspaceId", "boardId", "seq", "actorId", "clientId", "clientSeq", "ops")
    ), inserted AS (
      INSERT INTO "BoardOp" ("workspaceId", "boardId", "seq", "actorId", "clientId", "clientSeq", "ops", "at")
      SELECT "workspaceId", "boardId", "seq", "actorId", "clientId", "clientSeq", convert_to("ops", 'UTF8'), now()
      FROM rows
    ), last AS (
      SELECT DISTINCT ON ("boardId") "boardId", "seq", "actorId" FROM rows ORDER BY "boardId", "seq" DESC
    )
    UPDATE "Board" SET "headSeq" = last."seq", "lastEditedAt" = now(),
      "lastEditedById" = COALESCE(last."actorId", "lastEditedById")
    FROM last WHERE "Board"."id" = last."boardId"`;
}

/**
 * Appends batches inside a transaction, in the order given. A sequence number is handed out only for a row that
 * is really inserted, so a board's log has no gaps. What may not be stored is refused without failing the rest.
 * @returns one outcome per batch, in the same order.
 */
export async function appendInTx(tx: DbClient, batches: readonly BoardBatch[]): Promise<AppendOutcome[]> {
  if (batches.length === 0) return [];
  const authors = new Map((await lockAuthors(tx, batches)).map((row) => [row.id, row]));
  const boards = new Map((await lockBoards(tx, batches)).map((row) => [row.id, row]));
  const stored = await findStored(tx, batches);
  const heads = new Map([...boards].map(([id, row]) => [id, Number(row.headSeq)]));
  const rows: (BoardBatch & { seq: number })[] = [];
  const outcomes = batches.map((batch): AppendOutcome => {
    const known = stored.get(keyOf(batch));
    if (known !== undefined) return { kind: "duplicate", seq: known };
    const board = boards.get(batch.boardId);
    if (!board || board.deleted || board.workspaceId !== batch.workspaceId) {
      return { kind: "refused", code: "board_gone" };
    }
    const author = batch.actorId === null ? null : authors.get(batch.actorId);
    if (author !== null && (!author?.active || author.workspaceId !== batch.workspaceId)) {
      return { kind: "refused", code: "revoked" };
    }
    if (author !== null && !can(author.role, "boards:edit")) return { kind: "refused", code: "read_only" };
    const seq = heads.get(batch.boardId)! + 1;
    heads.set(batch.boardId, seq);
    stored.set(keyOf(batch), seq);
    rows.push({ ...batch, seq });
    return { kind: "stored", seq };
  });
  if (rows.length > 0) await insertRows(tx, rows);
  return outcomes;
}

/** `appendInTx` in a transaction of its own; the outcomes are true once this returns. */
export function appendBatches(batches: readonly BoardBatch[]): Promise<AppendOutcome[]> {
  return db().$transaction((tx) => appendInTx(tx, batches));
}

/** The log of a board after a sequence number, oldest first, at most `limit` rows. */
export async function listLoggedBatches(boardId: string, after: number, limit = 500): Promise<LoggedBatch[]> {
  const rows = await db().$queryRaw<{ seq: bigint; clientId: string; clientSeq: number; ops: string }[]>`
    SELECT "seq", "clientId", "clientSeq", convert_from("ops", 'UTF8') AS "ops"
    FROM "BoardOp" WHERE "boardId" = ${boardId}::uuid AND "seq" > ${after}::bigint
    ORDER BY "seq" LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

const RECENT_SNAPSHOTS = 3;

/** The newest snapshot that can be read. The log is complete, so a damaged one costs time, never content. */
async function loadSnapshot(boardId: string): Promise<{ records: BoardRecords; seq: number }> {
  const rows = await db().boardSnapshot.findMany({
    where: { boardId },
    orderBy: { seq: "desc" },
    take: RECENT_SNAPSHOTS,
  });
  for (const row of rows) {
    try {
      return { records: parseRecords(gunzipSync(row.data).toString("utf8")), seq: Number(row.seq) };
    } catch (error) {
      log().error({ err: error, boardId, seq: Number(row.seq) }, "a board snapshot cannot be read");
    }
  }
  return { records: new Map(), seq: 0 };
}

/** A board as it stands: the newest snapshot and the log after it. */
export async function loadBoardState(boardId: string): Promise<BoardState> {
  const snapshot = await loadSnapshot(boardId);
  const { records } = snapshot;
  let { seq } = snapshot;
  let rowsSinceSnapshot = 0;
  let bytesSinceSnapshot = 0;
  for (;;) {
    const rows = await listLoggedBatches(boardId, seq);
    for (const row of rows) {
      applyOps(records, parseOps(JSON.parse(row.ops)));
      seq = row.seq;
      bytesSinceSnapshot += row.ops.length;
    }
    rowsSinceSnapshot += rows.length;
    if (rows.length === 0) return { records, seq, rowsSinceSnapshot, bytesSinceSnapshot };
  }
}

/** Stores a snapshot and forgets all but the newest few. Harmless when another process stored the same one. */
export async function saveSnapshot(
  board: { readonly workspaceId: string; readonly boardId: string },
  snapshot: { readonly seq: number; readonly data: Uint8Array; readonly shapes: number },
): Promise<void> {
  const { workspaceId, boardId } = board;
  await db().boardSnapshot.createMany({
    data: [
      {
        workspaceId,
        boardId,
        seq: BigInt(snapshot.seq),
        data: Uint8Array.from(snapshot.data),
        shapes: snapshot.shapes,
      },
    ],
    skipDuplicates: true,
  });
  await db().$executeRaw`
    DELETE FROM "BoardSnapshot" WHERE "boardId" = ${boardId}::uuid AND "seq" < (
      SELECT min("seq") FROM (SELECT "seq" FROM "BoardSnapshot" WHERE "boardId" = ${boardId}::uuid
        ORDER BY "seq" DESC LIMIT ${RECENT_SNAPSHOTS}) AS recent)`;
}

/** How far the log of each board goes, and which of them are deleted; for processes that have these boards open. */
export async function listBoardHeads(
  boardIds: readonly string[],
): Promise<{ readonly boardId: string; readonly seq: number; readonly deleted: boolean }[]> {
  const rows = await db().$queryRaw<{ id: string; headSeq: bigint; deleted: boolean }[]>`
    SELECT "id", "headSeq", "deletedAt" IS NOT NULL AS "deleted"
    FROM "Board" WHERE "id" = ANY(${[...boardIds]}::uuid[])`;
  return rows.map((row) => ({ boardId: row.id, seq: Number(row.headSeq), deleted: row.deleted }));
}
