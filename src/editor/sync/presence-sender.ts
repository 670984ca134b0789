import type { ShapeOp } from "#editor/model/ops";
import { REALTIME_LIMITS, type Presence } from "#shared/board-protocol";

import type { SyncClock } from "./transport";

/** Own cursor, selection and gesture: at most one frame per tick, the last values win, nothing is queued. */
export class PresenceSender {
  private current: Presence = {};
  private unsent: Presence | null = null;
  private cancel: (() => void) | null = null;
  private lastSent = -Infinity;

  constructor(
    private readonly clock: SyncClock,
    /** Returns false while there is no link that takes it. */
    private readonly send: (presence: Presence) => boolean,
  ) {}

  set(presence: Presence): void {
    this.current = { ...this.current, ...presence };
    this.unsent = { ...this.unsent, ...presence };
    this.schedule();
  }

  /** A new link knows nothing yet: tell it everything. */
  resend(): void {
    if (Object.keys(this.current).length === 0) return;
    this.unsent = this.current;
    this.schedule();
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private schedule(): void {
    if (this.cancel) return;
    const wait = Math.max(0, this.lastSent + REALTIME_LIMITS.tickMs - this.clock.now());
    this.cancel = this.clock.setTimer(wait, () => {
      this.cancel = null;
      if (!this.unsent || !this.send(this.unsent)) return;
      this.unsent = null;
      this.lastSent = this.clock.now();
    });
  }
}

/** A preview that is too large is not worth its bytes; the result follows when the gesture ends. */
export function fitDrag(drag: readonly ShapeOp[] | null): readonly ShapeOp[] | null {
  if (drag === null || drag.length === 0) return null;
  return JSON.stringify(drag).length <= REALTIME_LIMITS.dragBytes ? drag : null;
}
