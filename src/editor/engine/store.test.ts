import { describe, expect, it } from "vitest";
import { serializeRecords } from "#editor/model/snapshot";
import { previewOps } from "./preview";
import { createSignal } from "./signal";
import { createStore, type StoreChange } from "./store";
import { board, box } from "./board.test-support";

describe("signals", () => {
  it("tell of changes only, and survive a listener that stops itself", () => {
    const signal = createSignal(1);
    const heard: number[] = [];
    const stop = signal.subscribe(() => {
      heard.push(signal.get());
      stop();
    });
    signal.set(1);
    signal.set(2);
    signal.set(3);
    expect(heard).toEqual([2]);
  });
});

describe("the store", () => {
  it("tells once per call what was added, changed and removed in the end", () => {
    const { store } = board([
      ["a", box([0, 0, 1, 1])],
      ["b", box([0, 0, 1, 1])],
    ]);
    const changes: StoreChange[] = [];
    store.onChange((change) => changes.push(change));
    store.apply(
      [
        ["c", box([0, 0, 1, 1])],
        ["a", { hue: "red" }],
        ["b", null],
        ["d", box([0, 0, 1, 1])],
        ["d", null],
      ],
      "local",
    );
    expect(changes).toHaveLength(1);
    expect([...(changes[0]?.added ?? [])]).toEqual(["c"]);
    expect([...(changes[0]?.changed ?? [])]).toEqual(["a"]);
    expect([...(changes[0]?.removed ?? [])]).toEqual(["b"]);
  });

  it("hears only the difference when another board is put in its place", () => {
    const { store } = board([
      ["a", box([0, 0, 1, 1])],
      ["b", box([0, 0, 1, 1], { hue: "red" })],
      ["c", box([0, 0, 1, 1])],
    ]);
    const same = store.records.get("a");
    const changes: StoreChange[] = [];
    store.onChange((change) => changes.push(change));
    const next = createStore();
    next.apply(
      [
        ["a", box([0, 0, 1, 1])],
        ["b", box([2, 0, 1, 1])],
        ["d", box([0, 0, 1, 1])],
      ],
      "load",
    );
    store.replaceAll(next.records);
    expect(store.records.get("a")).toBe(same);
    expect(changes.map(({ added, changed, removed }) => [[...added], [...changed], [...removed]])).toEqual([
      [["d"], ["b"], ["c"]],
    ]);
    expect(changes[0]?.ops).toContainEqual(["b", { hue: null, g: [2, 0, 1, 1] }]);
    expect(serializeRecords(store.records)).toBe(serializeRecords(next.records));
  });
});

describe("the selection", () => {
  it("lets go of shapes that are deleted, whoever deletes them", () => {
    const { store, selection } = board([
      ["a", box([0, 0, 1, 1])],
      ["b", box([0, 0, 1, 1])],
    ]);
    selection.set(["a", "b", "nowhere"]);
    expect(selection.ids.get().size).toBe(2);
    store.apply([["a", null]], "remote");
    expect([...selection.ids.get()]).toEqual(["b"]);
    store.apply([["b", null]], "local");
    expect(selection.ids.get().size).toBe(0);
  });
});

describe("previews", () => {
  it("show what operations would do and write nothing", () => {
    const { store } = board([
      ["a", box([0, 0, 1, 1])],
      ["b", box([0, 0, 1, 1])],
    ]);
    const preview = previewOps(store.records, [
      ["a", { g: [9, 9, 1, 1] }],
      ["b", null],
      ["n", box([1, 1, 1, 1])],
    ]);
    expect(preview.get("a")).toMatchObject({ g: [9, 9, 1, 1] });
    expect(preview.get("b")).toBeNull();
    expect(preview.get("n")).toMatchObject({ g: [1, 1, 1, 1] });
    expect(store.records.get("a")).toMatchObject({ g: [0, 0, 1, 1] });
  });
});
