import { connect } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { deleteBoard } from "#server/boards/index";
import { inWorkspaceTx } from "#server/db/index";
import { deactivateMember } from "#server/directory/index";
import { newId } from "#server/kernel/ids";

import { useTestDatabase } from "../../../tests/support/database";
import { RealtimeFixture } from "./testing/realtime-fixture";
import { SocketClient, type ClientOptions } from "./testing/socket-client";

useTestDatabase();
let fixture: RealtimeFixture;
beforeAll(async () => {
  fixture = await RealtimeFixture.start();
});
afterAll(() => fixture.stop());

async function refusal(options: Omit<ClientOptions, "port">) {
  const answer = await SocketClient.open({ port: fixture.port, ...options });
  if (!(answer instanceof SocketClient)) return `${answer.status} ${answer.body.code}`;
  answer.ws.terminate();
  return "accepted";
}

/** Sends raw bytes and returns the first line of the answer. */
function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(fixture.port, "127.0.0.1", () => socket.write(request));
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("close", () => resolve(text.split("\r\n")[0] ?? ""));
    socket.on("error", reject);
  });
}

describe("an upgrade request", () => {
  it("is accepted with a session and an own origin", async () => {
    const { anna, boardId } = await fixture.makeBoard();
    const { token } = anna;
    expect(await refusal({ boardId, token })).toBe("accepted");
    expect(await refusal({ boardId, token, origin: `http://127.0.0.1:${fixture.port}` })).toBe("accepted");
  });

  it("is refused before the handshake when anything about it is wrong", async () => {
    const { anna, boardId, scope } = await fixture.makeBoard();
    const { token } = anna;
    const foreign = await fixture.makeBoard();
    const guest = await fixture.signIn(scope, { role: "guest" });
    expect(await refusal({ boardId })).toBe("401 UNAUTHENTICATED");
    expect(await refusal({ boardId, token: "A".repeat(43) })).toBe("401 UNAUTHENTICATED");
    expect(await refusal({ boardId, token: "../../x" })).toBe("401 UNAUTHENTICATED");
    for (const origin of [
      undefined,
      "null",
      "http://evil.example",
      "https://localhost:3000",
      "http://localhost:3001",
      "http://localhost:3000.evil.example",
      "not an origin",
    ]) {
      expect(await refusal({ boardId, token, origin })).toBe("403 FORBIDDEN");
    }
    expect(await refusal({ boardId: foreign.boardId, token })).toBe("404 NOT_FOUND");
    expect(await refusal({ boardId: newId(), token })).toBe("404 NOT_FOUND");
    expect(await refusal({ boardId, token: guest.token })).toBe("403 FORBIDDEN");
    for (const bad of ["", "x", "1'--", `${boardId}x`, "%00", "..%2f"]) {
      expect(await refusal({ boardId: bad, token })).toBe("400 BAD_INPUT");
    }
    expect(await refusal({ boardId, token, path: `/other?board=${boardId}` })).toBe("404 NOT_FOUND");
  });

  it("is refused for a deleted board and for a deactivated member", async () => {
    const { anna, boardId, scope } = await fixture.makeBoard();
    const ben = await fixture.signIn(scope);
    const system = { kind: "system" as const, workspaceId: scope.workspaceId };
    await inWorkspaceTx(scope, (tx) => deactivateMember(tx, system, ben.member, "test"));
    expect(await refusal({ boardId, token: ben.token })).toBe("401 UNAUTHENTICATED");
    await deleteBoard(scope, anna.actor, boardId);
    expect(await refusal({ boardId, token: anna.token })).toBe("404 NOT_FOUND");
  });

  it("is refused beyond ten sockets of one member", async () => {
    const { anna, boardId } = await fixture.makeBoard();
    const options = { port: fixture.port, boardId, token: anna.token };
    const open = await Promise.all(
      Array.from({ length: 10 }, (_, i) => SocketClient.join({ ...options, cid: `client-${i}` })),
    );
    expect(await refusal(options)).toBe("429 RATE_LIMITED");
    for (const client of open) client.ws.terminate();
  });

  it("never brings the server down, however malformed", async () => {
    const head = "Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
    expect(await raw(`GET // HTTP/1.1\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 40\d /);
    expect(await raw(`GET http://[ HTTP/1.1\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 40\d /);
    expect(await raw(`GET /realtime?board=%E0%A4%A HTTP/1.1\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 40\d /);
    const { anna, boardId } = await fixture.makeBoard();
    const cookie = `Origin: http://localhost:3000\r\nCookie: chalkroom.session=${anna.token}\r\n`;
    // A handshake without a key, and one of a version that nobody speaks.
    expect(await raw(`GET /realtime?board=${boardId} HTTP/1.1\r\n${head}${cookie}\r\n`)).toMatch(
      /^HTTP\/1\.1 4\d\d /,
    );
    const version = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 99\r\n";
    expect(await raw(`GET /realtime?board=${boardId} HTTP/1.1\r\n${head}${cookie}${version}\r\n`)).toMatch(
      /^HTTP\/1\.1 4\d\d /,
    );
    expect(await refusal({ boardId, token: anna.token })).toBe("accepted");
  });

  it("may be reset while it is being checked", async () => {
    const { anna, boardId } = await fixture.makeBoard();
    const socket = connect(fixture.port, "127.0.0.1");
    socket.write(
      `GET /realtime?board=${boardId} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Origin: http://localhost:3000\r\nCookie: chalkroom.session=${anna.token}\r\n\r\n`,
      () => socket.resetAndDestroy(),
    );
    await new Promise((resolve) => socket.on("close", resolve));
    expect(await refusal({ boardId, token: anna.token })).toBe("accepted");
  });
});

describe("the snapshot's address", () => {
  const get = (boardId: string, headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${fixture.port}/api/board/${boardId}/snapshot`, { headers });
  const cookie = (token: string) => ({ cookie: `chalkroom.session=${token}` });

  it("serves the board with its sequence number as ETag, and 304 when the reader has it", async () => {
    const { anna, boardId } = await fixture.makeBoard();
    const client = await SocketClient.join({ port: fixture.port, boardId, token: anna.token });
    client.send({ t: "p", n: 1, o: [["a", { kind: "note", g: [0, 0, 1, 1], z: "a0" }]] });
    await client.answer(1);
    const answer = await get(boardId, cookie(anna.token));
    expect(answer.headers.get("etag")).toBe('"1"');
    expect(await answer.json()).toMatchObject({ v: 1, shapes: [["a", { kind: "note" }]] });
    for (const seen of ['"1"', 'W/"1"']) {
      const again = await get(boardId, { ...cookie(anna.token), "if-none-match": seen });
      expect(again.status).toBe(304);
    }
    client.ws.terminate();
  });

  it("refuses strangers, other workspaces and bad ids in JSON", async () => {
    const { anna, boardId } = await fixture.makeBoard();
    const foreign = await fixture.makeBoard();
    const cases: [string, Record<string, string>, number][] = [
      [boardId, {}, 401],
      [boardId, cookie(foreign.anna.token), 404],
      ["not-an-id", cookie(anna.token), 404],
    ];
    for (const [id, headers, status] of cases) {
      const answer = await get(id, headers);
      expect(answer.status).toBe(status);
      expect(await answer.json()).toHaveProperty("code");
    }
  });
});
