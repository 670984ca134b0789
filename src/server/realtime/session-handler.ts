import { MODEL_LIMITS } from "#editor/model/limits";
import { parseOps, type ShapeOp } from "#editor/model/ops";
import type { BoardBatch } from "#server/boards/index";
import { log } from "#server/kernel/logger";
import {
  CLOSE,
  isFrameError,
  parseClientFrame,
  REALTIME_LIMITS,
  type HelloFrame,
  type Presence,
  type PresenceFrame,
  type PushFrame,
  type RefusalCode,
} from "#shared/board-protocol";

import type { Committer } from "./committer";
import type { Connection } from "./connection";
import type { Room } from "./room";

export interface HandlerContext {
  readonly committer: Committer;
  readonly room: () => Promise<Room>;
  /** Looks the session and the role up again; closes the connection when they are gone. */
  readonly recheck: (connection: Connection) => Promise<void>;
  readonly now: () => number;
}

/** Turns the frames of one connection into calls of its room. Whatever a client sends, nothing here throws. */
export class SessionHandler {
  private room: Room | null = null;
  private helloSeen = false;

  constructor(
    private readonly connection: Connection,
    private readonly context: HandlerContext,
  ) {}

  onMessage(text: string): void {
    const { connection } = this;
    if (connection.closed || connection.revoked) return;
    connection.lastHeard = this.context.now();
    const verdict = connection.budget.take(text.length, connection.lastHeard);
    if (verdict === "close") return this.fail(CLOSE.rateLimit, "too many frames");
    if (verdict === "warn") connection.send({ t: "warn", code: "rate" });
    const frame = parseClientFrame(text);
    if (isFrameError(frame)) return this.fail(frame.code, frame.reason);
    if (frame.t === "hi") return this.onHello(frame);
    if (!this.room) return this.fail(CLOSE.badFrame, "hi must come first and be answered");
    if (frame.t === "p") this.onPush(this.room, frame);
    else this.onPresence(this.room, frame);
  }

  onClose(): void {
    this.connection.closed = true;
    this.room?.leave(this.connection);
  }

  private fail(code: number, reason: string): void {
    const { connection } = this;
    log().debug({ connectionId: connection.id, code, reason }, "a realtime connection broke the rules");
    connection.close(code, reason);
    this.room?.leave(connection);
  }

  private onHello(frame: HelloFrame): void {
    if (this.helloSeen) return this.fail(CLOSE.badFrame, "hi must come once");
    this.helloSeen = true;
    this.connection.clientKey = `${this.connection.actor.memberId}.${frame.cid}`;
    this.join(frame.since).catch((error: unknown) => {
      log().error({ err: error }, "a board could not be opened");
      this.fail(CLOSE.overload, "the board could not be opened");
    });
  }

  private async join(since: number | null): Promise<void> {
    const { connection, context } = this;
    // Access may have gone between the check of the upgrade request and the moment signals could reach this socket.
    await context.recheck(connection);
    const room = await context.room();
    if (connection.closed) return;
    if (room.connections.size >= REALTIME_LIMITS.socketsPerBoard)
      return this.fail(CLOSE.overload, "the board is full");
    this.room = room;
    await room.join(connection, since);
  }

  private onPush(room: Room, frame: PushFrame): void {
    const { connection } = this;
    if (connection.access !== "edit") {
      return this.refuse(frame.n, "read_only", "You can look at this board, not change it.");
    }
    const ops = this.checkOps(room, frame);
    if (!ops) return;
    const { workspaceId, boardId } = room.context;
    const batch: BoardBatch = {
      workspaceId,
      boardId,
      actorId: connection.actor.memberId,
      clientId: connection.clientKey,
      clientSeq: frame.n,
      ops: JSON.stringify(ops),
    };
    this.context.committer.submit(room, batch);
  }

  private checkOps(room: Room, frame: PushFrame): ShapeOp[] | null {
    try {
      const ops = parseOps(frame.o);
      if (room.records.size + room.countNew(ops) <= MODEL_LIMITS.shapesPerBoard) return ops;
      this.refuse(frame.n, "board_full", `A board holds at most ${MODEL_LIMITS.shapesPerBoard} shapes.`);
    } catch (error) {
      const tooLarge = error instanceof Error && "code" in error && error.code === "too_large";
      const message = error instanceof Error ? error.message : "These operations are not valid.";
      this.refuse(frame.n, tooLarge ? "too_large" : "bad_ops", message);
    }
    return null;
  }

  private refuse(n: number, code: RefusalCode, message: string): void {
    this.connection.send({ t: "r", n, code, message });
  }

  /** Presence is a hint: what is not valid in it is left out, never an error. Viewers show a cursor, not a gesture. */
  private onPresence(room: Room, frame: PresenceFrame): void {
    const { t: _, drag, ...rest } = frame;
    const presence: Presence = drag === undefined ? rest : { ...rest, drag: this.checkDrag(drag) };
    room.setPresence(this.connection, presence);
  }

  private checkDrag(drag: unknown): NonNullable<Presence["drag"]> | null {
    if (drag === null || this.connection.access !== "edit") return null;
    try {
      return parseOps(drag);
    } catch {
      return null;
    }
  }
}
