import { describe, expect, it } from "vitest";
import type { ShapeOp } from "#editor/model/ops";
import { copyShapes, pasteShapes } from "./clipboard";
import { board, box, tie } from "./board.test-support";

describe("the clipboard", () => {
  const start: ShapeOp[] = [
    ["a", box([0, 0, 100, 100])],
    ["b", box([300, 0, 100, 100], { z: "a1" })],
    ["k", tie("a", "b")],
  ];
  const counter = () => {
    let next = 0;
    return () => `new${next++}`;
  };

  it("gives copies new ids, ties connectors among the copies and puts them in front", () => {
    const { store, scene, index } = board(start);
    const pasted = pasteShapes(copyShapes(["a", "b", "k"], scene), {
      newId: counter(),
      offset: [10, 10],
      topZ: index.order.topZ(),
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
    const pasted = pasteShapes(copyShapes(["a", "k"], scene), { newId: counter(), topZ: null, scene });
    const connector = pasted?.ops.find(([, patch]) => patch?.["kind"] === "connector")?.[1];
    expect(connector?.["to"]).toEqual([300, 50]);
  });

  it("pastes around the point asked for", () => {
    const { store, scene } = board(start);
    const pasted = pasteShapes(copyShapes(["a"], scene), {
      newId: counter(),
      at: [500, 500],
      topZ: "a9",
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
    expect(pasteShapes(text, { newId: () => "x", topZ: null, scene })).toBeNull();
  });
});
