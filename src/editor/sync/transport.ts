/** What the sync client needs of the world outside; the browser's own is in `ui/board/socket-transport.ts`. */

export interface LinkHandlers {
  onOpen(): void;
  onFrame(text: string): void;
  /** Once per link, also when it never opened. `code` is a WebSocket close code. */
  onClose(code: number): void;
}

/** One attempt at a connection. Frames arrive in order and at most once. */
export interface Link {
  send(text: string): void;
  /** Ends the link; no handler is called afterwards. */
  close(): void;
}

export type SnapshotAnswer =
  | { readonly kind: "loaded"; readonly seq: number; readonly body: string }
  /** `code` is the close code that fits, see `mayReconnect`. */
  | { readonly kind: "failed"; readonly code: number };

export interface Transport {
  open(handlers: LinkHandlers): Link;
  /** Loads the board's records; never rejects. */
  loadSnapshot(path: string): Promise<SnapshotAnswer>;
  /** Calls back when a retry is worth it at once: the network is back, or the page is looked at again. */
  onWake(listener: () => void): () => void;
}

/** Milliseconds and chance, injected so that tests decide both. */
export interface SyncClock {
  now(): number;
  /** Returns the way to cancel. */
  setTimer(ms: number, run: () => void): () => void;
  /** In [0, 1). */
  random(): number;
}
