import type { PresenceUpdate } from "#editor/presence";
import type { Store } from "#editor/engine/store";
import { createSync } from "#editor/sync/sync";
import type { BoardConnection, ConnectionView } from "./connection";
import { browserSyncClock, createSocketTransport } from "./socket-transport";

/** A drag of more shapes is not shown to others while it lasts; they get it at its end. */
const MOST_DRAGGED = 200;

export interface SyncConnection extends BoardConnection {
  sendPresence(update: PresenceUpdate): void;
  stop(): void;
}

/** The page's line to the server over the sync client. It starts at once. */
export function connectBoard(options: {
  readonly store: Store;
  readonly boardId: string;
  readonly canEdit: boolean;
}): SyncConnection {
  const { store, boardId } = options;
  const listeners = new Set<() => void>();
  const sync = createSync({
    store,
    transport: createSocketTransport(boardId),
    clock: browserSyncClock,
    clientId: crypto.randomUUID(),
    onClosed: (code) => update({ closed: code }),
    onRefused: (_code, message) => update({ problem: message }),
  });
  let view: ConnectionView = {
    save: "connecting",
    pending: 0,
    loaded: false,
    peers: [],
    closed: null,
    savedAt: null,
    readOnly: !options.canEdit,
    problem: null,
  };

  function update(change: Partial<ConnectionView>): void {
    view = { ...view, ...change };
    for (const listener of [...listeners]) listener();
  }

  function follow(): void {
    const save = sync.status.get();
    const savedAt = save === "saved" ? new Date() : view.savedAt;
    update({ save, savedAt, pending: sync.pending() });
  }

  const stops = [
    sync.status.subscribe(follow),
    sync.peers.subscribe(() => update({ peers: sync.peers.get() })),
    sync.role.subscribe(() => update({ readOnly: sync.role.get() === "view" })),
  ];
  void sync.loaded.then(() => update({ loaded: true, readOnly: sync.role.get() === "view" }));
  sync.start();
  // After the start: the sync client hears of a change first and has counted it when it is asked here.
  stops.push(
    store.onChange(() => {
      if (sync.pending() !== view.pending) follow();
    }),
  );

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    view: () => view,
    pending: () => sync.pending(),
    dismissProblem: () => update({ problem: null }),
    sendPresence({ cursor, selection, drag }) {
      sync.sendPresence({ cursor, selection, drag: drag.length <= MOST_DRAGGED ? drag : null });
    },
    stop() {
      for (const stop of stops) stop();
      sync.stop();
      listeners.clear();
    },
  };
}
