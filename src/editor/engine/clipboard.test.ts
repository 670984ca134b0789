import { describe, expect, it } from "vitest";
import type { ShapeOp } from "#editor/model/ops";
import { zKeysBetween } from "#editor/model/z-order";
import { copyShapes, pasteShapes } from "./clipboard";
import { board, box, tie } from "./board.test-support";

describe("the clipboard", () => {
  const start: ShapeOp[] = [
    ["a", box([0, 0, 100, 100])],
    ["b", box([300, 0, 100, 100], { z: "a1" })],
    ["k", tie("a", "b")],
  ];
  const keysOnTop = (count: number) => zKeysBetween("a9", null, count);
  const counter = () => {
    let next = 0;
    return () => `new${next++}`;
  };

  it("gives copies new ids, ties connectors among the copies and puts them in front", () => {
    const { store, scene, index } = board(start);
    const pasted = pasteShapes(copyShapes(["a", "b", "k"], scene), {
      newId: counter(),
      at: [210, 60],
      keysOnTop: (count) => zKeysBetween(index.order.topZ(), null, count),
      scene,
    });
    store.apply(pasted?.ops ?? [], "local");
    expect(store.records.size).toBe(6);
    const copy = store.records.get("new2") as { from: { id: string }; to: { id: string } };
    expect([copy.from.id, copy.to.id]).toEqual(["new0", "new1"]);
    expect(index.query([-1e4, -1e4, 2e4, 2e4])).toEqual(["a", "b", "k", "new0", "new1", "new2"]);
    expect(store.records.get("new0")).toMatchObject({ g: [10, 10, 100, 100] });
  });

  it("loosens an end whose shape is not copied", () => {
    const { scene } = board(start);
    const pasted = pasteShapes(copyShapes(["a", "k"], scene), {
      newId: counter(),
      at: [0, 0],
      keysOnTop,
      scene,
    });
    const patchOf = (kind: string) => pasted?.ops.find(([, patch]) => patch?.["kind"] === kind)?.[1];
    const [x, y] = (patchOf("rectangle")?.["g"] ?? []) as number[];
    expect(patchOf("connector")?.["to"]).toEqual([(x ?? 0) + 300, (y ?? 0) + 50]);
  });

  it("pastes around the point asked for", () => {
    const { store, scene } = board(start);
    const pasted = pasteShapes(copyShapes(["a"], scene), {
      newId: counter(),
      at: [500, 500],
      keysOnTop,
      scene,
    });
    store.apply(pasted?.ops ?? [], "local");
    expect(store.records.get("new0")).toMatchObject({ g: [450, 450, 100, 100] });
  });

  it.each([
    "hello",
    "{}",
    "null",
    '{"type":"chalkroom/shapes"}',
    '{"type":"chalkroom/shapes","board":"{\\"v\\":1,\\"shapes\\":[[\\"a\\",{\\"kind\\":\\"x\\"}]]}"}',
  ])("takes %j for something else", (text) => {
    const { scene } = board();
    expect(pasteShapes(text, { newId: () => "x", at: [0, 0], keysOnTop, scene })).toBeNull();
  });
});
