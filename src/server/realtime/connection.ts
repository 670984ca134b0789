import type { MemberActor } from "#server/kernel/actor";
import type { Access, CLOSE, Peer, Presence, ServerFrame } from "#shared/board-protocol";

import { FrameBudget } from "./frame-budget";

/** What a connection needs of a WebSocket. */
export interface Socket {
  send(text: string): void;
  close(code: number, reason: string): void;
  terminate(): void;
  readonly bufferedAmount: number;
}

/** Unsent bytes above which presence is left out, operations wait, and the socket is given up. */
const PRESSURE = { presence: 256 * 1024, ops: 1024 * 1024, close: 4 * 1024 * 1024 } as const;
const MAX_LAG_MS = 10_000;

export interface ConnectionIdentity {
  readonly actor: MemberActor;
  readonly tokenHash: string;
  readonly notOnOrAfter: Date | null;
  readonly access: Access;
  readonly expiresAt: number;
}

/** One signed-in socket on one board: what it may do, what it has been sent, and how well it keeps up. */
export class Connection {
  access: Access;
  expiresAt: number;
  /** Set first of all when access is taken away; nothing of this connection is accepted afterwards. */
  revoked = false;
  closed = false;
  /** Member and client id: a client id alone could be claimed by somebody else. Empty before `hi`. */
  clientKey = "";
  /** True once `hi` is answered; from then on updates flow. */
  joined = false;
  /** The last sequence number put on the wire. */
  sentSeq = 0;
  /** Updates wait: the socket is full, or the rows it missed are being read. */
  behind = false;
  behindSince = 0;
  catchingUp = false;
  /** Presence was left out; the whole list is due. */
  peersStale = false;
  presence: Presence = {};
  hue = "gray";
  lastHeard: number;
  misses = 0;
  readonly budget: FrameBudget;

  constructor(
    readonly id: string,
    readonly identity: ConnectionIdentity,
    private readonly socket: Socket,
    readonly openedAt: number,
  ) {
    this.access = identity.access;
    this.expiresAt = identity.expiresAt;
    this.lastHeard = openedAt;
    this.budget = new FrameBudget(openedAt);
  }

  get actor(): MemberActor {
    return this.identity.actor;
  }

  get peer(): Peer {
    const { memberId, name } = this.actor;
    return { id: this.id, memberId, name, hue: this.hue, ...this.presence };
  }

  send(frame: ServerFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  /** Sends a frame that is JSON already (one text for many connections). */
  sendText(text: string): void {
    if (!this.closed) this.socket.send(text);
  }

  get isCongested(): boolean {
    return this.socket.bufferedAmount > PRESSURE.presence;
  }

  get isFull(): boolean {
    return this.socket.bufferedAmount > PRESSURE.ops;
  }

  /** Stops sending operations until the socket has drained. */
  fallBehind(nowMs: number): void {
    if (this.behind) return;
    this.behind = true;
    this.behindSince = nowMs;
  }

  /** Whether this reader is so slow that holding its data would cost everybody else. */
  isHopeless(nowMs: number): boolean {
    return (
      this.socket.bufferedAmount > PRESSURE.close || (this.behind && nowMs - this.behindSince > MAX_LAG_MS)
    );
  }

  /** Says goodbye and closes. Repeated calls do nothing. */
  close(code: number, reason: string): void {
    if (this.closed) return;
    this.send({ t: "bye", code });
    this.closed = true;
    this.socket.close(code, reason);
  }

  /** Takes access away: nothing that comes later is accepted, and the socket closes. */
  revoke(code: typeof CLOSE.revoked | typeof CLOSE.signIn, reason: string): void {
    this.revoked = true;
    this.close(code, reason);
  }

  /** Cuts a socket that does not answer. */
  terminate(): void {
    this.closed = true;
    this.socket.terminate();
  }
}
