import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { createBoard } from "#server/boards/index";
import type { Member } from "#server/directory/index";

import { makeMember, makeSession, makeWorkspace } from "../../../../tests/support/factories";
import { attachRealtime, respondWithSnapshot } from "../index";
import type { RealtimeServer } from "../realtime-server";

/** A real HTTP server that has nothing but /realtime and the snapshot's address. */
export class RealtimeFixture {
  private constructor(
    readonly server: Server,
    readonly realtime: RealtimeServer,
    readonly port: number,
  ) {}

  static async start(): Promise<RealtimeFixture> {
    const realtime = attachRealtime();
    const server = createServer((incoming, response) => {
      const boardId = /^\/api\/board\/([^/]+)\/snapshot/.exec(incoming.url ?? "")?.[1] ?? "";
      const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]);
      const request = new Request(`http://localhost${incoming.url}`, { headers });
      void respondWithSnapshot(request, boardId).then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    });
    server.on("upgrade", (request, socket, head) => realtime.handleUpgrade(request, socket, head));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new RealtimeFixture(server, realtime, (server.address() as AddressInfo).port);
  }

  async stop(): Promise<void> {
    await this.realtime.shutdown();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** A workspace with a board and a signed-in editor. */
  async makeBoard() {
    const { workspace, scope } = await makeWorkspace();
    const anna = await this.signIn(scope, { name: "Anna" });
    const board = await createBoard(scope, anna.actor, "Plan");
    return { workspace, scope, anna, boardId: board.id };
  }

  async signIn(
    scope: Parameters<typeof makeMember>[0],
    input: Parameters<typeof makeMember>[1] = {},
  ): Promise<{ member: Member } & Awaited<ReturnType<typeof makeSession>>> {
    const member = await makeMember(scope, input);
    return { member, ...(await makeSession(scope, member)) };
  }
}
