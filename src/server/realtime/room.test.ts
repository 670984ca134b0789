import { describe, expect, it } from "vitest";

import type { ServerFrame } from "#shared/board-protocol";

import { Committer } from "./committer";
import { Connection, type Socket } from "./connection";
import { Room } from "./room";
import { MemoryLog, type Fault } from "./testing/memory-log";
import { VirtualTime } from "./testing/virtual-time";

const BOARD = { boardId: "board", workspaceId: "workspace" };

class FakeSocket implements Socket {
  bufferedAmount = 0;
  readonly frames: ServerFrame[] = [];
  closedWith: number | null = null;
  send(text: string): void {
    this.frames.push(JSON.parse(text) as ServerFrame);
  }
  close(code: number): void {
    this.closedWith = code;
  }
  terminate(): void {
    this.closedWith = 1006;
  }
}

function setUp() {
  const time = new VirtualTime();
  const world = { fault: "none" as Fault };
  const log = new MemoryLog({ wait: () => time.sleep(5), fault: () => world.fault });
  const context = {
    log,
    now: time.now,
    setTimer: (ms: number, run: () => void) => void time.setTimer(ms, run),
  };
  const committer = new Committer(context);
  const room = new Room(
    { ...BOARD, ...context },
    { records: new Map(), seq: 0, rowsSinceSnapshot: 0, bytesSinceSnapshot: 0 },
  );
  const join = async (name: string) => {
    const socket = new FakeSocket();
    const connection = new Connection(name, identityOf(name), socket, time.now());
    connection.clientKey = `${name}.tab`;
    await room.join(connection, null);
    await time.advance(50);
    socket.frames.length = 0;
    return { socket, connection };
  };
  let n = 0;
  const draw = async (author: string, id = `s${n}`) => {
    const ops = JSON.stringify([[id, { kind: "note", g: [n, 0, 1, 1], z: "a0" }]]);
    committer.submit(room, { ...BOARD, actorId: author, clientId: `${author}.tab`, clientSeq: ++n, ops });
    await time.advance(100);
  };
  return { time, world, log, committer, room, join, draw };
}

function identityOf(memberId: string) {
  const actor = {
    kind: "member" as const,
    workspaceId: BOARD.workspaceId,
    memberId,
    sessionId: memberId,
    role: "editor" as const,
    name: memberId,
    email: null,
  };
  return { actor, tokenHash: "", notOnOrAfter: null, access: "edit" as const, expiresAt: Infinity };
}

const types = (socket: FakeSocket) => socket.frames.map((frame) => frame.t);

describe("a reader that does not keep up", () => {
  it("is spared the presence first, and told the whole list once there is room", async () => {
    const { room, join, draw, time } = setUp();
    const anna = await join("anna");
    const slow = await join("slow");
    slow.socket.bufferedAmount = 300 * 1024;
    room.setPresence(anna.connection, { cur: [1, 1] });
    await time.advance(50);
    expect(slow.socket.frames).toEqual([]);
    await draw("anna");
    expect(slow.socket.frames).toMatchObject([{ t: "u", s: 1 }]);
    slow.socket.bufferedAmount = 0;
    room.setPresence(anna.connection, { cur: [2, 2] });
    await time.advance(50);
    expect(slow.socket.frames.at(-1)).toMatchObject({
      t: "u",
      peers: [{ id: "anna", cur: [2, 2] }, { id: "slow" }],
    });
  });

  it("gets no operations while a MiB waits, and afterwards every missed one once and in order", async () => {
    const { room, join, draw } = setUp();
    await join("anna");
    const slow = await join("slow");
    slow.socket.bufferedAmount = 2 * 1024 * 1024;
    await draw("anna");
    await draw("slow");
    await draw("anna");
    expect(slow.socket.frames).toEqual([]);
    expect(slow.connection.behind).toBe(true);
    slow.socket.bufferedAmount = 0;
    const catchingUp = room.catchUp(slow.connection);
    await draw("anna");
    await catchingUp;
    await draw("anna");
    expect(slow.connection.behind).toBe(false);
    // Each step begins where the one before it ended; an own batch is one step by its acknowledgement.
    const steps = slow.socket.frames.flatMap((frame) => {
      if (frame.t === "a") return [[frame.s - 1, frame.s]];
      return frame.t === "u" && frame.o ? [[frame.f, frame.s]] : [];
    });
    expect(steps.map(([from]) => from)).toEqual([0, ...steps.slice(0, -1).map(([, to]) => to)]);
    expect(steps.at(-1)?.[1]).toBe(5);
    expect(slow.socket.frames).toContainEqual({ t: "a", n: 2, s: 2 });
  });

  it("is given up after ten seconds or four MiB, and others are not held up", async () => {
    const { join, draw, time } = setUp();
    const anna = await join("anna");
    const slow = await join("slow");
    slow.socket.bufferedAmount = 2 * 1024 * 1024;
    await draw("anna");
    expect(types(anna.socket)).toContain("a");
    expect(slow.connection.isHopeless(time.now())).toBe(false);
    await time.advance(10_000);
    expect(slow.connection.isHopeless(time.now())).toBe(true);
    const swamped = await join("swamped");
    swamped.socket.bufferedAmount = 5 * 1024 * 1024;
    expect(swamped.connection.isHopeless(time.now())).toBe(true);
  });
});

describe("a database that is away", () => {
  it("delays acknowledgements, and after it is back nothing is stored twice", async () => {
    const { world, join, draw, log, time } = setUp();
    const anna = await join("anna");
    world.fault = "after-commit";
    await draw("anna");
    expect(anna.socket.frames).toEqual([]);
    world.fault = "none";
    await time.advance(1_000);
    expect(anna.socket.frames).toMatchObject([{ t: "a", n: 1, s: 1 }]);
    expect(log.rows).toHaveLength(1);
  });

  it("makes the server close the board's sockets with 1013 after five seconds, so that clients keep their work", async () => {
    const { world, join, draw, committer, log, time } = setUp();
    const anna = await join("anna");
    world.fault = "before-commit";
    await draw("anna");
    await time.advance(4_000);
    committer.shedLoad();
    expect(anna.socket.closedWith).toBeNull();
    await time.advance(1_500);
    committer.shedLoad();
    expect(anna.socket.closedWith).toBe(1013);
    expect(types(anna.socket)).toEqual(["bye"]);
    expect(log.rows).toEqual([]);
  });
});

it("peers of different members have different colours, and one member keeps one", async () => {
  const { join } = setUp();
  const people = await Promise.all(["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => join(name)));
  expect(new Set(people.map(({ connection }) => connection.hue)).size).toBe(8);
  expect(people.every(({ connection }) => connection.hue !== "gray")).toBe(true);
});
