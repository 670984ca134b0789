import {
  appendBatches,
  listBoardHeads,
  listLoggedBatches,
  loadBoardState,
  saveSnapshot,
  type AppendOutcome,
  type BoardBatch,
  type BoardState,
  type LoggedBatch,
} from "#server/boards/index";

/** What rooms need of the database. Tests of convergence put a log in memory in its place. */
export interface BoardLog {
  /** Stores batches of any boards in one transaction; the outcomes hold after the commit. */
  append(batches: readonly BoardBatch[]): Promise<AppendOutcome[]>;
  /** Rows after a sequence number, oldest first; a page of them when there are many. */
  read(boardId: string, after: number): Promise<LoggedBatch[]>;
  load(boardId: string): Promise<BoardState>;
  saveSnapshot(
    board: { readonly workspaceId: string; readonly boardId: string },
    snapshot: { readonly seq: number; readonly data: Uint8Array; readonly shapes: number },
  ): Promise<void>;
  heads(boardIds: readonly string[]): Promise<readonly { boardId: string; seq: number; deleted: boolean }[]>;
}

/** The log in PostgreSQL. */
export const databaseLog: BoardLog = {
  append: appendBatches,
  read: listLoggedBatches,
  load: loadBoardState,
  saveSnapshot,
  heads: listBoardHeads,
};
