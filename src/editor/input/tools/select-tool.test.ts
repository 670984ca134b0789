import { expect, test } from "vitest";
import { createTestEditor } from "../test-editor";

function twoBoxes() {
  const t = createTestEditor();
  t.load({ a: ["rectangle", 100, 100, 100, 60], b: ["rectangle", 300, 100, 100, 60] });
  return t;
}

test("a click selects, Shift adds and takes away, a click on nothing clears", () => {
  const t = twoBoxes();
  t.click(150, 130);
  expect(t.editor.view().selection).toEqual(["a"]);
  t.click(350, 130, { shift: true });
  expect(t.editor.view().selection).toEqual(["a", "b"]);
  t.click(150, 130, { shift: true });
  expect(t.editor.view().selection).toEqual(["b"]);
  t.click(600, 600);
  expect(t.editor.view().selection).toEqual([]);
});

test("dragging a shape writes nothing until it is released, and then one step", () => {
  const t = twoBoxes();
  const before = t.state();
  t.down(150, 130);
  t.move(200, 180);
  t.move(250, 230);
  expect(t.state()).toBe(before);
  expect(t.editor.box("a")).toMatchObject({ x: 200, y: 200 });
  t.up(250, 230);
  expect(t.place("a")).toEqual([200, 200, 100, 60]);
  expect(t.place("b")).toEqual([300, 100, 100, 60]);
  t.editor.run("undo");
  expect(t.state()).toBe(before);
});

test("Escape in the middle of a drag restores what was", () => {
  const t = twoBoxes();
  const before = t.state();
  t.down(150, 130);
  t.move(250, 230);
  expect(t.key("Escape")).toBe(true);
  expect(t.editor.box("a")).toMatchObject({ x: 100, y: 100 });
  t.up(250, 230);
  expect(t.state()).toBe(before);
  expect(t.editor.view().canUndo).toBe(false);
});

test("a trembling hand does not move what it clicks", () => {
  const t = twoBoxes();
  const before = t.state();
  t.down(150, 130);
  t.move(152, 131);
  t.up(152, 131);
  expect(t.state()).toBe(before);
});

test("dragging one of several selected shapes moves all of them", () => {
  const t = twoBoxes();
  t.editor.select(["a", "b"]);
  t.drag([150, 130], [150, 230]);
  expect(t.place("a")).toEqual([100, 200, 100, 60]);
  expect(t.place("b")).toEqual([300, 200, 100, 60]);
});

test("Shift keeps a drag to one axis, and counts from the moment it is pressed without the hand moving", () => {
  const t = twoBoxes();
  t.down(150, 130);
  t.move(250, 160);
  expect(t.editor.box("a")).toMatchObject({ x: 200, y: 130 });
  t.editor.input({ type: "keydown", key: "Shift", repeat: false, shift: true, alt: false, mod: false });
  expect(t.editor.box("a")).toMatchObject({ x: 200, y: 100 });
  t.up(250, 160, { shift: true });
  expect(t.place("a")).toEqual([200, 100, 100, 60]);
});

test("Alt drags a copy, selects it and leaves the original", () => {
  const t = twoBoxes();
  t.drag([150, 130], [150, 430], { alt: true });
  expect(t.store.records.size).toBe(3);
  expect(t.place("a")).toEqual([100, 100, 100, 60]);
  const [copy = ""] = t.editor.view().selection;
  expect(t.place(copy)).toEqual([100, 400, 100, 60]);
  t.editor.run("undo");
  expect(t.store.records.size).toBe(2);
});

test("the lower right handle resizes; Shift keeps the proportions, Alt the centre", () => {
  const t = twoBoxes();
  t.click(150, 130);
  t.drag([200, 160], [240, 200]);
  expect(t.place("a")).toEqual([100, 100, 140, 100]);
  t.editor.run("undo");
  t.drag([200, 160], [300, 160], { shift: true });
  expect(t.place("a")).toEqual([100, 100, 200, 120]);
  t.editor.run("undo");
  t.drag([200, 160], [210, 170], { alt: true });
  expect(t.place("a")).toEqual([90, 90, 120, 80]);
});

test("resizing past the opposite side stops at the least size instead of turning over", () => {
  const t = twoBoxes();
  t.click(150, 130);
  t.drag([200, 160], [-500, -500]);
  expect(t.place("a")).toEqual([100, 100, 8, 8]);
});

test("a group is resized in proportion", () => {
  const t = twoBoxes();
  t.editor.select(["a", "b"]);
  t.drag([400, 160], [700, 220]);
  expect(t.place("a")).toEqual([100, 100, 200, 120]);
  expect(t.place("b")).toEqual([500, 100, 200, 120]);
});

test("a brush selects what it touches, and Escape brings the selection before back", () => {
  const t = twoBoxes();
  t.drag([50, 50], [250, 250]);
  expect(t.editor.view().selection).toEqual(["a"]);
  t.down(280, 50);
  t.move(500, 300);
  expect(t.editor.view().selection).toEqual(["b"]);
  t.key("Escape");
  t.up(500, 300);
  expect(t.editor.view().selection).toEqual([]);
});

test("a second finger gives up the drag of the first", () => {
  const t = twoBoxes();
  const before = t.state();
  t.down(150, 130, { kind: "touch" });
  t.move(250, 230, { kind: "touch" });
  t.editor.input({
    type: "down",
    id: 2,
    kind: "touch",
    button: "main",
    x: 500,
    y: 500,
    pressure: 0.5,
    time: 0,
    shift: false,
    alt: false,
    mod: false,
  });
  t.up(250, 230, { kind: "touch" });
  expect(t.state()).toBe(before);
});

test("the middle button, and any button while Space is held, pans in every tool", () => {
  const t = twoBoxes();
  t.editor.run("tool.rectangle");
  t.drag([500, 500], [450, 480], { button: "middle" });
  expect(t.editor.view().camera).toMatchObject({ x: 50, y: 20, zoom: 1 });
  t.editor.input({ type: "keydown", key: " ", repeat: false, shift: false, alt: false, mod: false });
  t.drag([500, 500], [550, 520]);
  expect(t.editor.view().camera).toMatchObject({ x: 0, y: 0 });
  expect(t.store.records.size).toBe(2);
  expect(t.editor.view().tool).toBe("rectangle");
});

test("a viewer selects and looks around, and changes nothing", () => {
  const t = createTestEditor({ readOnly: true });
  t.load({ a: ["rectangle", 100, 100, 100, 60] });
  const before = t.state();
  t.drag([150, 130], [400, 400]);
  t.doubleClick(150, 130);
  t.doubleClick(600, 600);
  for (const key of ["Delete", "r", "x", "Enter"]) t.key(key);
  t.drag([500, 500], [600, 600]);
  expect(t.state()).toBe(before);
  expect(t.editor.view().tool).toBe("select");
  t.click(150, 130);
  expect(t.editor.view().selection).toEqual(["a"]);
});

test("others are told of the drag while it lasts and that it ended", () => {
  const t = twoBoxes();
  t.down(150, 130);
  t.move(250, 230);
  t.frame();
  expect(t.told.at(-1)?.drag).toEqual([["a", { g: [200, 200, 100, 60] }]]);
  t.up(250, 230);
  t.frame();
  expect(t.told.at(-1)?.drag).toEqual([]);
});
