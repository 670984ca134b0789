import { applyOps, parseOps, type ShapeOp } from "#editor/model/ops";
import type { BoardRecords } from "#editor/model/record";
import { serializeRecords } from "#editor/model/snapshot";
import type { BoardState, LoggedBatch } from "#server/boards/index";
import { CLOSE, REALTIME_LIMITS, type Presence } from "#shared/board-protocol";

import type { Connection } from "./connection";
import type { BoardLog } from "./log";
import { chooseHue, PresenceBoard } from "./presence-board";

export interface RoomContext {
  readonly boardId: string;
  readonly workspaceId: string;
  readonly log: BoardLog;
  /** Milliseconds; only differences matter. */
  readonly now: () => number;
  readonly setTimer: (ms: number, run: () => void) => void;
}

/** A reconnecting client that missed more rows than this loads the snapshot instead. */
const MAX_DIFF_ROWS = 2_000;

/**
 * One open board in this process: its records as committed, and the sockets that watch it.
 * It changes only by `advance`, with rows that are in the log, in the log's order.
 */
export class Room {
  readonly records: BoardRecords;
  seq: number;
  rowsSinceSnapshot: number;
  bytesSinceSnapshot: number;
  readonly connections = new Set<Connection>();
  emptySince: number;
  private readonly presence = new PresenceBoard();
  private presenceTimer = false;
  private cachedSnapshot: { readonly seq: number; readonly body: string } | null = null;

  constructor(
    readonly context: RoomContext,
    state: BoardState,
  ) {
    this.records = state.records;
    this.seq = state.seq;
    this.rowsSinceSnapshot = state.rowsSinceSnapshot;
    this.bytesSinceSnapshot = state.bytesSinceSnapshot;
    this.emptySince = context.now();
  }

  /** Answers `hi`: from here on the connection gets every row after what it has, each exactly once. */
  async join(connection: Connection, since: number | null): Promise<void> {
    for (const other of this.connections) {
      // A half-open socket of the same tab: its client has given it up already.
      if (other.clientKey === connection.clientKey) this.drop(other, CLOSE.replaced, "opened again");
    }
    connection.hue = chooseHue(connection.actor.memberId, this.connections);
    const known = since !== null && since <= this.seq && this.seq - since <= MAX_DIFF_ROWS;
    connection.sentSeq = known ? since : this.seq;
    connection.joined = true;
    const welcome = { role: connection.access, me: connection.id, peers: this.peers() };
    this.connections.add(connection);
    this.presence.join(connection);
    this.schedulePresence();
    if (!known) {
      const snap = `/api/board/${this.context.boardId}/snapshot?seq=${this.seq}`;
      connection.send({ t: "init", seq: this.seq, ...welcome, snap });
      return;
    }
    connection.send({ t: "diff", from: since, seq: this.seq, ...welcome });
    if (since < this.seq) {
      connection.fallBehind(this.context.now());
      await this.catchUp(connection);
    }
  }

  private peers() {
    return [...this.connections].map((connection) => connection.peer);
  }

  leave(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    this.presence.leave(connection);
    this.schedulePresence();
    if (this.connections.size === 0) this.emptySince = this.context.now();
  }

  drop(connection: Connection, code: number, reason: string): void {
    connection.close(code, reason);
    this.leave(connection);
  }

  setPresence(connection: Connection, presence: Presence): void {
    this.presence.change(connection, presence);
    this.schedulePresence();
  }

  private schedulePresence(): void {
    if (this.presenceTimer) return;
    this.presenceTimer = true;
    this.context.setTimer(REALTIME_LIMITS.tickMs, () => {
      this.presenceTimer = false;
      if (!this.presence.isDirty) return;
      const text = `{"t":"u",${this.presence.take()}}`;
      for (const connection of this.connections) this.sendPresence(connection, text);
    });
  }

  private sendPresence(connection: Connection, text: string): void {
    if (connection.isCongested) connection.peersStale = true;
    else if (connection.peersStale) {
      connection.peersStale = false;
      connection.send({ t: "u", peers: this.peers() });
    } else connection.sendText(text);
  }

  /**
   * Applies committed rows and tells everybody. Rows that are known already are skipped.
   * @returns false when rows are missing before the first new one; nothing has been applied then.
   */
  advance(rows: readonly LoggedBatch[]): boolean {
    const fresh = rows.filter((row) => row.seq > this.seq);
    if (fresh.length === 0) return true;
    if (fresh.some((row, index) => row.seq !== this.seq + 1 + index)) return false;
    const from = this.seq;
    for (const row of fresh) {
      applyOps(this.records, parseOps(JSON.parse(row.ops)));
      this.seq = row.seq;
      this.rowsSinceSnapshot++;
      this.bytesSinceSnapshot += row.ops.length;
    }
    this.broadcast(from, fresh);
    return true;
  }

  private broadcast(from: number, rows: readonly LoggedBatch[]): void {
    const authors = new Set(rows.map((row) => row.clientId));
    const ops = updateText(from, rows);
    const presence = this.presence.isDirty ? this.presence.take() : "";
    const both = presence === "" ? ops : `${ops.slice(0, -1)},${presence}}`;
    const alone = presence === "" ? "" : `{"t":"u",${presence}}`;
    for (const connection of this.connections) {
      if (connection.isFull) connection.fallBehind(this.context.now());
      if (connection.behind) {
        if (presence !== "") connection.peersStale = true;
        continue;
      }
      if (authors.has(connection.clientKey)) {
        deliver(connection, rows);
        if (alone !== "") this.sendPresence(connection, alone);
      } else if (presence !== "" && (connection.isCongested || connection.peersStale)) {
        connection.sendText(ops);
        this.sendPresence(connection, alone);
      } else connection.sendText(both);
      connection.sentSeq = this.seq;
    }
  }

  /** Sends a connection that fell behind what it missed, once its socket has room again. */
  async catchUp(connection: Connection): Promise<void> {
    if (connection.catchingUp) return;
    connection.catchingUp = true;
    try {
      while (!connection.closed && !connection.isFull && connection.sentSeq < this.seq) {
        const rows = await this.context.log.read(this.context.boardId, connection.sentSeq);
        // Rows that this room has not applied yet come with the next broadcast.
        const known = rows.filter((row) => row.seq <= this.seq);
        if (known.length === 0) return;
        deliver(connection, known);
        connection.sentSeq = known.at(-1)!.seq;
      }
      if (connection.sentSeq === this.seq) connection.behind = false;
    } finally {
      connection.catchingUp = false;
    }
  }

  /** The board as JSON with the sequence number it holds. */
  snapshot(): { readonly seq: number; readonly body: string } {
    if (this.cachedSnapshot?.seq !== this.seq) {
      this.cachedSnapshot = { seq: this.seq, body: serializeRecords(this.records) };
    }
    return this.cachedSnapshot;
  }

  /** How many shapes these operations might add; an upper bound. */
  countNew(ops: readonly ShapeOp[]): number {
    let count = 0;
    for (const [id, patch] of ops) if (patch !== null && !this.records.has(id)) count++;
    return count;
  }
}

/** One update frame for consecutive rows. The stored JSON is spliced in, not parsed and written again. */
function updateText(from: number, rows: readonly LoggedBatch[]): string {
  const ops = rows.map((row) => row.ops.slice(1, -1)).join(",");
  return `{"t":"u","f":${from},"s":${rows.at(-1)!.seq},"o":[${ops}]}`;
}

/** Sends rows in order; the connection's own ones become acknowledgements, because it has the operations. */
function deliver(connection: Connection, rows: readonly LoggedBatch[]): void {
  let others: LoggedBatch[] = [];
  const flush = () => {
    if (others.length > 0) connection.sendText(updateText(others[0]!.seq - 1, others));
    others = [];
  };
  for (const row of rows) {
    if (row.clientId === connection.clientKey) {
      flush();
      connection.send({ t: "a", n: row.clientSeq, s: row.seq });
    } else others.push(row);
  }
  flush();
}
