import { promisify } from "node:util";
import { gzip } from "node:zlib";

import { log } from "#server/kernel/logger";

import type { Committer } from "./committer";
import type { BoardLog } from "./log";
import { Room } from "./room";

const compress = promisify(gzip);

const SNAPSHOT_ROWS = 2_000;
const SNAPSHOT_BYTES = 1024 * 1024;
const UNLOAD_MS = 60_000;

export interface RoomsContext {
  readonly log: BoardLog;
  readonly committer: Committer;
  readonly now: () => number;
  readonly setTimer: (ms: number, run: () => void) => void;
}

/** The boards that are open in this process. */
export class Rooms {
  private readonly open = new Map<string, Room>();
  private readonly loading = new Map<string, Promise<Room>>();
  private readonly saving = new Set<Room>();

  constructor(private readonly context: RoomsContext) {}

  all(): Room[] {
    return [...this.open.values()];
  }

  find(boardId: string): Room | undefined {
    return this.open.get(boardId);
  }

  /** The board's room; several callers at once share one load. */
  get(board: { readonly boardId: string; readonly workspaceId: string }): Promise<Room> {
    const { boardId } = board;
    const present = this.open.get(boardId);
    if (present) {
      present.emptySince = this.context.now();
      return Promise.resolve(present);
    }
    const known = this.loading.get(boardId);
    if (known) return known;
    const load = this.load(board).finally(() => this.loading.delete(boardId));
    this.loading.set(boardId, load);
    return load;
  }

  private async load(board: { readonly boardId: string; readonly workspaceId: string }): Promise<Room> {
    const { log: boardLog, now, setTimer } = this.context;
    const state = await boardLog.load(board.boardId);
    const room = new Room({ ...board, log: boardLog, now, setTimer }, state);
    this.open.set(board.boardId, room);
    return room;
  }

  /** Writes the snapshots that are due and closes rooms that nobody has used for a minute. */
  tidy(): void {
    for (const room of this.open.values()) {
      const idle = room.connections.size === 0 && this.context.now() - room.emptySince > UNLOAD_MS;
      const long = room.rowsSinceSnapshot > SNAPSHOT_ROWS || room.bytesSinceSnapshot > SNAPSHOT_BYTES;
      if (long || (idle && room.rowsSinceSnapshot > 0)) void this.save(room);
      else if (idle && !this.context.committer.hasWork(room) && !this.saving.has(room)) {
        this.open.delete(room.context.boardId);
      }
    }
  }

  /** Stores the room's present state, so that the next load need not replay the log. */
  async save(room: Room): Promise<void> {
    if (this.saving.has(room)) return;
    this.saving.add(room);
    const rows = room.rowsSinceSnapshot;
    const bytes = room.bytesSinceSnapshot;
    try {
      const { seq, body } = room.snapshot();
      const shapes = room.records.size;
      const data = await compress(body);
      await this.context.log.saveSnapshot(room.context, { seq, data, shapes });
      room.rowsSinceSnapshot -= rows;
      room.bytesSinceSnapshot -= bytes;
    } catch (error) {
      log().warn({ err: error, boardId: room.context.boardId }, "a board snapshot could not be stored");
    } finally {
      this.saving.delete(room);
    }
  }
}
