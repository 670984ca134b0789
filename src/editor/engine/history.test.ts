import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serializeRecords } from "#editor/model/snapshot";
import { board, box } from "./board.test-support";

describe("history", () => {
  it("takes own edits back and brings them again, with the selection of the time", () => {
    const { store, history, selection, place } = board([
      ["a", box([0, 0, 1, 1])],
      ["b", box([0, 0, 1, 1])],
    ]);
    selection.set(["a"]);
    store.apply([["a", { g: [5, 5, 1, 1] }]], "local");
    selection.set(["b"]);
    expect(history.undo()).toBe(true);
    expect(place("a")).toEqual([0, 0, 1, 1]);
    expect([...selection.ids.get()]).toEqual(["a"]);
    expect(history.redo()).toBe(true);
    expect(place("a")).toEqual([5, 5, 1, 1]);
    expect(history.redo()).toBe(false);
  });

  it("makes one step of a group and takes it back at once", () => {
    const { store, history, place } = board([["a", box([0, 0, 1, 1])]]);
    history.begin();
    for (let i = 1; i <= 20; i++) store.apply([["a", { g: [i, 0, 1, 1] }]], "local");
    store.apply([["n", box([0, 0, 1, 1])]], "local");
    history.end();
    expect(history.undo()).toBe(true);
    expect(place("a")).toEqual([0, 0, 1, 1]);
    expect(store.records.has("n")).toBe(false);
    expect(history.canUndo.get()).toBe(false);
  });

  it("never takes back what others did, and leaves a property alone that others wrote later", () => {
    const { store, history, place } = board([
      ["a", box([0, 0, 1, 1])],
      ["b", box([0, 0, 1, 1])],
    ]);
    store.apply([["a", { g: [1, 1, 1, 1], hue: "red" }]], "local");
    store.apply(
      [
        ["a", { g: [7, 7, 1, 1] }],
        ["b", { g: [3, 3, 1, 1] }],
      ],
      "remote",
    );
    history.undo();
    expect(place("a")).toEqual([7, 7, 1, 1]);
    expect((store.records.get("a") as { hue?: string }).hue).toBeUndefined();
    expect(place("b")).toEqual([3, 3, 1, 1]);
  });

  it("passes over steps of which others have left nothing", () => {
    const { store, history, place } = board([
      ["a", box([0, 0, 1, 1])],
      ["b", box([0, 0, 1, 1])],
    ]);
    store.apply([["b", { g: [2, 2, 1, 1] }]], "local");
    store.apply([["a", { g: [1, 1, 1, 1] }]], "local");
    store.apply([["a", null]], "remote");
    expect(history.undo()).toBe(true);
    expect(place("b")).toEqual([0, 0, 1, 1]);
    expect(store.records.has("a")).toBe(false);
  });

  it("does not take a reload of the same board for the work of others", () => {
    const { store, history, place } = board([["a", box([0, 0, 1, 1])]]);
    store.apply([["a", { g: [1, 1, 1, 1] }]], "local");
    store.replaceAll(new Map([...store.records].map(([id, record]) => [id, { ...record }])));
    history.undo();
    expect(place("a")).toEqual([0, 0, 1, 1]);
  });

  it("undone and redone to the ends gives the first and the last board, for any edits", () => {
    const patch = fc.oneof(
      fc.record({ g: fc.tuple(fc.nat(50), fc.nat(50), fc.constant(9), fc.constant(9)) }),
      fc.record({ hue: fc.constantFrom("red", "blue", null) }),
      fc.constant(null),
      fc.tuple(fc.nat(50), fc.nat(50)).map(([x, y]) => box([x, y, 5, 5])),
    );
    const edits = fc.array(
      fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), patch), { minLength: 1, maxLength: 4 }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(edits, fc.boolean(), (batches, grouped) => {
        const { store, history } = board([["a", box([0, 0, 1, 1])]]);
        const first = serializeRecords(store.records);
        if (grouped) history.begin();
        for (const batch of batches) store.apply(batch, "local");
        if (grouped) history.end();
        const last = serializeRecords(store.records);
        while (history.undo());
        expect(serializeRecords(store.records)).toBe(first);
        while (history.redo());
        expect(serializeRecords(store.records)).toBe(last);
      }),
    );
  });
});
