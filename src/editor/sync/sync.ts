import { createSignal, type ReadSignal } from "#editor/engine/signal";
import type { Store, StoreChange } from "#editor/engine/store";
import type { ShapeOp } from "#editor/model/ops";
import { parseRecords } from "#editor/model/snapshot";
import {
  CLOSE,
  mayReconnect,
  parseServerFrame,
  PROTOCOL_VERSION,
  REALTIME_LIMITS,
  type Access,
  type ClientFrame,
  type Peer,
  type Presence,
  type RefusalCode,
  type ServerFrame,
  type UpdateFrame,
} from "#shared/board-protocol";

import { reconnectDelay } from "./backoff";
import { Peers } from "./peers";
import { PendingQueue } from "./pending-queue";
import { PresenceSender } from "./presence-sender";
import { Replica } from "./replica";
import type { Link, SyncClock, Transport } from "./transport";

/**
 * connecting: nothing shown yet. saved: all own work is in the database. saving: some is on its way.
 * offline: no connection, own work is kept in memory. closed: for good, see `onClosed`.
 */
export type SyncStatus = "connecting" | "saved" | "saving" | "offline" | "closed";

export interface SyncOptions {
  readonly store: Store;
  readonly transport: Transport;
  readonly clock: SyncClock;
  /** Random, made once per page load: 8 to 40 letters, digits, - or _. */
  readonly clientId: string;
  /** No reconnect will follow; `code` is one of `CLOSE`. */
  readonly onClosed?: (code: number) => void;
  /** A batch was not accepted and has been taken back. `message` is for the person. */
  readonly onRefused?: (code: RefusalCode, message: string) => void;
}

export interface PresenceInput {
  /** World units; null when the pointer left the board. */
  readonly cursor?: readonly [x: number, y: number] | null;
  readonly selection?: readonly string[];
  /** Patches that show a gesture before it is committed; null when it ended. */
  readonly drag?: readonly ShapeOp[] | null;
}

export interface Sync {
  readonly status: ReadSignal<SyncStatus>;
  readonly role: ReadSignal<Access>;
  /** The others on the board. */
  readonly peers: ReadSignal<readonly Peer[]>;
  /** Resolves when the board's content is in the store for the first time. */
  readonly loaded: Promise<void>;
  /** How much own work has no acknowledgement yet; zero means everything is in the database. */
  pending(): number;
  sendPresence(presence: PresenceInput): void;
  start(): void;
  stop(): void;
}

/** Bytes of batches per second; below what the server allows, so that a large paste is slow, not cut off. */
const PACE_BYTES_PER_SECOND = 200 * 1024;

type Phase = "idle" | "connecting" | "loading" | "catching" | "live" | "waiting" | "closed";

/** Makes the sync client of one board. Nothing happens before `start`. */
export function createSync(options: SyncOptions): Sync {
  return new SyncClient(options);
}

class SyncClient implements Sync {
  readonly status = createSignal<SyncStatus>("connecting");
  readonly role = createSignal<Access>("view");
  readonly loaded: Promise<void>;
  private readonly queue = new PendingQueue();
  private readonly replica: Replica;
  private readonly others = new Peers();
  private readonly presence: PresenceSender;
  private phase: Phase = "idle";
  private link: Link | null = null;
  /** The last sequence number that the confirmed records contain; null before the first snapshot. */
  private seq: number | null = null;
  private catchUpTo = 0;
  /** Frames that arrived while the snapshot is being loaded. */
  private held: ServerFrame[] = [];
  private failures = 0;
  private cancelRetry: (() => void) | null = null;
  private cancelSend: (() => void) | null = null;
  private nextSendAt = -Infinity;
  private markLoaded: () => void = () => {};
  private readonly stops: (() => void)[] = [];

  constructor(private readonly options: SyncOptions) {
    this.loaded = new Promise((resolve) => (this.markLoaded = resolve));
    this.replica = new Replica(options.store, this.queue);
    this.presence = new PresenceSender(options.clock, (presence) => this.sendPresenceFrame(presence));
  }

  get peers(): ReadSignal<readonly Peer[]> {
    return this.others.list;
  }

  pending(): number {
    return this.queue.size;
  }

  start(): void {
    if (this.phase !== "idle") return;
    this.stops.push(
      this.options.store.onChange((change) => this.onStoreChange(change)),
      this.options.transport.onWake(() => {
        if (this.phase === "waiting") this.connect();
      }),
    );
    this.connect();
  }

  stop(): void {
    if (this.phase !== "closed") this.finish();
  }

  sendPresence({ cursor, selection, drag }: PresenceInput): void {
    if (this.phase === "closed") return;
    this.presence.set({
      ...(cursor === undefined ? {} : { cur: cursor }),
      ...(selection === undefined ? {} : { sel: selection.slice(0, REALTIME_LIMITS.selectionIds) }),
      ...(drag === undefined ? {} : { drag: fitDrag(drag) }),
    });
  }

  private sendPresenceFrame(presence: Presence): boolean {
    if (this.phase !== "live") return false;
    this.sendFrame({ t: "e", ...presence });
    return true;
  }

  private sendFrame(frame: ClientFrame): void {
    this.link?.send(JSON.stringify(frame));
  }

  private onStoreChange({ origin, ops, added, changed, removed }: StoreChange): void {
    if (origin !== "local" && origin !== "undo") return;
    // What had no effect here is no news there.
    const real = ops.filter(([id]) => added.has(id) || changed.has(id) || removed.has(id));
    if (real.length === 0 || this.phase === "closed") return;
    this.queue.add(real);
    this.updateStatus();
    this.scheduleSend();
  }

  // ---- sending

  private scheduleSend(): void {
    if (this.phase !== "live" || this.cancelSend || this.queue.size === 0) return;
    const wait = Math.max(0, this.nextSendAt - this.options.clock.now());
    this.cancelSend = this.options.clock.setTimer(wait, () => {
      this.cancelSend = null;
      this.sendNext();
    });
  }

  private sendNext(): void {
    if (this.phase !== "live") return;
    const batch = this.queue.next();
    if (!batch) return;
    batch.sent = true;
    this.sendFrame({ t: "p", n: batch.n, o: batch.ops });
    const pace = (batch.bytes / PACE_BYTES_PER_SECOND) * 1000;
    this.nextSendAt = this.options.clock.now() + Math.max(REALTIME_LIMITS.tickMs, pace);
    this.scheduleSend();
  }

  // ---- the link

  private connect(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.phase = "connecting";
    this.held = [];
    // Handlers of a link that has been given up must not act for the next one.
    const isCurrent = () => this.link === link;
    const link: Link = this.options.transport.open({
      onOpen: () => {
        if (!isCurrent()) return;
        this.sendFrame({ t: "hi", v: PROTOCOL_VERSION, since: this.seq, cid: this.options.clientId });
      },
      onFrame: (text) => {
        if (isCurrent()) this.onFrame(text);
      },
      onClose: (code) => {
        if (isCurrent()) this.onLinkClosed(code);
      },
    });
    this.link = link;
  }

  private dropLink(): void {
    this.link?.close();
    this.link = null;
    this.cancelSend?.();
    this.cancelSend = null;
    this.queue.markUnsent();
  }

  private onLinkClosed(code: number): void {
    this.dropLink();
    if (!mayReconnect(code)) {
      this.finish();
      this.options.onClosed?.(code);
      return;
    }
    this.others.reset("", []);
    this.phase = "waiting";
    const delay = reconnectDelay(this.failures++, code, this.options.clock.random());
    this.cancelRetry = this.options.clock.setTimer(delay, () => this.connect());
    this.updateStatus();
  }

  /** The server and this replica do not fit together: start over from what is known, or from nothing. */
  private resync(fromNothing: boolean): void {
    if (fromNothing) this.seq = null;
    this.onLinkClosed(CLOSE.goingAway);
  }

  private finish(): void {
    this.phase = "closed";
    this.dropLink();
    this.cancelRetry?.();
    this.presence.stop();
    for (const stop of this.stops) stop();
    this.others.reset("", []);
    this.updateStatus();
  }

  // ---- receiving

  private onFrame(text: string): void {
    const frame = parseServerFrame(text);
    if (!frame) return;
    if (frame.t === "bye") return this.onLinkClosed(frame.code);
    if (this.phase === "loading") this.held.push(frame);
    else this.onServerFrame(frame);
  }

  private onServerFrame(frame: ServerFrame): void {
    switch (frame.t) {
      case "init":
        this.welcome(frame);
        this.phase = "loading";
        void this.loadSnapshot(frame.snap, frame.seq);
        break;
      case "diff":
        this.welcome(frame);
        if (frame.from !== this.seq) return this.resync(true);
        this.phase = "catching";
        this.catchUpTo = frame.seq;
        this.goLiveWhenCaughtUp();
        break;
      case "a":
        this.onAck(frame.n, frame.s);
        break;
      case "u":
        this.onUpdate(frame);
        break;
      case "r":
        this.onRefusal(frame.n, frame.code, frame.message);
        break;
      case "role":
        this.role.set(frame.role);
        break;
      case "warn":
        this.nextSendAt = this.options.clock.now() + 1_000;
        break;
      case "bye":
        break;
    }
  }

  private welcome(frame: {
    readonly role: Access;
    readonly me: string;
    readonly peers: readonly Peer[];
  }): void {
    this.role.set(frame.role);
    this.others.reset(frame.me, frame.peers);
  }

  /** @param atLeast where the socket's frames go on from. */
  private async loadSnapshot(path: string, atLeast: number): Promise<void> {
    const link = this.link;
    const answer = await this.options.transport.loadSnapshot(path);
    if (this.link !== link || this.phase !== "loading") return;
    if (answer.kind === "failed") return this.onLinkClosed(answer.code);
    try {
      this.replica.load(parseRecords(answer.body));
    } catch {
      // A cut-off body, or a page older than the board's format; the latter heals by the reload it will ask for.
      return this.onLinkClosed(CLOSE.goingAway);
    }
    this.seq = answer.seq;
    // Another process answered, one that has not heard of the newest rows: ask for what lies between.
    if (answer.seq < atLeast) return this.resync(false);
    this.phase = "catching";
    this.catchUpTo = answer.seq;
    for (const frame of this.held.splice(0)) {
      this.onServerFrame(frame);
      if (this.link !== link) return;
    }
    this.goLiveWhenCaughtUp();
  }

  private goLiveWhenCaughtUp(): void {
    if (this.phase !== "catching" || this.seq === null || this.seq < this.catchUpTo) return;
    this.phase = "live";
    this.failures = 0;
    this.markLoaded();
    this.presence.resend();
    this.scheduleSend();
    this.updateStatus();
  }

  private onUpdate(frame: UpdateFrame): void {
    this.others.update(frame);
    const { f: from, s: seq, o: ops } = frame;
    if (from === undefined || seq === undefined || !ops || this.seq === null || seq <= this.seq) return;
    if (from !== this.seq) return this.resync(false);
    this.seq = seq;
    this.replica.confirm(ops);
    this.goLiveWhenCaughtUp();
  }

  private onAck(n: number, seq: number): void {
    if (this.seq === null || seq > this.seq + 1) return this.resync(false);
    const batch = this.queue.remove(n);
    if (seq <= this.seq) {
      // The board we loaded has it already: an answer to a resend.
      if (batch) this.replica.show(batch.ops);
    } else if (batch) {
      this.seq = seq;
      this.replica.confirm(batch.ops);
    } else return this.resync(true);
    this.goLiveWhenCaughtUp();
    this.updateStatus();
  }

  private onRefusal(n: number, code: RefusalCode, message: string): void {
    const batch = this.queue.remove(n);
    if (!batch) return;
    this.replica.show(batch.ops);
    this.updateStatus();
    this.options.onRefused?.(code, message);
  }

  private updateStatus(): void {
    this.status.set(this.currentStatus());
  }

  private currentStatus(): SyncStatus {
    if (this.phase === "closed") return "closed";
    if (this.phase === "live") return this.queue.size > 0 ? "saving" : "saved";
    return this.failures === 0 && this.seq === null ? "connecting" : "offline";
  }
}

/** A preview that is too large is not worth its bytes; the result follows when the gesture ends. */
function fitDrag(drag: readonly ShapeOp[] | null): readonly ShapeOp[] | null {
  if (drag === null || drag.length === 0) return null;
  return JSON.stringify(drag).length <= REALTIME_LIMITS.dragBytes ? drag : null;
}
