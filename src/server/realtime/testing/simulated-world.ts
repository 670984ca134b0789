import { createStore, type Store } from "#editor/engine/store";
import { serializeRecords } from "#editor/model/snapshot";
import { createSync, type Sync } from "#editor/sync/sync";
import type { LinkHandlers, Transport } from "#editor/sync/transport";

import { Committer } from "../committer";
import { Connection, type Socket } from "../connection";
import { Rooms } from "../rooms";
import { SessionHandler } from "../session-handler";
import { MemoryLog, type Fault } from "./memory-log";
import { seededRandom, VirtualTime } from "./virtual-time";

const BOARD = {
  boardId: "0190a000-0000-7000-8000-00000000000b",
  workspaceId: "0190a000-0000-7000-8000-00000000000a",
};

interface Process {
  readonly committer: Committer;
  readonly rooms: Rooms;
}

export interface SimulatedClient {
  readonly store: Store;
  readonly sync: Sync;
  readonly refusals: string[];
  /** Cuts the present connection: frames under way in both directions are lost. */
  cut(): void;
}

/**
 * Real rooms, committers and sync clients joined by connections in virtual time. Only the database is replaced.
 * Several server processes share one log, as they would share PostgreSQL.
 */
export class SimulatedWorld {
  readonly time = new VirtualTime();
  readonly log: MemoryLog;
  readonly clients: SimulatedClient[] = [];
  /** Chances of faults and cuts are zero once this is set. */
  calm = false;
  private readonly random: () => number;
  private readonly processes: Process[];

  constructor(seed: number, options: { readonly processes: number; readonly clients: number }) {
    this.random = seededRandom(seed);
    this.log = new MemoryLog({ wait: () => this.time.sleep(this.random() * 20), fault: () => this.fault() });
    this.processes = Array.from({ length: options.processes }, () => this.makeProcess());
    for (let index = 0; index < options.clients; index++) this.clients.push(this.makeClient(index));
    this.poll();
  }

  private fault(): Fault {
    if (this.calm) return "none";
    const chance = this.random();
    if (chance < 0.05) return "before-commit";
    return chance < 0.1 ? "after-commit" : "none";
  }

  private makeProcess(): Process {
    const { log, time } = this;
    const context = {
      log,
      now: time.now,
      setTimer: (ms: number, run: () => void) => void time.setTimer(ms, run),
    };
    const committer = new Committer(context);
    return { committer, rooms: new Rooms({ ...context, committer }) };
  }

  private poll(): void {
    this.time.setTimer(500, () => {
      for (const { rooms, committer } of this.processes)
        for (const room of rooms.all()) committer.refresh(room);
      this.poll();
    });
  }

  private makeClient(index: number): SimulatedClient {
    const store = createStore();
    const refusals: string[] = [];
    let cut = () => {};
    const transport: Transport = {
      open: (handlers) => {
        // Another attempt may reach another process.
        const process = this.processes[Math.floor(this.random() * this.processes.length)]!;
        const link = this.openLink(process, `member-${index}`, handlers);
        cut = link.cut;
        return link;
      },
      loadSnapshot: async () => {
        await this.time.sleep(this.random() * 100);
        const process = this.processes[Math.floor(this.random() * this.processes.length)]!;
        const room = process.rooms.find(BOARD.boardId);
        const { seq, body } = room?.snapshot() ?? this.storedSnapshot();
        await this.time.sleep(this.random() * 100);
        if (!this.calm && this.random() < 0.1) return { kind: "failed", code: 1006 };
        return { kind: "loaded", seq, body };
      },
      onWake: () => () => {},
    };
    const clock = { now: this.time.now, setTimer: this.time.setTimer, random: this.random };
    const sync = createSync({
      store,
      transport,
      clock,
      clientId: `client-${index}-tab`,
      onRefused: (code) => refusals.push(code),
    });
    sync.start();
    return { store, sync, refusals, cut: () => cut() };
  }

  private storedSnapshot() {
    const { records, seq } = this.log.replay();
    return { seq, body: serializeRecords(records) };
  }

  /** An ordered connection with latency. After a cut each end hears of it in its own time. */
  private openLink(process: Process, memberId: string, handlers: LinkHandlers) {
    const { time } = this;
    let open = true;
    let bytesUnderWay = 0;
    const pipe = (deliver: (text: string) => void) => {
      let clearAt = 0;
      return (text: string) => {
        // In order: nothing overtakes what was sent before.
        clearAt = Math.max(clearAt, time.now() + this.random() * 30);
        time.setTimer(clearAt - time.now(), () => open && deliver(text));
      };
    };
    const cut = (code = 1006) => {
      if (!open) return;
      open = false;
      time.setTimer(this.random() * 50, () => handlers.onClose(code));
      time.setTimer(this.random() * 2_000, () => handler.onClose());
    };
    const toClient = pipe((text) => {
      bytesUnderWay -= text.length;
      handlers.onFrame(text);
    });
    const socket: Socket = {
      send: (text) => {
        bytesUnderWay += text.length;
        toClient(text);
      },
      close: (code) => time.setTimer(40, () => cut(code)),
      terminate: () => cut(),
      get bufferedAmount() {
        return bytesUnderWay;
      },
    };
    const connection = new Connection(
      `c${Math.floor(this.random() * 1e9)}`,
      identityOf(memberId),
      socket,
      time.now(),
    );
    const handler = new SessionHandler(connection, {
      committer: process.committer,
      room: () => process.rooms.get(BOARD),
      recheck: () => time.sleep(this.random() * 5),
      now: time.now,
    });
    const toServer = pipe((text) => handler.onMessage(text));
    time.setTimer(this.random() * 20, () => open && handlers.onOpen());
    return { send: toServer, close: () => cut(), cut: () => cut() };
  }

  /** Stops all faults and lets everything arrive. */
  async settle(): Promise<void> {
    this.calm = true;
    for (let round = 0; round < 60; round++) {
      await this.time.advance(1_000);
      const done = this.clients.every(({ sync }) => sync.pending() === 0 && sync.status.get() === "saved");
      // A little longer, for what other processes still have to hear.
      if (done) return this.time.advance(2_000);
    }
  }
}

function identityOf(memberId: string) {
  return {
    actor: {
      kind: "member" as const,
      workspaceId: BOARD.workspaceId,
      memberId,
      sessionId: memberId,
      role: "editor" as const,
      name: memberId,
      email: null,
    },
    tokenHash: "",
    notOnOrAfter: null,
    access: "edit" as const,
    expiresAt: Infinity,
  };
}
