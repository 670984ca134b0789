import { gzipSync } from "node:zlib";

import { describe, expect, it } from "vitest";

import { parseRecords, serializeRecords } from "#editor/model/snapshot";
import { db, inWorkspaceTx } from "#server/db/index";
import { deactivateMember } from "#server/directory/index";

import { countLockWaits, useTestDatabase } from "../../../tests/support/database";
import { makeMember, makeSession, makeWorkspace } from "../../../tests/support/factories";
import {
  appendBatches,
  listBoardHeads,
  listLoggedBatches,
  loadBoardState,
  saveSnapshot,
  type BoardBatch,
} from "./board-log.repo";
import { createBoard } from "./manage-board";
import { exportRecords, importRecords } from "./transfer-records";

useTestDatabase();

const shape = (id: string, x = 0) =>
  JSON.stringify([[id, { kind: "rectangle", g: [x, 0, 10, 10], z: "a0" }]]);

async function setUp() {
  const { workspace, scope } = await makeWorkspace();
  const member = await makeMember(scope);
  const { actor } = await makeSession(scope, member);
  const board = await createBoard(scope, actor, "Plan");
  const batch = (clientSeq: number, ops: string, clientId = "tab-1"): BoardBatch => ({
    workspaceId: workspace.id,
    boardId: board.id,
    actorId: member.id,
    clientId,
    clientSeq,
    ops,
  });
  return { workspace, scope, member, actor, board, batch };
}

describe("the log of a board", () => {
  it("numbers batches without gaps and updates the board's row", async () => {
    const { board, batch, member } = await setUp();
    const first = await appendBatches([batch(1, shape("a")), batch(2, shape("b"))]);
    const second = await appendBatches([batch(3, shape("c"))]);
    expect([...first, ...second]).toEqual([1, 2, 3].map((seq) => ({ kind: "stored", seq })));
    expect(await listBoardHeads([board.id])).toEqual([{ boardId: board.id, seq: 3, deleted: false }]);
    const row = await db().board.findUniqueOrThrow({ where: { id: board.id } });
    expect(row.lastEditedById).toBe(member.id);
  });

  it("answers a resend with the number it was stored under, and hands out none for it", async () => {
    const { board, batch } = await setUp();
    await appendBatches([batch(1, shape("a")), batch(2, shape("b"))]);
    const again = await appendBatches([batch(1, shape("a")), batch(2, shape("b")), batch(3, shape("c"))]);
    expect(again).toEqual([
      { kind: "duplicate", seq: 1 },
      { kind: "duplicate", seq: 2 },
      { kind: "stored", seq: 3 },
    ]);
    const twice = await appendBatches([batch(4, shape("d")), batch(4, shape("d"))]);
    expect(twice).toEqual([
      { kind: "stored", seq: 4 },
      { kind: "duplicate", seq: 4 },
    ]);
    expect((await listLoggedBatches(board.id, 0)).map((row) => row.seq)).toEqual([1, 2, 3, 4]);
  });

  it("stays gapless while two writers append to the same board at the same time", async () => {
    const { board, batch } = await setUp();
    const writer = (name: string) =>
      Promise.all(
        Array.from({ length: 25 }, (_, index) =>
          appendBatches([batch(index + 1, shape(`${name}${index}`), name)]),
        ),
      );
    const outcomes = (await Promise.all([writer("process-a"), writer("process-b")])).flat(2);
    const seqs = outcomes
      .map((outcome) => (outcome.kind === "stored" ? outcome.seq : -1))
      .sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect((await loadBoardState(board.id)).records.size).toBe(50);
  });

  it("stores one of two simultaneous resends of a batch", async () => {
    const { board, batch } = await setUp();
    const outcomes = (await Promise.all([1, 2, 3].map(() => appendBatches([batch(7, shape("a"))])))).flat();
    expect(outcomes.filter((outcome) => outcome.kind === "stored")).toHaveLength(1);
    expect(outcomes.every((outcome) => outcome.kind !== "refused" && outcome.seq === 1)).toBe(true);
    expect(await listLoggedBatches(board.id, 0)).toHaveLength(1);
  });

  it("refuses the batches of a deactivated member and stores those of others", async () => {
    const { scope, workspace, member, batch } = await setUp();
    const other = await makeMember(scope);
    await inWorkspaceTx(scope, (tx) =>
      deactivateMember(tx, { kind: "system", workspaceId: workspace.id }, member, "test"),
    );
    const outcomes = await appendBatches([
      batch(1, shape("a")),
      { ...batch(1, shape("b"), "tab-2"), actorId: other.id },
    ]);
    expect(outcomes).toEqual([
      { kind: "refused", code: "revoked" },
      { kind: "stored", seq: 1 },
    ]);
  });

  it("waits for a deactivation that is under way, and then refuses", async () => {
    const { scope, workspace, member, batch } = await setUp();
    let append: Promise<unknown> | undefined;
    await inWorkspaceTx(scope, async (tx) => {
      await deactivateMember(tx, { kind: "system", workspaceId: workspace.id }, member, "test");
      append = appendBatches([batch(1, shape("a"))]);
      await expect.poll(countLockWaits).toBe(1);
    });
    expect(await append).toEqual([{ kind: "refused", code: "revoked" }]);
  });

  it("refuses viewers, members of another workspace, and boards of another workspace", async () => {
    const { scope, batch } = await setUp();
    const viewer = await makeMember(scope, { role: "viewer" });
    const foreign = await setUp();
    const outcomes = await appendBatches([
      { ...batch(1, shape("a")), actorId: viewer.id },
      { ...batch(2, shape("a")), actorId: foreign.member.id },
      { ...batch(3, shape("a")), boardId: foreign.board.id },
    ]);
    expect(outcomes.map((outcome) => outcome.kind === "refused" && outcome.code)).toEqual([
      "read_only",
      "revoked",
      "board_gone",
    ]);
  });

  it("loads a board from its newest snapshot and the log after it", async () => {
    const { board, workspace, batch } = await setUp();
    await appendBatches([batch(1, shape("a")), batch(2, shape("b"))]);
    const before = await loadBoardState(board.id);
    const data = gzipSync(serializeRecords(before.records));
    await saveSnapshot(
      { workspaceId: workspace.id, boardId: board.id },
      { seq: before.seq, data, shapes: 2 },
    );
    await appendBatches([
      batch(3, JSON.stringify([["a", { hue: "red" }]])),
      batch(4, JSON.stringify([["b", null]])),
    ]);
    const after = await loadBoardState(board.id);
    expect(after).toMatchObject({ seq: 4, rowsSinceSnapshot: 2 });
    expect([...after.records]).toEqual([
      ["a", { kind: "rectangle", g: [0, 0, 10, 10], z: "a0", hue: "red" }],
    ]);
  });

  it("loads a board whose snapshot is damaged from the log alone", async () => {
    const { board, workspace, batch } = await setUp();
    await appendBatches([batch(1, shape("a")), batch(2, shape("b"))]);
    const data = Buffer.from("not gzip");
    await saveSnapshot({ workspaceId: workspace.id, boardId: board.id }, { seq: 2, data, shapes: 2 });
    expect(await loadBoardState(board.id)).toMatchObject({ seq: 2, rowsSinceSnapshot: 2 });
  });

  it("keeps only the newest three snapshots", async () => {
    const { board, workspace } = await setUp();
    const data = gzipSync(serializeRecords(new Map()));
    for (const seq of [1, 2, 3, 4, 5]) {
      await saveSnapshot({ workspaceId: workspace.id, boardId: board.id }, { seq, data, shapes: 0 });
    }
    const rows = await db().boardSnapshot.findMany({ where: { boardId: board.id }, orderBy: { seq: "asc" } });
    expect(rows.map((row) => Number(row.seq))).toEqual([3, 4, 5]);
  });
});

describe("importing and exporting", () => {
  it("writes 1,200 shapes in several batches and reads the same ones back", async () => {
    const { scope, actor, board } = await setUp();
    const shapes = Array.from({ length: 1200 }, (_, index) => [
      `s${index}`,
      { kind: "note", g: [index, 0, 10, 10], z: "a0", text: `note ${index}` },
    ]);
    const records = parseRecords(JSON.stringify({ v: 1, shapes }));
    await inWorkspaceTx(scope, (tx) => importRecords(tx, actor, board.id, records));
    const exported = await exportRecords(scope, actor, board.id);
    expect(exported.seq).toBe(3);
    expect(serializeRecords(exported.records)).toBe(serializeRecords(records));
  });

  it("changes nothing when the board belongs to another workspace", async () => {
    const { scope, actor } = await setUp();
    const foreign = await setUp();
    const records = parseRecords(JSON.stringify({ v: 1, shapes: JSON.parse(shape("a")) as unknown }));
    await expect(
      inWorkspaceTx(scope, (tx) => importRecords(tx, actor, foreign.board.id, records)),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listLoggedBatches(foreign.board.id, 0)).toEqual([]);
  });
});
