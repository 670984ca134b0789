import { createSignal, type ReadSignal } from "#editor/engine/signal";
import type { Store, StoreChange } from "#editor/engine/store";
import type { ShapeOp } from "#editor/model/ops";
import {
  CLOSE,
  mayReconnect,
  parseServerFrame,
  PROTOCOL_VERSION,
  REALTIME_LIMITS,
  type Access,
  type ClientFrame,
  type Peer,
  type RefusalCode,
  type ServerFrame,
  type UpdateFrame,
} from "#shared/board-protocol";

import { BatchSender } from "./batch-sender";
import { OrderedBoard, type Applied } from "./ordered-board";
import { Peers } from "./peers";
import { PendingQueue } from "./pending-queue";
import { fitDrag, PresenceSender } from "./presence-sender";
import { RedialLink } from "./redial-link";
import type { SyncClock, Transport } from "./transport";

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
  private readonly board: OrderedBoard;
  private readonly link: RedialLink;
  private readonly batches: BatchSender;
  private readonly others = new Peers();
  private readonly presence: PresenceSender;
  private phase: Phase = "idle";
  private catchUpTo = 0;
  /** Frames that arrived while the snapshot is being loaded. */
  private held: ServerFrame[] = [];
  private markLoaded: () => void = () => {};
  private readonly stops: (() => void)[] = [];

  constructor(private readonly options: SyncOptions) {
    const { store, transport, clock } = options;
    this.loaded = new Promise((resolve) => (this.markLoaded = resolve));
    this.board = new OrderedBoard(store, this.queue);
    this.link = new RedialLink(transport, clock, {
      onOpen: () =>
        this.link.send({ t: "hi", v: PROTOCOL_VERSION, since: this.board.seq, cid: options.clientId }),
      onFrame: (text) => this.onFrame(text),
      onClose: (code) => this.onLinkClosed(code),
    });
    this.batches = new BatchSender(clock, this.queue, (frame) => this.sendLive(frame));
    this.presence = new PresenceSender(clock, (presence) => this.sendLive({ t: "e", ...presence }));
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

  private sendLive(frame: ClientFrame): boolean {
    if (this.phase !== "live") return false;
    this.link.send(frame);
    return true;
  }

  private onStoreChange({ origin, ops, added, changed, removed }: StoreChange): void {
    if (origin !== "local" && origin !== "undo") return;
    // What had no effect here is no news there.
    const real = ops.filter(([id]) => added.has(id) || changed.has(id) || removed.has(id));
    if (real.length === 0 || this.phase === "closed") return;
    this.queue.add(real);
    this.updateStatus();
    if (this.phase === "live") this.batches.schedule();
  }

  // ---- the link

  private connect(): void {
    this.phase = "connecting";
    this.held = [];
    this.link.open();
  }

  private onLinkClosed(code: number): void {
    if (!mayReconnect(code)) {
      this.finish();
      this.options.onClosed?.(code);
      return;
    }
    this.dropLink();
    this.others.reset("", []);
    this.phase = "waiting";
    this.link.retryLater(code, () => this.connect());
    this.updateStatus();
  }

  private dropLink(): void {
    this.link.drop();
    this.batches.stop();
  }

  private finish(): void {
    this.phase = "closed";
    this.dropLink();
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
        if (frame.from !== this.board.seq) return this.resync("stranger");
        this.catchUp(frame.seq);
        break;
      case "a":
        this.follow(this.board.acknowledge(frame.n, frame.s));
        this.updateStatus();
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
        this.batches.slowDown();
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
    const isCurrent = this.link.watch();
    const answer = await this.options.transport.loadSnapshot(path);
    if (!isCurrent() || this.phase !== "loading") return;
    if (answer.kind === "failed") return this.onLinkClosed(answer.code);
    try {
      this.board.load(answer.body, answer.seq);
    } catch {
      // A cut-off body, or a page older than the board's format; the latter heals by the reload it will ask for.
      return this.onLinkClosed(CLOSE.goingAway);
    }
    // Another process answered, one that has not heard of the newest rows: ask for what lies between.
    if (answer.seq < atLeast) return this.resync("gap");
    this.phase = "catching";
    this.catchUpTo = answer.seq;
    for (const frame of this.held.splice(0)) {
      this.onServerFrame(frame);
      if (!isCurrent()) return;
    }
    this.goLiveWhenCaughtUp();
  }

  private onUpdate(frame: UpdateFrame): void {
    this.others.update(frame);
    const { f: from, s: seq, o: ops } = frame;
    if (from !== undefined && seq !== undefined && ops) this.follow(this.board.update(from, seq, ops));
  }

  private onRefusal(n: number, code: RefusalCode, message: string): void {
    if (!this.board.refuse(n)) return;
    this.updateStatus();
    this.options.onRefused?.(code, message);
  }

  private follow(applied: Applied): void {
    if (applied === "ok") this.goLiveWhenCaughtUp();
    else this.resync(applied);
  }

  /** Starts over from what is known, or from nothing. */
  private resync(why: Exclude<Applied, "ok">): void {
    if (why === "stranger") this.board.forget();
    this.onLinkClosed(CLOSE.goingAway);
  }

  private catchUp(seq: number): void {
    this.phase = "catching";
    this.catchUpTo = seq;
    this.goLiveWhenCaughtUp();
  }

  private goLiveWhenCaughtUp(): void {
    if (this.phase !== "catching" || this.board.seq === null || this.board.seq < this.catchUpTo) return;
    this.phase = "live";
    this.link.markWorking();
    this.markLoaded();
    this.presence.resend();
    this.batches.schedule();
    this.updateStatus();
  }

  private updateStatus(): void {
    this.status.set(this.currentStatus());
  }

  private currentStatus(): SyncStatus {
    if (this.phase === "closed") return "closed";
    if (this.phase === "live") return this.queue.size > 0 ? "saving" : "saved";
    return this.link.isFresh && this.board.seq === null ? "connecting" : "offline";
  }
}
