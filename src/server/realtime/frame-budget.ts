import { REALTIME_LIMITS } from "#shared/board-protocol";

/** Seconds of the allowed rate that may come in one burst. */
const BURST_SECONDS = 4;
const WARN_EVERY_MS = 10_000;

export type BudgetVerdict = "ok" | "warn" | "close";

/**
 * A token bucket for frames and one for bytes. When one is empty the client is warned and may overdraw by as
 * much again; then the socket closes. A well-behaved client paces itself and never hears of it.
 */
export class FrameBudget {
  private frames = REALTIME_LIMITS.framesPerSecond * BURST_SECONDS;
  private bytes = REALTIME_LIMITS.bytesPerSecond * BURST_SECONDS;
  private at: number;
  private warnedAt = -Infinity;

  constructor(nowMs: number) {
    this.at = nowMs;
  }

  take(bytes: number, nowMs: number): BudgetVerdict {
    const seconds = Math.max(0, nowMs - this.at) / 1000;
    this.at = nowMs;
    const maxFrames = REALTIME_LIMITS.framesPerSecond * BURST_SECONDS;
    const maxBytes = REALTIME_LIMITS.bytesPerSecond * BURST_SECONDS;
    this.frames = Math.min(maxFrames, this.frames + seconds * REALTIME_LIMITS.framesPerSecond) - 1;
    this.bytes = Math.min(maxBytes, this.bytes + seconds * REALTIME_LIMITS.bytesPerSecond) - bytes;
    if (this.frames >= 0 && this.bytes >= 0) return "ok";
    if (this.frames < -maxFrames || this.bytes < -maxBytes) return "close";
    if (nowMs - this.warnedAt < WARN_EVERY_MS) return "ok";
    this.warnedAt = nowMs;
    return "warn";
  }
}
