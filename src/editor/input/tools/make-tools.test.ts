import { expect, test } from "vitest";
import { createTestEditor } from "../test-editor";

function made(t: ReturnType<typeof createTestEditor>) {
  const [id = ""] = t.editor.view().selection;
  return { id, record: t.record(id) };
}

test("a drag makes the shape from corner to corner, whichever way it goes, and the tool goes back to select", () => {
  const t = createTestEditor();
  t.key("r");
  t.drag([300, 300], [100, 200]);
  expect(made(t).record).toMatchObject({ kind: "rectangle", g: [100, 200, 200, 100] });
  expect(t.editor.view().tool).toBe("select");
  t.editor.run("undo");
  expect(t.store.records.size).toBe(0);
});

test.each([
  ["o", "ellipse"],
  ["d", "diamond"],
])("%s makes an %s of the usual size around a click", (key, kind) => {
  const t = createTestEditor();
  t.key(key);
  t.click(400, 300);
  const { record } = made(t);
  expect(record?.kind).toBe(kind);
  const [x, y, w, h] = t.place(made(t).id) as [number, number, number, number];
  expect([x + w / 2, y + h / 2]).toEqual([400, 300]);
});

test("Shift makes the sides even, Alt grows from the centre", () => {
  const t = createTestEditor();
  t.key("r");
  t.drag([100, 100], [200, 150], { shift: true });
  expect(t.place(made(t).id)).toEqual([100, 100, 100, 100]);
  t.key("Escape");
  t.key("r");
  t.drag([500, 500], [550, 520], { alt: true });
  expect(t.place(made(t).id)).toEqual([450, 480, 100, 40]);
});

test("Escape gives up the shape being drawn, and then the tool", () => {
  const t = createTestEditor();
  t.key("r");
  t.down(100, 100);
  t.move(300, 300);
  t.key("Escape");
  t.up(300, 300);
  expect(t.store.records.size).toBe(0);
  t.key("o");
  expect(t.editor.view().tool).toBe("ellipse");
  t.key("Escape");
  expect(t.editor.view().tool).toBe("select");
});

test("a note opens for writing at once, and note and words are one step of undo", () => {
  const t = createTestEditor();
  t.key("n");
  t.click(400, 300);
  expect(t.editor.view().editing).not.toBeNull();
  t.editor.typeText("Ask Ines");
  t.editor.endText();
  expect(made(t).record).toMatchObject({ kind: "note", text: "Ask Ines" });
  t.editor.run("undo");
  expect(t.store.records.size).toBe(0);
  t.editor.run("redo");
  expect([...t.store.records.values()][0]).toMatchObject({ kind: "note", text: "Ask Ines" });
});

test("a connector between two shapes is tied to both and follows them", () => {
  const t = createTestEditor();
  t.load({ a: ["rectangle", 100, 100, 100, 60], b: ["rectangle", 400, 100, 100, 60] });
  t.key("c");
  t.drag([150, 130], [450, 130]);
  const { id, record } = made(t);
  expect(record).toMatchObject({ kind: "connector", from: { id: "a" }, to: { id: "b" } });
  t.click(700, 700);
  t.drag([450, 130], [450, 430]);
  expect(t.record(id)).toMatchObject({ from: { id: "a" }, to: { id: "b" } });
  expect(t.editor.box(id)?.height).toBeGreaterThan(200);
});

test("a connector's end near the middle of a side keeps to that side", () => {
  const t = createTestEditor();
  t.load({ a: ["rectangle", 100, 100, 100, 60], b: ["rectangle", 400, 100, 100, 60] });
  t.key("c");
  t.drag([150, 130], [450, 158]);
  expect(made(t).record).toMatchObject({ to: { id: "b", side: "bottom" } });
});

test("a connector may hang free, and its end can be tied later", () => {
  const t = createTestEditor();
  t.load({ a: ["rectangle", 100, 100, 100, 60], b: ["rectangle", 400, 400, 100, 60] });
  t.key("c");
  t.drag([150, 130], [300, 300]);
  const { id } = made(t);
  expect(t.record(id)).toMatchObject({ from: { id: "a" }, to: [300, 300] });
  t.drag([300, 300], [450, 430]);
  expect(t.record(id)).toMatchObject({ from: { id: "a" }, to: { id: "b" } });
});

test("a click with the connector leaves nothing behind and keeps the tool", () => {
  const t = createTestEditor();
  t.key("c");
  t.click(300, 300);
  expect(t.store.records.size).toBe(0);
  expect(t.editor.view().tool).toBe("connector");
});

test("the plus beside a shape adds one like it, tied to it, ready to write in", () => {
  const t = createTestEditor();
  t.load({ a: ["diamond", 100, 100, 120, 80] });
  t.editor.select(["a"]);
  t.click(220 + 26, 140);
  expect(t.store.records.size).toBe(3);
  const { id, record } = made(t);
  expect(record).toMatchObject({ kind: "diamond" });
  expect(t.place(id)).toEqual([300, 100, 120, 80]);
  const line = [...t.store.records.values()].find((other) => other.kind === "connector");
  expect(line).toMatchObject({ from: { id: "a", side: "right" }, to: { id, side: "left" } });
  expect(t.editor.view().editing?.id).toBe(id);
  t.editor.endText();
  t.editor.run("undo");
  expect(t.store.records.size).toBe(1);
});

test("quick-add steps aside from what is already there", () => {
  const t = createTestEditor();
  t.load({ a: ["rectangle", 100, 100, 100, 60] });
  const places: (readonly number[] | undefined)[] = [];
  for (let i = 0; i < 3; i++) {
    t.editor.select(["a"]);
    t.key("ArrowRight", { mod: true });
    places.push(t.place(made(t).id));
    t.editor.endText();
  }
  expect(new Set(places.map(String)).size).toBe(3);
});

test("the pen leaves one stroke a press and stays in hand", () => {
  const t = createTestEditor();
  t.key("p");
  t.drag([100, 100], [200, 150]);
  t.drag([300, 100], [200, 250]);
  const strokes = [...t.store.records.values()];
  expect(strokes.map(({ kind }) => kind)).toEqual(["draw", "draw"]);
  expect(strokes[0]).toMatchObject({ g: [100, 100, 100, 50] });
  expect(t.editor.view().tool).toBe("draw");
  t.editor.run("undo");
  expect(t.store.records.size).toBe(1);
});

test("a pen that only touches leaves a dot", () => {
  const t = createTestEditor();
  t.key("p");
  t.click(100, 100);
  expect(t.store.records.size).toBe(1);
});
