import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serializeRecords } from "#editor/model/snapshot";
import { withStyle } from "#editor/model/style";
import { createBoardIndex } from "./board-index";
import { deleteShapesOps } from "./delete-shapes";
import { pickAt, pickIn } from "./pick";
import { board, box, tie } from "./board.test-support";

describe("the index", () => {
  it("keeps what a fresh index would hold, after any edits", () => {
    const patch = fc.oneof(
      fc
        .tuple(fc.nat(3000), fc.nat(3000), fc.nat(300), fc.nat(300), fc.constantFrom("a0", "a1", "Zz"))
        .map(([x, y, w, h, z]) => box([x, y, w, h], { z })),
      fc
        .tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("a", "b", "c"))
        .map(([from, to]) => tie(from, to)),
      fc.constant(null),
    );
    const edits = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "k", "l"), patch), { maxLength: 30 });
    fc.assert(
      fc.property(edits, (ops) => {
        const { store, scene, index } = board();
        for (const op of ops) store.apply([op], "remote");
        const fresh = createBoardIndex(store, scene);
        const everywhere = [-9999, -9999, 19999, 19999] as const;
        expect(index.query(everywhere)).toEqual(fresh.query(everywhere));
        for (const id of store.records.keys()) {
          expect(index.bounds(id)).toEqual(fresh.bounds(id));
          expect([...index.connectorsOf(id)].sort()).toEqual([...fresh.connectorsOf(id)].sort());
        }
        expect(index.order.topZ()).toBe(fresh.order.topZ());
      }),
    );
  });

  it("moves a connector's place together with the shape it is tied to", () => {
    const { store, index } = board([
      ["a", box([0, 0, 100, 100])],
      ["b", box([300, 0, 100, 100])],
      ["k", tie("a", "b")],
    ]);
    const heard: string[][] = [];
    index.onChange(({ ids }) => heard.push([...ids].sort()));
    store.apply([["b", { g: [3000, 2000, 100, 100] }]], "remote");
    expect(heard).toEqual([["b", "k"]]);
    expect(index.query([2900, 1900, 50, 300])).toContain("k");
  });
});

describe("picking", () => {
  it("takes the front-most shape, ties by id", () => {
    const { index, scene } = board([
      ["b", box([0, 0, 100, 100])],
      ["a", box([0, 0, 100, 100])],
      ["c", box([0, 0, 100, 100], { z: "Zz" })],
    ]);
    expect(pickAt([50, 50], 4, index, scene)).toBe("b");
  });

  it("reaches through a hollow frame to what lies behind, and takes the frame where nothing does", () => {
    const style = withStyle(0, { fill: "none" });
    const { index, scene } = board([
      ["in", box([40, 40, 20, 20])],
      ["frame", box([0, 0, 400, 400], { z: "a9", style })],
      ["small", box([200, 200, 100, 100], { z: "a1", style })],
    ]);
    expect(pickAt([50, 50], 4, index, scene)).toBe("in");
    expect(pickAt([150, 50], 4, index, scene)).toBe("frame");
    expect(pickAt([250, 250], 4, index, scene)).toBe("small");
  });

  it("takes by a rectangle what it touches, or only what it holds", () => {
    const { index, scene } = board([
      ["a", box([0, 0, 100, 100])],
      ["b", box([90, 0, 100, 100], { z: "a1" })],
    ]);
    expect(pickIn([-10, -10, 120, 120], index, scene)).toEqual(["a", "b"]);
  });
});

describe("deleting", () => {
  it("leaves connectors where they were, and one undo ties them again", () => {
    const { store, scene, index, history } = board([
      ["a", box([0, 0, 100, 100])],
      ["b", box([300, 0, 100, 100])],
      ["k", tie("a", "b")],
    ]);
    const before = serializeRecords(store.records);
    store.apply(deleteShapesOps(new Set(["b"]), index, scene), "local");
    expect(store.records.get("k")).toMatchObject({ from: { id: "a" }, to: [300, 50] });
    history.undo();
    expect(serializeRecords(store.records)).toBe(before);
  });
});
