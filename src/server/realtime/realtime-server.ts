import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

import { WebSocketServer, type WebSocket } from "ws";

import { AppError, toAppError } from "#server/kernel/errors";
import { newId } from "#server/kernel/ids";
import { log } from "#server/kernel/logger";
import { CLOSE, REALTIME_LIMITS } from "#shared/board-protocol";

import { AccessWatch, type Watched } from "./access-watch";
import { authorizeUpgrade, type AuthorizedUpgrade } from "./authorize-upgrade";
import { Committer } from "./committer";
import { Connection } from "./connection";
import type { BoardLog } from "./log";
import { rejectUpgrade } from "./reject-upgrade";
import type { Room } from "./room";
import { Rooms } from "./rooms";
import { SessionHandler } from "./session-handler";

export interface RealtimeStats {
  readonly rooms: number;
  readonly connections: number;
  /** Batches that wait for their commit. */
  readonly waiting: number;
}

interface Live extends Watched {
  readonly ws: WebSocket;
}

const POLL_MS = 500;
const SWEEP_MS = 250;
/** Upgrade requests that are being checked at the same time; each costs queries. */
const MAX_CHECKING = 200;
const SHUTDOWN_MS = 3_000;

const now = () => Date.now();
const setTimer = (ms: number, run: () => void) => {
  setTimeout(run, ms);
};

/** All sockets of this process: upgrade, limits, heartbeat, cut-off, shutdown. */
export class RealtimeServer {
  private readonly wss = new WebSocketServer({
    noServer: true,
    maxPayload: REALTIME_LIMITS.frameBytes,
    // A deflate context per connection costs more memory than the frames save.
    perMessageDeflate: false,
    clientTracking: false,
  });
  private readonly live = new Map<Connection, Live>();
  private readonly committer: Committer;
  private readonly rooms: Rooms;
  private readonly access: AccessWatch;
  private readonly stops: (() => void)[];
  private checking = 0;
  private polling = false;
  private stopping = false;

  constructor(private readonly boardLog: BoardLog) {
    this.committer = new Committer({ log: boardLog, now, setTimer });
    this.rooms = new Rooms({ log: boardLog, committer: this.committer, now, setTimer });
    this.access = new AccessWatch({
      watched: () => this.live.values(),
      committer: this.committer,
      cutOff: ({ connection, boardId }, code, reason) => {
        connection.revoke(code, reason);
        this.rooms.find(boardId)?.leave(connection);
      },
      closeBoard: (boardId) => this.closeBoard(boardId),
    });
    this.stops = [
      this.access.listen(),
      every(POLL_MS, () => void this.poll()),
      every(SWEEP_MS, () => this.sweep()),
      every(REALTIME_LIMITS.pingMs, () => this.ping()),
    ];
  }

  /** Owns an upgrade request for /realtime: the socket ends up a live connection, or refused by HTTP. Never throws. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Without a listener a reset during the checks would be an uncaught error.
    const ignore = () => socket.destroy();
    socket.on("error", ignore);
    this.upgrade(request, socket, head, ignore).catch((error: unknown) => {
      const known = toAppError(error);
      // A database that is away must look like "try again", not like a refusal.
      const unexpected = known.code === "INTERNAL";
      if (unexpected) log().error({ err: known.cause ?? known }, "an upgrade request failed");
      rejectUpgrade(socket, unexpected ? new AppError("UNAVAILABLE", "Try again in a moment.") : known);
    });
  }

  private async upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    ignore: () => void,
  ): Promise<void> {
    if (this.stopping) throw new AppError("UNAVAILABLE", "The server is restarting. Try again in a moment.");
    if (
      this.live.size + this.checking >= REALTIME_LIMITS.socketsPerProcess ||
      this.checking >= MAX_CHECKING
    ) {
      throw new AppError("UNAVAILABLE", "The server has too many connections. Try again in a moment.");
    }
    this.checking++;
    const authorized = await authorizeUpgrade(request).finally(() => this.checking--);
    this.checkLimits(authorized);
    if (this.stopping) throw new AppError("UNAVAILABLE", "The server is restarting. Try again in a moment.");
    if (socket.destroyed) return;
    this.wss.handleUpgrade(request, socket, head, (ws) => {
      socket.off("error", ignore);
      this.accept(ws, authorized);
    });
  }

  private checkLimits({ identity, boardId }: AuthorizedUpgrade): void {
    let ofMember = 0;
    let ofBoard = 0;
    for (const one of this.live.values()) {
      if (one.connection.actor.memberId === identity.actor.memberId) ofMember++;
      if (one.boardId === boardId) ofBoard++;
    }
    if (ofMember >= REALTIME_LIMITS.socketsPerMember) {
      throw new AppError("RATE_LIMITED", "You have too many boards open. Close one and reload.");
    }
    if (ofBoard >= REALTIME_LIMITS.socketsPerBoard) {
      throw new AppError("UNAVAILABLE", "Too many people have this board open. Try again later.");
    }
  }

  private accept(ws: WebSocket, authorized: AuthorizedUpgrade): void {
    const { boardId, workspaceId, identity } = authorized;
    const connection = new Connection(newId().slice(-12), identity, ws, now());
    const one: Live = { connection, boardId, ws };
    this.live.set(connection, one);
    const handler = new SessionHandler(connection, {
      committer: this.committer,
      room: () => this.rooms.get({ boardId, workspaceId }),
      recheck: () => this.access.recheck(one),
      now,
    });
    ws.on("message", (data, isBinary) => {
      // A frame that was under way when the server began to stop is sent again after the reconnect.
      if (this.stopping) return;
      if (isBinary) connection.close(CLOSE.badFrame, "frames are text");
      else handler.onMessage((data as Buffer).toString("utf8"));
    });
    ws.on("pong", () => (connection.misses = 0));
    // Protocol errors (a frame that is too big, bad UTF-8): ws closes with the right code by itself.
    ws.on("error", (error) => log().debug({ err: error, connectionId: connection.id }, "a socket failed"));
    ws.on("close", () => {
      this.live.delete(connection);
      handler.onClose();
    });
  }

  private closeBoard(boardId: string): void {
    const room = this.rooms.find(boardId);
    for (const one of [...this.live.values()]) {
      if (one.boardId !== boardId) continue;
      one.connection.close(CLOSE.boardGone, "board deleted");
      room?.leave(one.connection);
    }
  }

  /** The pull path: revocations and boards as the database has them, for whatever another process did. */
  private async poll(): Promise<void> {
    if (this.polling) return;
    this.polling = true;
    try {
      if (this.live.size > 0) await this.access.poll();
      const rooms = this.rooms.all();
      if (rooms.length > 0) await this.pollBoards(rooms);
    } catch (error) {
      log().warn({ err: error }, "polling the database for revocations failed");
    } finally {
      this.polling = false;
    }
  }

  private async pollBoards(rooms: readonly Room[]): Promise<void> {
    const heads = await this.boardLog.heads(rooms.map((room) => room.context.boardId));
    for (const { boardId, seq, deleted } of heads) {
      const room = this.rooms.find(boardId);
      if (deleted) this.closeBoard(boardId);
      else if (room && seq > room.seq) this.committer.refresh(room);
    }
  }

  private sweep(): void {
    const nowMs = now();
    for (const { connection, boardId } of [...this.live.values()]) {
      if (
        !connection.joined &&
        nowMs - connection.openedAt > REALTIME_LIMITS.helloMs &&
        connection.clientKey === ""
      ) {
        connection.close(CLOSE.helloTimeout, "no hi");
      }
      if (connection.isHopeless(nowMs)) {
        this.rooms.find(boardId)?.drop(connection, CLOSE.overload, "too slow");
        connection.terminate();
      } else if (connection.behind && !connection.isFull) {
        this.rooms
          .find(boardId)
          ?.catchUp(connection)
          .catch((error: unknown) => log().warn({ err: error }, "a slow connection could not be caught up"));
      }
    }
    this.committer.shedLoad();
    this.access.checkSessions(nowMs);
    this.rooms.tidy();
  }

  private ping(): void {
    for (const { connection, ws } of [...this.live.values()]) {
      if (++connection.misses > 2) connection.terminate();
      else {
        ws.ping();
        // A page does not see pings; an update without content is its sign of life.
        connection.sendText('{"t":"u"}');
      }
    }
  }

  /** The room of a board when it is open here. */
  findRoom(boardId: string): Room | undefined {
    return this.rooms.find(boardId);
  }

  stats(): RealtimeStats {
    return { rooms: this.rooms.all().length, connections: this.live.size, waiting: this.committer.waiting };
  }

  /** Refuses newcomers, stores what has been accepted, and closes everything with 1012, so that clients come back. */
  async shutdown(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    for (const stop of this.stops) stop();
    await Promise.race([this.committer.drained(), pause(SHUTDOWN_MS)]);
    for (const { connection } of [...this.live.values()]) connection.close(CLOSE.restart, "restart");
    for (let waited = 0; this.live.size > 0 && waited < 1_000; waited += 20) await pause(20);
    for (const { ws } of [...this.live.values()]) ws.terminate();
  }
}

function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  timer.unref();
  return () => clearInterval(timer);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
