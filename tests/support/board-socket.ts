import { randomBytes } from "node:crypto";
import { once } from "node:events";

import { WebSocket } from "ws";

import {
  parseServerFrame,
  PROTOCOL_VERSION,
  type ServerFrame,
  type WireOp,
} from "../../src/shared/board-protocol";

/** A board's socket without a browser around it. */
export interface BoardSocket {
  /** Sends operations and waits until the server has stored them; the sequence number they got. */
  push(ops: readonly WireOp[]): Promise<number>;
  /** Every frame so far. */
  readonly frames: readonly ServerFrame[];
  /** The close code, and when it came (as `performance.now()`). */
  readonly closed: Promise<{ readonly code: number; readonly at: number }>;
  close(): void;
}

const WAIT_MS = 10_000;

/** Opens a board as the owner of the cookie and waits for the server's welcome. */
export async function openBoardSocket(options: {
  readonly baseUrl: string;
  readonly boardId: string;
  readonly cookie: string;
}): Promise<BoardSocket> {
  const { origin, host } = new URL(options.baseUrl);
  const socket = new WebSocket(`ws://${host}/realtime?board=${options.boardId}`, {
    headers: { cookie: options.cookie, origin },
  });
  const frames: ServerFrame[] = [];
  const listeners = new Set<(frame: ServerFrame) => void>();
  socket.on("message", (data: Buffer) => {
    const frame = parseServerFrame(data.toString("utf8"));
    if (!frame) return;
    frames.push(frame);
    for (const listener of listeners) listener(frame);
  });
  const closed = new Promise<{ code: number; at: number }>((done) => {
    socket.once("close", (code) => done({ code, at: performance.now() }));
  });
  socket.on("error", () => {
    // The close that follows says what happened; before the opening `once` below rejects.
  });

  function next<T>(pick: (frame: ServerFrame) => T | undefined): Promise<T> {
    return new Promise((done, fail) => {
      const timer = setTimeout(
        () => finish(() => fail(new Error("The server's answer did not come."))),
        WAIT_MS,
      );
      const finish = (end: () => void) => {
        clearTimeout(timer);
        listeners.delete(listen);
        end();
      };
      const listen = (frame: ServerFrame) => {
        const picked = pick(frame);
        if (picked !== undefined) finish(() => done(picked));
      };
      listeners.add(listen);
      void closed.then(({ code }) => finish(() => fail(new Error(`The socket was closed with ${code}.`))));
    });
  }

  await once(socket, "open");
  const welcomed = next((frame) => (frame.t === "init" || frame.t === "diff" ? true : undefined));
  socket.send(
    JSON.stringify({ t: "hi", v: PROTOCOL_VERSION, since: null, cid: randomBytes(9).toString("base64url") }),
  );
  await welcomed;

  let count = 0;
  return {
    frames,
    closed,
    close: () => socket.close(),
    push(ops) {
      const n = ++count;
      const stored = next((frame) => {
        if (frame.t === "r" && frame.n === n) return new Error(`${frame.code}: ${frame.message}`);
        return frame.t === "a" && frame.n === n ? frame.s : undefined;
      });
      socket.send(JSON.stringify({ t: "p", n, o: ops }));
      return stored.then((answer) => {
        if (answer instanceof Error) throw answer;
        return answer;
      });
    },
  };
}
