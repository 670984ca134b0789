import { describe, expect, it } from "vitest";

import { createStore } from "#editor/engine/store";
import type { ShapeOp } from "#editor/model/ops";
import type { ClientFrame, ServerFrame } from "#shared/board-protocol";

import { reconnectDelay } from "./backoff";
import { createSync } from "./sync";
import type { LinkHandlers, SnapshotAnswer, Transport } from "./transport";

const EMPTY = '{"v":1,"shapes":[]}';
const note = (id: string, text = "x"): ShapeOp => [id, { kind: "note", g: [0, 0, 1, 1], z: "a0", text }];

class FakeTimers {
  nowMs = 0;
  private timers: { at: number; run: () => void }[] = [];
  readonly clock = {
    now: () => this.nowMs,
    random: () => 0.5,
    setTimer: (ms: number, run: () => void) => {
      const timer = { at: this.nowMs + ms, run };
      this.timers.push(timer);
      return () => {
        this.timers = this.timers.filter((other) => other !== timer);
      };
    },
  };
  async advance(ms: number): Promise<void> {
    const end = this.nowMs + ms;
    for (;;) {
      for (let i = 0; i < 10; i++) await Promise.resolve();
      const next = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.nowMs = Math.max(this.nowMs, next.at);
      next.run();
    }
    this.nowMs = end;
  }
}

function setUp() {
  const timers = new FakeTimers();
  const store = createStore();
  const links: { handlers: LinkHandlers; sent: ClientFrame[] }[] = [];
  const closed: number[] = [];
  const refused: string[] = [];
  let wake = () => {};
  let snapshot: SnapshotAnswer = { kind: "loaded", seq: 0, body: EMPTY };
  const transport: Transport = {
    open: (handlers) => {
      const link = { handlers, sent: [] as ClientFrame[] };
      links.push(link);
      return { send: (text) => link.sent.push(JSON.parse(text) as ClientFrame), close: () => {} };
    },
    loadSnapshot: () => Promise.resolve(snapshot),
    onWake: (listener) => {
      wake = listener;
      return () => {};
    },
  };
  const sync = createSync({
    store,
    transport,
    clock: timers.clock,
    clientId: "tab-000001",
    onClosed: (code) => closed.push(code),
    onRefused: (code) => refused.push(code),
  });
  sync.start();
  const last = () => links.at(-1)!;
  const receive = (frame: ServerFrame) => last().handlers.onFrame(JSON.stringify(frame));
  const pushes = () => last().sent.filter((frame) => frame.t === "p");
  const goLive = async (seq = 0) => {
    last().handlers.onOpen();
    receive({ t: "init", seq, role: "edit", me: "me", peers: [], snap: "/snap" });
    await timers.advance(0);
  };
  return {
    timers,
    store,
    sync,
    links,
    closed,
    refused,
    last,
    receive,
    pushes,
    goLive,
    wake: () => wake(),
    setSnapshot: (answer: SnapshotAnswer) => (snapshot = answer),
  };
}

describe("saving", () => {
  it("goes from connecting to saved, saving and saved again", async () => {
    const { sync, goLive, store, receive, timers } = setUp();
    expect(sync.status.get()).toBe("connecting");
    await goLive();
    await sync.loaded;
    expect(sync.status.get()).toBe("saved");
    store.apply([note("a")], "local");
    expect([sync.status.get(), sync.pending()]).toEqual(["saving", 1]);
    await timers.advance(1);
    receive({ t: "a", n: 1, s: 1 });
    expect([sync.status.get(), sync.pending()]).toEqual(["saved", 0]);
  });

  it("sends one batch per tick and merges what is drawn in between", async () => {
    const { goLive, store, pushes, timers } = setUp();
    await goLive();
    store.apply([note("a")], "local");
    await timers.advance(1);
    for (let x = 1; x <= 10; x++) store.apply([["a", { g: [x, 0, 1, 1] }]], "local");
    store.apply([["a", { hue: "red" }]], "undo");
    await timers.advance(20);
    expect(pushes()).toHaveLength(1);
    await timers.advance(20);
    expect(pushes()[1]).toEqual({ t: "p", n: 2, o: [["a", { g: [10, 0, 1, 1], hue: "red" }]] });
  });

  it("splits what is too much for one batch, and paces it below the server's limit", async () => {
    const { goLive, store, pushes, timers } = setUp();
    await goLive();
    const text = "x".repeat(900);
    store.apply(
      Array.from({ length: 1_200 }, (_, i) => note(`s${i}`, text)),
      "local",
    );
    await timers.advance(1_000);
    const bytes = JSON.stringify(pushes()).length;
    expect(bytes).toBeGreaterThan(150 * 1024);
    expect(bytes).toBeLessThan(300 * 1024);
    await timers.advance(10_000);
    const sizes = pushes().map((frame) => (frame.o as unknown[]).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(1_200);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
  });

  it("does not send what came from the server or changed nothing", async () => {
    const { goLive, store, receive, pushes, timers, sync } = setUp();
    await goLive();
    receive({ t: "u", f: 0, s: 1, o: [["a", note("a")[1]]] });
    store.apply([["a", { text: "x" }]], "local");
    store.apply([["absent", { text: "x" }]], "local");
    await timers.advance(100);
    expect(pushes()).toEqual([]);
    expect(sync.pending()).toBe(0);
  });

  it("takes back a refused batch and leaves what others did meanwhile", async () => {
    const { goLive, store, receive, refused, timers } = setUp();
    await goLive();
    receive({ t: "u", f: 0, s: 1, o: [["a", note("a", "old")[1]]] });
    store.apply([["a", { text: "mine", hue: "red" }]], "local");
    await timers.advance(1);
    receive({ t: "u", f: 1, s: 2, o: [["a", { text: "theirs" }]] });
    expect(store.records.get("a")).toMatchObject({ text: "mine", hue: "red" });
    receive({ t: "r", n: 1, code: "read_only", message: "no" });
    expect(store.records.get("a")).toEqual({ kind: "note", g: [0, 0, 1, 1], z: "a0", text: "theirs" });
    expect(refused).toEqual(["read_only"]);
  });
});

describe("reconnecting", () => {
  it("sends unacknowledged batches again with their numbers, and asks for what it missed", async () => {
    const { goLive, store, links, last, receive, pushes, timers, sync } = setUp();
    await goLive();
    store.apply([note("a")], "local");
    await timers.advance(1);
    last().handlers.onClose(1006);
    store.apply([note("b")], "local");
    expect(sync.status.get()).toBe("offline");
    await timers.advance(600);
    expect(links).toHaveLength(2);
    last().handlers.onOpen();
    expect(last().sent).toEqual([{ t: "hi", v: 1, since: 0, cid: "tab-000001" }]);
    receive({ t: "diff", from: 0, seq: 0, role: "edit", me: "me2", peers: [] });
    await timers.advance(100);
    expect(pushes()).toEqual([
      { t: "p", n: 1, o: [note("a")] },
      { t: "p", n: 2, o: [note("b")] },
    ]);
  });

  it("keeps unacknowledged work on top of a newly loaded board", async () => {
    const { goLive, store, last, receive, setSnapshot, timers } = setUp();
    await goLive();
    store.apply([note("mine")], "local");
    last().handlers.onClose(1006);
    await timers.advance(600);
    setSnapshot({ kind: "loaded", seq: 9000, body: JSON.stringify({ v: 1, shapes: [note("theirs")] }) });
    await goLive(9000);
    expect([...store.records.keys()].sort()).toEqual(["mine", "theirs"]);
    await timers.advance(50);
    receive({ t: "a", n: 1, s: 9001 });
    expect([...store.records.keys()].sort()).toEqual(["mine", "theirs"]);
  });

  it("applies frames that overtook the snapshot, and skips those it contains", async () => {
    const { last, receive, setSnapshot, store, timers } = setUp();
    setSnapshot({ kind: "loaded", seq: 2, body: JSON.stringify({ v: 1, shapes: [note("a", "two")] }) });
    last().handlers.onOpen();
    receive({ t: "init", seq: 1, role: "edit", me: "me", peers: [], snap: "/snap" });
    receive({ t: "u", f: 1, s: 2, o: [["a", { text: "old" }]] });
    receive({ t: "u", f: 2, s: 3, o: [["a", { hue: "red" }]] });
    await timers.advance(0);
    expect(store.records.get("a")).toMatchObject({ text: "two", hue: "red" });
  });

  it("starts over when the server's frames do not follow on each other", async () => {
    const { goLive, receive, links, last, timers } = setUp();
    await goLive();
    receive({ t: "u", f: 4, s: 5, o: [["a", { text: "x" }]] });
    await timers.advance(600);
    expect(links).toHaveLength(2);
    last().handlers.onOpen();
    expect(last().sent[0]).toMatchObject({ since: 0 });
  });

  it("tries at once when the network is back, and not at all after a final code", async () => {
    const { links, last, wake, closed, sync, timers } = setUp();
    last().handlers.onClose(1006);
    wake();
    expect(links).toHaveLength(2);
    last().handlers.onFrame('{"t":"bye","code":4403}');
    expect(closed).toEqual([4403]);
    expect(sync.status.get()).toBe("closed");
    wake();
    await timers.advance(60_000);
    expect(links).toHaveLength(2);
  });

  it("waits longer with every failure, up to ten seconds, spread by chance", () => {
    expect(reconnectDelay(0, 1006, 1)).toBe(500);
    expect(reconnectDelay(3, 1006, 1)).toBe(4_000);
    expect(reconnectDelay(50, 1006, 1)).toBe(10_000);
    expect(reconnectDelay(3, 1006, 0.25)).toBe(1_000);
    expect(reconnectDelay(0, 4429, 0)).toBe(2_000);
  });
});

describe("presence", () => {
  it("is sent at most once per tick, the last values winning", async () => {
    const { goLive, sync, last, timers } = setUp();
    await goLive();
    for (let x = 0; x < 100; x++) {
      sync.sendPresence({ cursor: [x, 0] });
      await timers.advance(10);
    }
    sync.sendPresence({ selection: ["a"] });
    await timers.advance(50);
    const frames = last().sent.filter((frame) => frame.t === "e");
    expect(frames.length).toBeGreaterThan(20);
    expect(frames.length).toBeLessThanOrEqual(32);
    expect(frames.at(-1)).toMatchObject({ sel: ["a"] });
  });

  it("lists the others, never oneself", async () => {
    const { goLive, sync, receive } = setUp();
    await goLive();
    const peer = (id: string) => ({ id, memberId: id, name: id, hue: "red" });
    receive({ t: "u", j: [peer("me"), peer("ben")] });
    receive({
      t: "u",
      c: [
        ["ben", { cur: [1, 2] }],
        ["me", { cur: [3, 4] }],
      ],
    });
    expect(sync.peers.get()).toEqual([{ ...peer("ben"), cur: [1, 2] }]);
    receive({ t: "u", l: ["ben"] });
    expect(sync.peers.get()).toEqual([]);
  });
});
