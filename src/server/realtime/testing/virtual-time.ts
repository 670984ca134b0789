/** Time that passes only when a test says so: timers run in order, and promises settle between them. */
export class VirtualTime {
  private nowMs = 0;
  private order = 0;
  private queue: { at: number; order: number; run: () => void }[] = [];

  readonly now = (): number => this.nowMs;

  readonly setTimer = (ms: number, run: () => void): (() => void) => {
    const entry = { at: this.nowMs + Math.max(0, ms), order: this.order++, run };
    this.queue.push(entry);
    return () => {
      this.queue = this.queue.filter((other) => other !== entry);
    };
  };

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.setTimer(ms, resolve));
  }

  /** Runs all timers of the next `ms` milliseconds. */
  async advance(ms: number): Promise<void> {
    const end = this.nowMs + ms;
    for (;;) {
      await settle();
      let next = this.queue[0];
      for (const entry of this.queue) {
        if (!next || entry.at < next.at || (entry.at === next.at && entry.order < next.order)) next = entry;
      }
      if (!next || next.at > end) break;
      this.queue.splice(this.queue.indexOf(next), 1);
      this.nowMs = next.at;
      next.run();
    }
    this.nowMs = end;
  }
}

/** Lets every promise that can settle do so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A small seeded generator (mulberry32): numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
