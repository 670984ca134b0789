import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "#editor/engine/store";
import type { ShapeOp } from "#editor/model/ops";
import type { ServerFrame } from "#shared/board-protocol";
import { connectBoard } from "./sync-connection";

/** A browser's socket that never loses its connection by itself: what a page has just after the network went. */
class SilentSocket extends EventTarget {
  static readonly OPEN = 1;
  readyState = 0;
  constructor(readonly url: URL) {
    super();
    sockets.push(this);
  }
  send(): void {}
  close(): void {
    this.readyState = 3;
  }
  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }
  receive(frame: ServerFrame): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) }));
  }
}

let sockets: SilentSocket[] = [];
let page: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  page = Object.assign(new EventTarget(), { location: { href: "https://board.example/w/acme" } });
  vi.stubGlobal("window", page);
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  vi.stubGlobal("WebSocket", SilentSocket);
  vi.stubGlobal("fetch", () =>
    Promise.resolve(new Response('{"v":1,"shapes":[]}', { headers: { etag: '"0"' } })),
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const note = (id: string): ShapeOp => [id, { kind: "note", g: [0, 0, 1, 1], z: "a0" }];

async function openBoard() {
  const store = createStore();
  const connection = connectBoard({ store, boardId: "b1", canEdit: true });
  sockets[0]?.open();
  sockets[0]?.receive({ t: "init", seq: 0, role: "edit", me: "me", peers: [], snap: "/snap" });
  await vi.advanceTimersByTimeAsync(0);
  return { store, connection };
}

test("without a network the board is offline at once, and counts every change that is kept", async () => {
  const { store, connection } = await openBoard();
  expect(connection.view().save).toBe("saved");
  store.apply([note("a")], "local");
  expect(connection.view().save).toBe("saving");
  page.dispatchEvent(new Event("offline"));
  expect(connection.view()).toMatchObject({ save: "offline", pending: 1 });
  store.apply([note("b")], "local");
  expect(connection.view()).toMatchObject({ save: "offline", pending: 2 });
  connection.stop();
});

test("a network that is back is used at once, and a link given up hears no more of the page", async () => {
  const { connection } = await openBoard();
  page.dispatchEvent(new Event("offline"));
  page.dispatchEvent(new Event("online"));
  expect(sockets).toHaveLength(2);
  sockets[0]?.receive({ t: "bye", code: 4403 });
  expect(connection.view()).toMatchObject({ save: "offline", closed: null });
  connection.stop();
  page.dispatchEvent(new Event("offline"));
  expect(sockets).toHaveLength(2);
});
