import type { NewExchange } from "./exchange";

/** Plain reads are many and tell little; writes and errors are what somebody will look for. */
const isPlainRead = ({ isWrite, outcome }: NewExchange): boolean =>
  !isWrite && outcome !== "refused" && outcome !== "failed";

/**
 * Rows that wait to be written, at most `capacity` of them: when the database is slow, the oldest plain reads go
 * first, then the oldest of the rest. Nothing that a slow database does can then fill the memory.
 */
export class ExchangeQueue {
  private reads: NewExchange[] = [];
  private others: NewExchange[] = [];
  private givenUp = 0;

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.reads.length + this.others.length;
  }

  /** How many rows were given up so far. */
  get dropped(): number {
    return this.givenUp;
  }

  push(row: NewExchange): void {
    (isPlainRead(row) ? this.reads : this.others).push(row);
    this.trim();
  }

  /** Takes up to `most` rows out, writes and errors before reads. */
  take(most: number): NewExchange[] {
    const rows = this.others.splice(0, most);
    return rows.concat(this.reads.splice(0, most - rows.length));
  }

  /** Puts rows back that could not be written; they are the oldest ones again. */
  putBack(rows: readonly NewExchange[]): void {
    this.reads = [...rows.filter(isPlainRead), ...this.reads];
    this.others = [...rows.filter((row) => !isPlainRead(row)), ...this.others];
    this.trim();
  }

  private trim(): void {
    const excess = this.size - this.capacity;
    if (excess <= 0) return;
    const { length } = this.reads.splice(0, excess);
    this.others.splice(0, excess - length);
    this.givenUp += excess;
  }
}
