import type { Store } from "#editor/engine/store";
import type { ShapeOp } from "#editor/model/ops";
import { parseRecords } from "#editor/model/snapshot";

import type { PendingQueue } from "./pending-queue";
import { Replica } from "./replica";

/**
 * What came of something the server said. gap: rows are missing, ask for those after `seq`. stranger: the server and
 * this board do not fit together, begin with its snapshot.
 */
export type Applied = "ok" | "gap" | "stranger";

/** The board up to one sequence number of the server: applies what follows it and notices what does not. */
export class OrderedBoard {
  private readonly replica: Replica;
  private last: number | null = null;

  constructor(
    store: Store,
    private readonly queue: PendingQueue,
  ) {
    this.replica = new Replica(store, queue);
  }

  /** The last sequence number that the confirmed records contain; null before the first snapshot. */
  get seq(): number | null {
    return this.last;
  }

  /** What is known is of no use any more; the store goes on showing it until the next snapshot. */
  forget(): void {
    this.last = null;
  }

  /** @throws ModelError or SyntaxError when the body is no board, or one of a newer format. */
  load(body: string, seq: number): void {
    this.replica.load(parseRecords(body));
    this.last = seq;
  }

  /** Others' operations after `from`, up to `seq`. */
  update(from: number, seq: number, ops: readonly ShapeOp[]): Applied {
    if (this.last === null || seq <= this.last) return "ok";
    if (from !== this.last) return "gap";
    this.last = seq;
    this.replica.confirm(ops);
    return "ok";
  }

  /** The own batch `n` is stored as `seq`. */
  acknowledge(n: number, seq: number): Applied {
    if (this.last === null || seq > this.last + 1) return "gap";
    const batch = this.queue.remove(n);
    if (seq <= this.last) {
      // The board we loaded has it already: an answer to a resend.
      if (batch) this.replica.show(batch.ops);
      return "ok";
    }
    if (!batch) return "stranger";
    this.last = seq;
    this.replica.confirm(batch.ops);
    return "ok";
  }

  /** Takes the own batch `n` back. False when there is none of this number. */
  refuse(n: number): boolean {
    const batch = this.queue.remove(n);
    if (batch) this.replica.show(batch.ops);
    return batch !== null;
  }
}
