import { describeFailure } from "./failure";

const HOUR = 60;
const DAY = 24 * HOUR;
const LAST_RETRY = 28 * DAY;
/** Entra evaluates the share of failing objects only from here on. */
const EVALUATED_FROM = 5000;

interface Waiting {
  readonly firstFailedAt: number;
  readonly retryAt: number;
  readonly code: string;
}

/** The objects that failed, with the times at which Entra tries them again. Times are minutes of simulated time. */
export class Escrow {
  private readonly waiting = new Map<string, Waiting>();

  get size(): number {
    return this.waiting.size;
  }

  /** False while a failed object waits for its next turn. */
  isDue(sourceId: string, now: number): boolean {
    const entry = this.waiting.get(sourceId);
    return entry === undefined || entry.retryAt <= now;
  }

  /** When a failed object is tried again; Infinity when Entra has given up, undefined when it did not fail. */
  retryAt(sourceId: string): number | undefined {
    return this.waiting.get(sourceId)?.retryAt;
  }

  add(sourceId: string, error: unknown, now: number): void {
    const { code, transient } = describeFailure(error);
    const known = this.waiting.get(sourceId);
    const firstFailedAt = known?.firstFailedAt ?? now;
    // What may be over in a moment gets one more chance in the next cycle before it backs off.
    const retryAt = transient && !known ? now : nextTurn(firstFailedAt, now);
    this.waiting.set(sourceId, { firstFailedAt, retryAt, code });
  }

  remove(sourceId: string): void {
    this.waiting.delete(sourceId);
  }

  /** Whether so many of these objects fail that Entra quarantines the job. */
  exceedsThreshold(objects: number): boolean {
    const { size } = this.waiting;
    return size > 40_000 || (size >= EVALUATED_FROM && size > objects * 0.4);
  }
}

/** 6, 12 and 24 hours after the first failure, then every 24 hours until the 28th day. */
function nextTurn(firstFailedAt: number, now: number): number {
  const age = now - firstFailedAt;
  const turns = [6 * HOUR, 12 * HOUR, DAY];
  const next = turns.find((turn) => turn > age) ?? (Math.floor(age / DAY) + 1) * DAY;
  return next > LAST_RETRY ? Infinity : firstFailedAt + next;
}
