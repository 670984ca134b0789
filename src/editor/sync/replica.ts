import type { Store } from "#editor/engine/store";
import { differenceOp } from "#editor/model/difference";
import { applyOps, type ShapeOp } from "#editor/model/ops";
import type { BoardRecords, ShapeRecord } from "#editor/model/record";

import type { PendingQueue } from "./pending-queue";

/**
 * The board as the server has confirmed it, beside the store, which shows it with the own unconfirmed operations
 * on top. Every change of either re-computes the shapes it touches. So an incoming value never shows while the
 * same property has an unconfirmed own write, and a refused batch vanishes without undoing anybody else's work.
 */
export class Replica {
  private confirmed: BoardRecords = new Map();

  constructor(
    private readonly store: Store,
    private readonly pending: PendingQueue,
  ) {}

  /** Takes over a whole board, with the own unconfirmed operations on top. */
  load(records: BoardRecords): void {
    this.confirmed = records;
    const shown = new Map<string, ShapeRecord>(records);
    for (const id of this.pending.ids()) {
      const record = this.project(id);
      if (record) shown.set(id, record);
      else shown.delete(id);
    }
    this.store.replaceAll(shown);
  }

  /** Applies operations that the server has ordered. Call it after the own batch left the queue. */
  confirm(ops: readonly ShapeOp[]): void {
    applyOps(this.confirmed, ops);
    this.show(ops);
  }

  /** Brings the store up to date for the shapes of these operations. */
  show(ops: readonly ShapeOp[]): void {
    const changes: ShapeOp[] = [];
    for (const id of new Set(ops.map((op) => op[0]))) {
      const change = differenceOp(id, this.store.records.get(id), this.project(id));
      if (change) changes.push(change);
    }
    if (changes.length > 0) this.store.apply(changes, "remote");
  }

  private project(id: string): ShapeRecord | undefined {
    const record = this.confirmed.get(id);
    const ops = this.pending.opsOf(id);
    if (ops.length === 0) return record;
    const single: BoardRecords = new Map(record ? [[id, record]] : []);
    applyOps(single, ops);
    return single.get(id);
  }
}
