import { applyOps, parseOps } from "#editor/model/ops";
import type { BoardRecords } from "#editor/model/record";
import type { AppendOutcome, BoardBatch, BoardState, LoggedBatch } from "#server/boards/index";

import type { BoardLog } from "../log";

/** What may go wrong with one transaction. */
export type Fault = "none" | "before-commit" | "after-commit";

/** The log of one board in memory, in place of PostgreSQL: same outcomes, with delays and faults a test decides. */
export class MemoryLog implements BoardLog {
  readonly rows: LoggedBatch[] = [];
  snapshots = 0;

  constructor(private readonly world: { wait: () => Promise<void>; fault: () => Fault }) {}

  async append(batches: readonly BoardBatch[]): Promise<AppendOutcome[]> {
    await this.world.wait();
    const fault = this.world.fault();
    if (fault === "before-commit") throw new Error("connection lost before the commit");
    const outcomes = batches.map((batch): AppendOutcome => {
      const known = this.rows.find(
        (row) => row.clientId === batch.clientId && row.clientSeq === batch.clientSeq,
      );
      if (known) return { kind: "duplicate", seq: known.seq };
      const seq = this.rows.length + 1;
      this.rows.push({ seq, clientId: batch.clientId, clientSeq: batch.clientSeq, ops: batch.ops });
      return { kind: "stored", seq };
    });
    await this.world.wait();
    if (fault === "after-commit") throw new Error("connection lost after the commit");
    return outcomes;
  }

  async read(_boardId: string, after: number): Promise<LoggedBatch[]> {
    // Read first, wait then: what comes meanwhile is not in the answer, as with a real query.
    const page = this.rows.slice(after, after + 20);
    await this.world.wait();
    return page;
  }

  async load(): Promise<BoardState> {
    const state = { ...this.replay(), rowsSinceSnapshot: this.rows.length, bytesSinceSnapshot: 0 };
    await this.world.wait();
    return state;
  }

  async saveSnapshot(): Promise<void> {
    this.snapshots++;
    await this.world.wait();
  }

  async heads(boardIds: readonly string[]): Promise<{ boardId: string; seq: number; deleted: boolean }[]> {
    await this.world.wait();
    return boardIds.map((boardId) => ({ boardId, seq: this.rows.length, deleted: false }));
  }

  /** The board that the log describes: what every replica must equal. */
  replay(): { readonly records: BoardRecords; readonly seq: number } {
    const records: BoardRecords = new Map();
    for (const row of this.rows) applyOps(records, parseOps(JSON.parse(row.ops)));
    return { records, seq: this.rows.length };
  }
}
