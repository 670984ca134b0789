import type { AppendOutcome, BoardBatch, LoggedBatch } from "#server/boards/index";
import { log } from "#server/kernel/logger";
import { CLOSE, REALTIME_LIMITS, type RefusalCode } from "#shared/board-protocol";

import type { BoardLog } from "./log";
import type { Room } from "./room";

export interface CommitterContext {
  readonly log: BoardLog;
  readonly now: () => number;
  readonly setTimer: (ms: number, run: () => void) => void;
}

interface Pending {
  readonly room: Room;
  readonly batch: BoardBatch;
  readonly at: number;
}

/** While the database is away, batches wait this long or this much; then the room's sockets are closed with 1013. */
const MAX_WAIT_MS = 5_000;
const MAX_WAITING_BYTES = 4 * 1024 * 1024;
const RETRY_MS = 250;

const MESSAGES: Readonly<Record<Extract<AppendOutcome, { kind: "refused" }>["code"], string>> = {
  revoked: "Your access was taken away. This change was not saved.",
  read_only: "You can look at this board, not change it. This change was not saved.",
  board_gone: "The board was deleted. This change was not saved.",
};

/**
 * The group commit of this process: one transaction in flight for all rooms, the next one starts when it ends and
 * the tick is over. Peers and authors hear of a batch only after its commit.
 */
export class Committer {
  private pending: Pending[] = [];
  private inFlight: Pending[] = [];
  private readonly stale = new Set<Room>();
  private running = false;
  private armed = false;
  private lastFlush = -Infinity;
  private idle: (() => void)[] = [];

  constructor(private readonly context: CommitterContext) {}

  get waiting(): number {
    return this.pending.length + this.inFlight.length;
  }

  /** Queues a batch. A resend of one that is queued already changes nothing; its acknowledgement comes anyway. */
  submit(room: Room, batch: BoardBatch): void {
    const isSame = ({ batch: other }: Pending) =>
      other.clientSeq === batch.clientSeq &&
      other.clientId === batch.clientId &&
      other.boardId === batch.boardId;
    if (this.pending.some(isSame)) return;
    this.pending.push({ room, batch, at: this.context.now() });
    this.arm();
  }

  /** Reads what other processes have added to a board. */
  refresh(room: Room): void {
    this.stale.add(room);
    this.arm();
  }

  /** Forgets what a member has queued; what is in the transaction already is judged there. */
  discard(memberId: string): void {
    this.pending = this.pending.filter(({ batch }) => batch.actorId !== memberId);
  }

  hasWork(room: Room): boolean {
    return this.stale.has(room) || [...this.pending, ...this.inFlight].some((one) => one.room === room);
  }

  /** Resolves when nothing is queued or in flight. */
  drained(): Promise<void> {
    if (this.waiting === 0 && !this.running) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  /** Gives up batches of rooms whose wait is too long. The clients keep theirs and send them again later. */
  shedLoad(): void {
    const bytes = new Map<Room, number>();
    const overdue = new Set<Room>();
    for (const { room, batch, at } of [...this.inFlight, ...this.pending]) {
      const total = (bytes.get(room) ?? 0) + batch.ops.length;
      bytes.set(room, total);
      if (this.context.now() - at > MAX_WAIT_MS || total > MAX_WAITING_BYTES) overdue.add(room);
    }
    if (overdue.size === 0) return;
    this.pending = this.pending.filter(({ room }) => !overdue.has(room));
    for (const room of overdue) {
      for (const connection of [...room.connections])
        room.drop(connection, CLOSE.overload, "cannot save now");
    }
  }

  private arm(): void {
    if (this.running || this.armed) return;
    this.armed = true;
    const wait = Math.max(0, this.lastFlush + REALTIME_LIMITS.tickMs - this.context.now());
    this.context.setTimer(wait, () => {
      this.armed = false;
      void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    this.lastFlush = this.context.now();
    try {
      await this.flush();
      await this.refreshStale();
    } catch (error) {
      log().error(
        { err: error, batches: this.inFlight.length },
        "board operations could not be stored; trying again",
      );
      // Perhaps the commit happened and only its answer was lost: the next try finds such rows as duplicates.
      this.pending = [...this.inFlight, ...this.pending];
      this.inFlight = [];
      this.lastFlush = this.context.now() + RETRY_MS;
    }
    this.running = false;
    if (this.pending.length > 0 || this.stale.size > 0) return this.arm();
    for (const resolve of this.idle.splice(0)) resolve();
  }

  private async flush(): Promise<void> {
    if (this.pending.length === 0) return;
    this.inFlight = this.pending;
    this.pending = [];
    const outcomes = await this.context.log.append(this.inFlight.map(({ batch }) => batch));
    const done = this.inFlight.map((one, index) => ({ ...one, outcome: outcomes[index]! }));
    this.inFlight = [];
    for (const room of new Set(done.map((one) => one.room))) {
      this.settle(
        room,
        done.filter((one) => one.room === room),
      );
    }
  }

  private settle(room: Room, done: readonly (Pending & { readonly outcome: AppendOutcome })[]): void {
    const rows: LoggedBatch[] = [];
    for (const { batch, outcome } of done) {
      if (outcome.kind === "stored") rows.push({ ...batch, seq: outcome.seq });
      else if (outcome.kind === "refused") refuse(room, batch, outcome.code);
      else if (outcome.seq <= room.seq) acknowledge(room, batch, outcome.seq);
      // Stored by another process and not seen here yet: reading it brings its acknowledgement in order.
      else this.stale.add(room);
    }
    if (!room.advance(rows)) this.stale.add(room);
  }

  private async refreshStale(): Promise<void> {
    for (const room of this.stale) {
      for (;;) {
        const rows = await this.context.log.read(room.context.boardId, room.seq);
        if (rows.length === 0) break;
        if (!room.advance(rows)) throw new Error("The log of a board has a gap");
      }
      this.stale.delete(room);
    }
  }
}

function findAuthor(room: Room, batch: BoardBatch) {
  return [...room.connections].find((connection) => connection.clientKey === batch.clientId);
}

function acknowledge(room: Room, batch: BoardBatch, seq: number): void {
  const author = findAuthor(room, batch);
  // One that is still being sent older rows must not hear of a newer one; its rows carry the answer.
  if (author && seq <= author.sentSeq) author.send({ t: "a", n: batch.clientSeq, s: seq });
}

function refuse(room: Room, batch: BoardBatch, code: keyof typeof MESSAGES & RefusalCode): void {
  const author = findAuthor(room, batch);
  if (!author) return;
  author.send({ t: "r", n: batch.clientSeq, code, message: MESSAGES[code] });
  if (code === "revoked") {
    author.revoke(CLOSE.revoked, "access revoked");
    room.leave(author);
  }
  if (code === "board_gone") room.drop(author, CLOSE.boardGone, "board deleted");
}
