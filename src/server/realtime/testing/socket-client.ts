import { WebSocket } from "ws";

import type { ServerFrame } from "#shared/board-protocol";

export interface ClientOptions {
  readonly port: number;
  readonly boardId: string;
  readonly token?: string;
  readonly origin?: string | undefined;
  readonly path?: string;
}

type FrameOf<T extends ServerFrame["t"]> = Extract<ServerFrame, { t: T }>;

const WAIT_MS = 5_000;

/** A bare WebSocket client that keeps every frame, for tests that look at the wire. */
export class SocketClient {
  readonly frames: ServerFrame[] = [];
  readonly closed: Promise<{ readonly code: number; readonly at: number }>;
  private waiting: (() => void)[] = [];

  private constructor(readonly ws: WebSocket) {
    ws.on("message", (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as ServerFrame);
      for (const wake of this.waiting.splice(0)) wake();
    });
    ws.on("error", () => {});
    this.closed = new Promise((resolve) =>
      ws.on("close", (code) => resolve({ code, at: performance.now() })),
    );
  }

  /** Opens a socket; a refused handshake comes back as its HTTP status and JSON body. */
  static open(
    options: ClientOptions,
  ): Promise<SocketClient | { readonly status: number; readonly body: { readonly code: string } }> {
    const path = options.path ?? `/realtime?board=${options.boardId}`;
    const headers = options.token === undefined ? {} : { cookie: `chalkroom.session=${options.token}` };
    const origin = "origin" in options ? options.origin : "http://localhost:3000";
    const ws = new WebSocket(`ws://127.0.0.1:${options.port}${path}`, {
      headers,
      ...(origin === undefined ? {} : { origin }),
    });
    const client = new SocketClient(ws);
    return new Promise((resolve, reject) => {
      ws.on("open", () => resolve(client));
      ws.on("unexpected-response", (_request, response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(body) as { code: string } }),
        );
      });
      setTimeout(() => reject(new Error("The handshake was not answered")), WAIT_MS).unref();
    });
  }

  /** Opens, says hi and waits for the answer. */
  static async join(
    options: ClientOptions & { readonly cid?: string; readonly since?: number },
  ): Promise<SocketClient> {
    const client = await SocketClient.open(options);
    if (!(client instanceof SocketClient)) throw new Error(`refused with ${client.status}`);
    client.send({ t: "hi", v: 1, since: options.since ?? null, cid: options.cid ?? "test-client-1" });
    await client.next((frame) => frame.t === "init" || frame.t === "diff");
    return client;
  }

  send(frame: unknown): void {
    this.ws.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  of<T extends ServerFrame["t"]>(type: T): FrameOf<T>[] {
    return this.frames.filter((frame): frame is FrameOf<T> => frame.t === type);
  }

  /** The first frame, present or coming, that fits. */
  async next(fits: (frame: ServerFrame) => boolean): Promise<ServerFrame> {
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      const found = this.frames.find(fits);
      if (found) return found;
      if (Date.now() > deadline)
        throw new Error(`No such frame among ${JSON.stringify(this.frames).slice(0, 500)}`);
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        setTimeout(resolve, 100);
      });
    }
  }

  /** The acknowledgement or refusal of a batch. */
  answer(n: number): Promise<ServerFrame> {
    return this.next((frame) => (frame.t === "a" || frame.t === "r") && frame.n === n);
  }
}
