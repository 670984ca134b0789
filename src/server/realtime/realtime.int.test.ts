import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { parseRecords } from "#editor/model/snapshot";
import { deleteBoard, importRecords, listLoggedBatches, loadBoardState } from "#server/boards/index";
import { db, inWorkspaceTx } from "#server/db/index";
import { deactivateMember, setMemberRole } from "#server/directory/index";
import { now } from "#server/kernel/clock";
import { sha256Hex } from "#server/kernel/crypto";
import { revokeSessionByHash } from "#server/sessions/index";
import type { ServerFrame } from "#shared/board-protocol";

import { useTestDatabase } from "../../../tests/support/database";
import { RealtimeFixture } from "./testing/realtime-fixture";
import { SocketClient } from "./testing/socket-client";

useTestDatabase();
let fixture: RealtimeFixture;
beforeAll(async () => {
  fixture = await RealtimeFixture.start();
});
afterAll(() => fixture.stop());

const note = (id: string, text = "x") => [id, { kind: "note", g: [0, 0, 10, 10], z: "a0", text }];
const join = (boardId: string, token: string, more: { cid?: string; since?: number } = {}) =>
  SocketClient.join({ port: fixture.port, boardId, token, ...more });

/** What one peer is seen to do, whether it came alone or with the news that the peer joined. */
async function presenceOf(socket: SocketClient, peerId: string): Promise<unknown> {
  const find = (frame: ServerFrame) =>
    frame.t === "u"
      ? (frame.c?.find(([id]) => id === peerId)?.[1] ??
        frame.j?.find((peer) => peer.id === peerId && peer.cur))
      : undefined;
  return find(await socket.next((frame) => find(frame) !== undefined));
}

async function twoPeople() {
  const set = await fixture.makeBoard();
  const ben = await fixture.signIn(set.scope, { name: "Ben" });
  const annaSocket = await join(set.boardId, set.anna.token, { cid: "anna-tab-1" });
  const benSocket = await join(set.boardId, ben.token, { cid: "ben-tab-01" });
  return { ...set, ben, annaSocket, benSocket };
}

describe("drawing together", () => {
  it("acknowledges a batch once it is in PostgreSQL, and shows it to the others", async () => {
    const { boardId, annaSocket, benSocket } = await twoPeople();
    annaSocket.send({ t: "p", n: 1, o: [note("a")] });
    expect(await annaSocket.answer(1)).toEqual({ t: "a", n: 1, s: 1 });
    expect(await listLoggedBatches(boardId, 0)).toHaveLength(1);
    expect(await benSocket.next((frame) => frame.t === "u" && frame.s === 1)).toMatchObject({
      f: 0,
      o: [note("a")],
    });
    expect(annaSocket.of("u").some((frame) => frame.o)).toBe(false);
  });

  it("does not store a resend a second time, on the same socket or after a reconnect", async () => {
    const { boardId, anna, annaSocket } = await twoPeople();
    annaSocket.send({ t: "p", n: 1, o: [note("a")] });
    await annaSocket.answer(1);
    annaSocket.send({ t: "p", n: 1, o: [note("a")] });
    await annaSocket.next((frame) => frame.t === "a" && annaSocket.of("a").length === 2);
    const again = await join(boardId, anna.token, { cid: "anna-tab-1", since: 0 });
    // The row that the reconnected client missed is its own, so it comes as an acknowledgement.
    expect(await again.answer(1)).toEqual({ t: "a", n: 1, s: 1 });
    expect((await annaSocket.closed).code).toBe(4410);
    again.send({ t: "p", n: 1, o: [note("a")] });
    await again.next(() => again.of("a").length === 2);
    expect(await listLoggedBatches(boardId, 0)).toHaveLength(1);
  });

  it("does not let a member pass for another client by its id", async () => {
    const { boardId, anna, ben, annaSocket } = await twoPeople();
    annaSocket.send({ t: "p", n: 1, o: [note("a")] });
    await annaSocket.answer(1);
    const forger = await join(boardId, ben.token, { cid: "anna-tab-1" });
    forger.send({ t: "p", n: 1, o: [note("b")] });
    expect(await forger.answer(1)).toMatchObject({ t: "a", s: 2 });
    expect(annaSocket.ws.readyState).toBe(annaSocket.ws.OPEN);
    const rows = await db().boardOp.findMany({ where: { boardId }, orderBy: { seq: "asc" } });
    expect(rows.map((row) => row.actorId)).toEqual([anna.member.id, ben.member.id]);
  });

  it("sends a returning client what it missed", async () => {
    const { boardId, ben, annaSocket, benSocket } = await twoPeople();
    benSocket.ws.terminate();
    for (const n of [1, 2, 3]) annaSocket.send({ t: "p", n, o: [note(`s${n}`)] });
    await annaSocket.answer(3);
    const back = await join(boardId, ben.token, { cid: "ben-tab-01", since: 1 });
    expect(back.of("diff")[0]).toMatchObject({ from: 1, seq: 3, role: "edit" });
    expect(await back.next((frame) => frame.t === "u" && frame.s === 3)).toMatchObject({ f: 1 });
  });

  it("stamps names and colours itself and keeps presence out of the log", async () => {
    const { boardId, anna, annaSocket, benSocket } = await twoPeople();
    const me = annaSocket.of("init")[0]!.me;
    annaSocket.send({ t: "e", cur: [5, 6], sel: ["a"], drag: [["a", { g: [1, 1, 2, 2] }]] });
    const drag = [["a", { g: [1, 1, 2, 2] }]];
    expect(await presenceOf(benSocket, me)).toMatchObject({ cur: [5, 6], sel: ["a"], drag });
    expect(benSocket.of("init")[0]!.peers).toContainEqual(
      expect.objectContaining({ id: me, memberId: anna.member.id, name: "Anna" }),
    );
    expect(await listLoggedBatches(boardId, 0)).toEqual([]);
    annaSocket.ws.terminate();
    await benSocket.next((frame) => frame.t === "u" && frame.l?.includes(me) === true);
  });

  it("shows an import from another process, which sends no signal", async () => {
    const { boardId, scope, annaSocket } = await twoPeople();
    const records = parseRecords(JSON.stringify({ v: 1, shapes: [note("imported")] }));
    const cli = { kind: "cli" as const, workspaceId: scope.workspaceId };
    await inWorkspaceTx(scope, (tx) => importRecords(tx, cli, boardId, records));
    await annaSocket.next((frame) => frame.t === "u" && frame.s === 1);
    annaSocket.send({ t: "p", n: 1, o: [note("mine")] });
    expect(await annaSocket.answer(1)).toMatchObject({ t: "a", s: 2 });
  });
});

describe("bad input over the socket", () => {
  it("refuses operations that are not valid and stores nothing of them", async () => {
    const { boardId, annaSocket } = await twoPeople();
    const bad: unknown[] = [
      null,
      [],
      "x",
      [["a"]],
      [["a", { kind: "note", g: [0, 0, 1e9, 1], z: "a0" }]],
      [["a", { kind: "note", g: [0, 0, null, 1], z: "a0" }]],
      [["a", { kind: "bomb", g: [0, 0, 1, 1], z: "a0" }]],
      [["a", { evil: 1 }]],
      [["__proto__", { hue: "red" }]],
      [["constructor", null]],
      [["../x", null]],
      Array.from({ length: 501 }, (_, i) => [`s${i}`, null]),
    ];
    bad.forEach((o, n) => annaSocket.send({ t: "p", n, o }));
    // JSON.stringify would lose what these two carry.
    annaSocket.send(`{"t":"p","n":100,"o":[["a",{"__proto__":{"polluted":1},"hue":"red"}]]}`);
    annaSocket.send(`{"t":"p","n":101,"o":[["a",{"g":[1e999,0,1,1]}]]}`);
    for (const n of [...bad.keys(), 100, 101])
      expect(await annaSocket.answer(n)).toMatchObject({ t: "r", n });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(await listLoggedBatches(boardId, 0)).toEqual([]);
    annaSocket.send({ t: "p", n: 200, o: [note("fine")] });
    expect(await annaSocket.answer(200)).toMatchObject({ t: "a", s: 1 });
  });

  it.each([
    ["no JSON", "{", 4400],
    ["a number", "1", 4400],
    ["an array", "[]", 4400],
    ["NaN", '{"t":"e","cur":[NaN,1]}', 4400],
    ["an infinite cursor", '{"t":"e","cur":[1e999,1]}', 4400],
    ["an unknown frame", '{"t":"kick","id":"x"}', 4400],
    ["a frame of the server", '{"t":"u","s":1,"o":[]}', 4400],
    ["an unknown field", '{"t":"e","name":"Somebody else"}', 4400],
    ["a second hi", '{"t":"hi","v":1,"since":null,"cid":"test-client-1"}', 4400],
    ["a negative n", '{"t":"p","n":-1,"o":[]}', 4400],
    ["an n beyond 32 bits", '{"t":"p","n":4294967296,"o":[]}', 4400],
    ["257 KiB", `{"t":"p","n":1,"o":"${"x".repeat(257 * 1024)}"}`, 1009],
  ])("closes a socket that sends %s", async (_, text, code) => {
    const { anna, boardId } = await fixture.makeBoard();
    const client = await join(boardId, anna.token);
    client.send(text);
    expect((await client.closed).code).toBe(code);
    expect(await listLoggedBatches(boardId, 0)).toEqual([]);
  });

  it("closes a socket that sends bytes, speaks before hi, or speaks another version", async () => {
    const { anna, boardId } = await fixture.makeBoard();
    const open = async () =>
      (await SocketClient.open({ port: fixture.port, boardId, token: anna.token })) as SocketClient;
    const bytes = await open();
    bytes.ws.send(Buffer.from([1, 2, 3]));
    expect((await bytes.closed).code).toBe(4400);
    const early = await open();
    early.send({ t: "p", n: 1, o: [note("a")] });
    expect((await early.closed).code).toBe(4400);
    const old = await open();
    old.send({ t: "hi", v: 0, since: null, cid: "test-client-1" });
    expect((await old.closed).code).toBe(4409);
    const silent = await open();
    expect((await silent.closed).code).toBe(4408);
  });

  it("warns and then closes a socket that floods, and keeps serving the others", async () => {
    const { annaSocket, benSocket } = await twoPeople();
    for (let i = 0; i < 600; i++) annaSocket.send({ t: "e", cur: [i, i] });
    expect((await annaSocket.closed).code).toBe(4429);
    expect(annaSocket.of("warn")).toHaveLength(1);
    benSocket.send({ t: "p", n: 1, o: [note("b")] });
    expect(await benSocket.answer(1)).toMatchObject({ t: "a" });
  });
});

describe("losing access", () => {
  it("closes the sockets of a deactivated member with 4403 within a second and stores nothing afterwards", async () => {
    const { scope, boardId, ben, benSocket, annaSocket } = await twoPeople();
    benSocket.send({ t: "p", n: 1, o: [note("before")] });
    await benSocket.answer(1);
    const started = performance.now();
    const system = { kind: "system" as const, workspaceId: scope.workspaceId };
    await inWorkspaceTx(scope, (tx) => deactivateMember(tx, system, ben.member, "test"));
    const committed = performance.now();
    for (let n = 2; n < 20; n++) benSocket.send({ t: "p", n, o: [note(`late-${n}`)] });
    const { code, at } = await benSocket.closed;
    process.stdout.write(
      `cut-off: ${Math.round(at - started)} ms after the start, ${Math.round(at - committed)} ms after the commit\n`,
    );
    expect(code).toBe(4403);
    expect(at - started).toBeLessThan(1_000);
    await annaSocket.next((frame) => frame.t === "u" && (frame.l?.length ?? 0) > 0);
    expect([...(await loadBoardState(boardId)).records.keys()]).toEqual(["before"]);
  });

  it("cuts off within a second when another process deactivated the member", async () => {
    const { workspace, ben, benSocket, boardId } = await twoPeople();
    const started = performance.now();
    // Only what the other process leaves behind: rows, no signal.
    await db().$transaction([
      db().member.update({ where: { id: ben.member.id }, data: { active: false, deactivatedAt: now() } }),
      db().session.deleteMany({ where: { memberId: ben.member.id } }),
      db().revocation.create({
        data: { workspaceId: workspace.id, memberId: ben.member.id, reason: "test", at: now() },
      }),
    ]);
    benSocket.send({ t: "p", n: 1, o: [note("late")] });
    const { code, at } = await benSocket.closed;
    process.stdout.write(`cut-off by poll or commit: ${Math.round(at - started)} ms\n`);
    expect(code).toBe(4403);
    expect(at - started).toBeLessThan(1_000);
    expect(await listLoggedBatches(boardId, 0)).toEqual([]);
  });

  it("cuts off an idle reader by the poll alone within a second", async () => {
    const { workspace, ben, benSocket } = await twoPeople();
    const started = performance.now();
    await db().revocation.create({
      data: { workspaceId: workspace.id, memberId: ben.member.id, reason: "test", at: now() },
    });
    const { code, at } = await benSocket.closed;
    expect(code).toBe(4403);
    expect(at - started).toBeLessThan(1_000);
  });

  it("closes the sockets of a session that signed out with 4401, and no others", async () => {
    const { anna, annaSocket, benSocket } = await twoPeople();
    await revokeSessionByHash(sha256Hex(anna.token));
    expect((await annaSocket.closed).code).toBe(4401);
    expect(benSocket.ws.readyState).toBe(benSocket.ws.OPEN);
  });

  it("closes a deleted board's sockets with 4404", async () => {
    const { scope, anna, boardId, annaSocket, benSocket } = await twoPeople();
    await deleteBoard(scope, anna.actor, boardId);
    expect((await annaSocket.closed).code).toBe(4404);
    expect((await benSocket.closed).code).toBe(4404);
  });

  it("tells a member who became a viewer, and refuses what they draw from then on", async () => {
    const { scope, boardId, ben, benSocket } = await twoPeople();
    const system = { kind: "system" as const, workspaceId: scope.workspaceId };
    await inWorkspaceTx(scope, (tx) => setMemberRole(tx, system, ben.member.id, "viewer"));
    benSocket.send({ t: "p", n: 1, o: [note("b")] });
    expect(await benSocket.answer(1)).toMatchObject({ t: "r", code: "read_only" });
    await benSocket.next((frame) => frame.t === "role" && frame.role === "view");
    expect(await listLoggedBatches(boardId, 0)).toEqual([]);
  });

  it("refuses operations of a viewer and leaves their gestures out", async () => {
    const { scope, boardId, annaSocket } = await twoPeople();
    const viewer = await fixture.signIn(scope, { role: "viewer", name: "Vera" });
    const socket = await join(boardId, viewer.token, { cid: "vera-tab-1" });
    const { me, role } = socket.of("init")[0]!;
    expect(role).toBe("view");
    socket.send({ t: "p", n: 1, o: [note("v")] });
    expect(await socket.answer(1)).toMatchObject({ t: "r", code: "read_only" });
    socket.send({ t: "e", cur: [1, 2], drag: [note("ghost")] });
    expect(await presenceOf(annaSocket, me)).toMatchObject({ cur: [1, 2], drag: null });
    expect(await listLoggedBatches(boardId, 0)).toEqual([]);
  });
});
