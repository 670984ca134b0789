import { findSqlState } from "#server/db/index";
import { log } from "#server/kernel/logger";
import { processSlot } from "#server/kernel/slot";

import { addToHours } from "./activity.repo";
import { ActivityCounter } from "./activity-counter";
import type { NewExchange } from "./exchange";
import { ExchangeQueue } from "./exchange-queue";
import { insertExchanges } from "./exchanges.repo";

const FLUSH_MS = 250;
const BATCH_ROWS = 200;
/** About 40 MB at the very worst, when every body fills its 8 KiB twice. */
const QUEUE_ROWS = 2_500;
const MAX_PAUSE_MS = 30_000;

/**
 * Writes rows beside the requests: a batch after a quarter of a second or 200 rows, one at a time. A database that
 * does not answer costs rows of the log, never a request.
 */
export class LogWriter {
  private readonly queue: ExchangeQueue;
  private readonly activity = new ActivityCounter();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<boolean> | null = null;
  private pauseMs = FLUSH_MS;
  private closed = false;
  /** How many of the rows that were given up have been told of. */
  private reported = 0;

  constructor(capacity = QUEUE_ROWS) {
    this.queue = new ExchangeQueue(capacity);
  }

  get stats(): { readonly waiting: number; readonly dropped: number } {
    return { waiting: this.queue.size, dropped: this.queue.dropped };
  }

  add(row: NewExchange): void {
    this.queue.push(row);
    this.activity.add(row);
    const isUrgent = this.queue.size >= BATCH_ROWS && this.pauseMs === FLUSH_MS;
    if (isUrgent && this.writing === null) void this.flush();
    else this.schedule();
  }

  /** Writes everything that waits now. Returns false when the database refused; the rows then wait on. */
  async flush(): Promise<boolean> {
    while (this.writing) await this.writing;
    while (this.queue.size > 0 || !this.activity.isEmpty) {
      this.writing = this.writeBatch().finally(() => (this.writing = null));
      if (!(await this.writing)) return false;
    }
    return true;
  }

  /** The last flush of a process: what comes later is lost. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!(await this.flush())) {
      log().warn({ lost: this.queue.size }, "scim: rows of the provisioning log were lost at the end");
    }
  }

  private schedule(): void {
    if (this.timer || this.closed) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, this.pauseMs);
    this.timer.unref();
  }

  private async writeBatch(): Promise<boolean> {
    const rows = this.queue.take(BATCH_ROWS);
    const hours = this.activity.take();
    try {
      if (rows.length > 0) await this.writeRows(rows);
    } catch (error) {
      this.queue.putBack(rows);
      this.activity.putBack(hours);
      return this.failed(error);
    }
    try {
      if (hours.length > 0) await addToHours(hours);
    } catch (error) {
      this.activity.putBack(hours);
      return this.failed(error);
    }
    this.pauseMs = FLUSH_MS;
    this.reportDropped();
    return true;
  }

  /** One row that the database cannot take must not keep the others out: halves are tried, then single rows. */
  private async writeRows(rows: readonly NewExchange[]): Promise<void> {
    try {
      await insertExchanges(rows);
    } catch (error) {
      if (!isRowsFault(error)) throw error;
      if (rows.length === 1) {
        log().error({ err: error, id: rows[0]!.id }, "scim: a row of the provisioning log cannot be stored");
        return;
      }
      const middle = Math.ceil(rows.length / 2);
      await this.writeRows(rows.slice(0, middle));
      await this.writeRows(rows.slice(middle));
    }
  }

  private reportDropped(): void {
    const dropped = this.queue.dropped - this.reported;
    this.reported += dropped;
    if (dropped > 0)
      log().warn({ dropped }, "scim: the database was slow, and the provisioning log lost rows");
  }

  private failed(error: unknown): false {
    this.pauseMs = Math.min(MAX_PAUSE_MS, this.pauseMs * 2);
    log().warn({ err: error, waiting: this.queue.size }, "scim: the provisioning log could not be written");
    this.schedule();
    return false;
  }
}

/** Class 22 is a value that a column cannot hold, class 23 a constraint: trying again cannot help. */
function isRowsFault(error: unknown): boolean {
  return /^2[23]/.test(findSqlState(error) ?? "");
}

const writer = () => processSlot("scim.log-writer", () => new LogWriter());

/** Queues a row; it is written within a quarter of a second, unless the database is slow. */
export function enqueueExchange(row: NewExchange): void {
  writer().add(row);
}

/** How the log's writing goes, for the metrics. */
export function provisioningLogStats(): LogWriter["stats"] {
  return writer().stats;
}

/** Writes what waits, for tests and for whoever wants to read what was just done. */
export async function flushProvisioningLog(): Promise<void> {
  await writer().flush();
}

/** Writes what waits, for the last time in this process: after the last request, before the database goes. */
export async function closeProvisioningLog(): Promise<void> {
  await writer().close();
}
