import { REALTIME_LIMITS, type PushFrame } from "#shared/board-protocol";

import type { PendingQueue } from "./pending-queue";
import type { SyncClock } from "./transport";

/** Bytes of batches per second; below what the server allows, so that a large paste is slow, not cut off. */
const PACE_BYTES_PER_SECOND = 200 * 1024;
/** After a warning of the server that it is too much. */
const BREATH_MS = 1_000;

/** Sends the queue's batches one after the other, at most one a tick, large ones at a pace the server bears. */
export class BatchSender {
  private cancel: (() => void) | null = null;
  private nextAt = -Infinity;

  constructor(
    private readonly clock: SyncClock,
    private readonly queue: PendingQueue,
    /** Returns false while there is no link that takes it. */
    private readonly send: (frame: PushFrame) => boolean,
  ) {}

  /** Goes on until the queue is empty. Call it when the link takes batches, and `stop` when it ends. */
  schedule(): void {
    if (this.cancel || this.queue.size === 0) return;
    const wait = Math.max(0, this.nextAt - this.clock.now());
    this.cancel = this.clock.setTimer(wait, () => {
      this.cancel = null;
      this.sendNext();
    });
  }

  slowDown(): void {
    this.nextAt = this.clock.now() + BREATH_MS;
  }

  /** The link is gone: what has no acknowledgement goes out again on the next one. */
  stop(): void {
    this.cancel?.();
    this.cancel = null;
    this.queue.markUnsent();
  }

  private sendNext(): void {
    const batch = this.queue.next();
    if (!batch || !this.send({ t: "p", n: batch.n, o: batch.ops })) return;
    batch.sent = true;
    const pace = (batch.bytes / PACE_BYTES_PER_SECOND) * 1000;
    this.nextAt = this.clock.now() + Math.max(REALTIME_LIMITS.tickMs, pace);
    this.schedule();
  }
}
