import { EventEmitter } from "node:events";

import { processSlot } from "./slot";

/** What one module tells the rest of the process after a commit. Hints only: the tables stay the truth. */
export interface Signals {
  "member.revoked": { workspaceId: string; memberId: string; reason: string };
  "member.changed": { workspaceId: string; memberId: string };
  "session.revoked": { workspaceId: string; memberId: string; sessionId: string };
  "board.deleted": { workspaceId: string; boardId: string };
  "board.changed": { workspaceId: string; boardId: string };
}

const emitter = () => processSlot("signals", () => new EventEmitter().setMaxListeners(100));

export const signals = {
  /** Tells every listener of this process; a listener that throws is the listener's own affair. */
  emit<K extends keyof Signals>(name: K, payload: Signals[K]): void {
    emitter().emit(name, payload);
  },
  /** Listens until the returned function is called. */
  on<K extends keyof Signals>(name: K, listener: (payload: Signals[K]) => void): () => void {
    emitter().on(name, listener);
    return () => emitter().off(name, listener);
  },
};
