import { jsonBytes } from "#editor/model/json";
import { MODEL_LIMITS } from "#editor/model/limits";
import type { ShapeOp } from "#editor/model/ops";
import { REALTIME_LIMITS } from "#shared/board-protocol";

/** A numbered batch that the server has not acknowledged. */
export interface PendingBatch {
  readonly n: number;
  readonly ops: readonly ShapeOp[];
  readonly bytes: number;
  /** On the present link. */
  sent: boolean;
}

interface IndexedBatch extends PendingBatch {
  readonly byId: ReadonlyMap<string, readonly ShapeOp[]>;
}

/**
 * Own operations that are not confirmed, oldest first: numbered batches, then a draft that still grows.
 * Only the draft merges, because a batch that was sent once must be sent again unchanged.
 */
export class PendingQueue {
  private batches: IndexedBatch[] = [];
  private draft = new Map<string, ShapeOp[]>();
  private nextNumber = 1;

  /** Shapes with operations in the draft, plus numbered batches; zero when all is confirmed. */
  get size(): number {
    return this.batches.length + this.draft.size;
  }

  add(ops: readonly ShapeOp[]): void {
    for (const op of ops) this.addOne(op);
  }

  private addOne(op: ShapeOp): void {
    const [id, patch] = op;
    const list = this.draft.get(id);
    const last = list?.at(-1);
    if (!list || !last || patch === null) {
      this.draft.set(id, [op]);
    } else if (last[1] === null) {
      list.push(op);
    } else {
      list[list.length - 1] = [id, { ...last[1], ...patch }];
    }
  }

  /** All unconfirmed operations on a shape, in order. */
  opsOf(id: string): ShapeOp[] {
    const found: ShapeOp[] = [];
    for (const batch of this.batches) found.push(...(batch.byId.get(id) ?? []));
    found.push(...(this.draft.get(id) ?? []));
    return found;
  }

  /** Every shape with unconfirmed operations. */
  ids(): Set<string> {
    const ids = new Set(this.draft.keys());
    for (const batch of this.batches) for (const id of batch.byId.keys()) ids.add(id);
    return ids;
  }

  /** The next batch to send, made from the draft when all numbered ones are on their way; null when none is left. */
  next(): PendingBatch | null {
    return this.batches.find((batch) => !batch.sent) ?? this.closeBatch();
  }

  private closeBatch(): IndexedBatch | null {
    if (this.draft.size === 0) return null;
    const byId = new Map<string, readonly ShapeOp[]>();
    const ops: ShapeOp[] = [];
    let bytes = 0;
    for (const [id, list] of this.draft) {
      const size = jsonBytes(list);
      const full =
        ops.length + list.length > MODEL_LIMITS.opsPerBatch || bytes + size > REALTIME_LIMITS.batchBytes;
      if (full && ops.length > 0) break;
      byId.set(id, list);
      ops.push(...list);
      bytes += size;
      this.draft.delete(id);
    }
    const batch: IndexedBatch = { n: this.nextNumber++, ops, bytes, byId, sent: false };
    this.batches.push(batch);
    return batch;
  }

  /** Takes a batch out because it was acknowledged or refused; null when there is none of this number. */
  remove(n: number): PendingBatch | null {
    const index = this.batches.findIndex((batch) => batch.n === n);
    return index < 0 ? null : (this.batches.splice(index, 1)[0] ?? null);
  }

  /** The link is gone: whatever has no acknowledgement will be sent again, with the same numbers. */
  markUnsent(): void {
    for (const batch of this.batches) batch.sent = false;
  }
}
