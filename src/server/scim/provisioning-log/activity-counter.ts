import type { HourIncrement } from "./activity.repo";
import type { NewExchange } from "./exchange";

const HOUR_MS = 3_600_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Sums requests by workspace and hour until the next batch takes the sums away. */
export class ActivityCounter {
  private hours = new Map<string, Mutable<HourIncrement>>();

  get isEmpty(): boolean {
    return this.hours.size === 0;
  }

  /** Counts one request in one of four ways. The self-test is ours, and says nothing about the identity provider. */
  add({ workspaceId, at, isWrite, outcome, tokenKind }: NewExchange): void {
    if (tokenKind === "self_test") return;
    const hour = this.hourOf(workspaceId, at);
    const succeeded = outcome === "done" || outcome === "unchanged";
    hour[succeeded ? (isWrite ? "writes" : "reads") : outcome] += 1;
    if (at > hour.lastRequestAt) hour.lastRequestAt = at;
    if (succeeded && (hour.lastSuccessAt === null || at > hour.lastSuccessAt)) hour.lastSuccessAt = at;
  }

  take(): HourIncrement[] {
    const taken = [...this.hours.values()];
    this.hours = new Map();
    return taken;
  }

  /** Adds sums again that could not be written. */
  putBack(increments: readonly HourIncrement[]): void {
    for (const each of increments) {
      const hour = this.hourOf(each.workspaceId, each.lastRequestAt);
      for (const name of ["reads", "writes", "refused", "failed"] as const) hour[name] += each[name];
      if (each.lastRequestAt > hour.lastRequestAt) hour.lastRequestAt = each.lastRequestAt;
      if (each.lastSuccessAt && (hour.lastSuccessAt === null || each.lastSuccessAt > hour.lastSuccessAt)) {
        hour.lastSuccessAt = each.lastSuccessAt;
      }
    }
  }

  private hourOf(workspaceId: string, at: Date): Mutable<HourIncrement> {
    const start = Math.floor(at.getTime() / HOUR_MS) * HOUR_MS;
    const key = `${workspaceId} ${start}`;
    let hour = this.hours.get(key);
    if (!hour) {
      const counts = { reads: 0, writes: 0, refused: 0, failed: 0 };
      hour = { workspaceId, hour: new Date(start), ...counts, lastRequestAt: at, lastSuccessAt: null };
      this.hours.set(key, hour);
    }
    return hour;
  }
}
