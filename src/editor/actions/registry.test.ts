import { expect, test } from "vitest";
import { createTestEditor } from "#editor/input/test-editor";
import { ACTIONS, listHelp } from "./registry";

function board() {
  const t = createTestEditor();
  t.load({
    a: ["rectangle", 100, 100, 100, 60],
    b: ["note", 300, 100, 100, 100],
    c: ["text", 100, 300, 80, 26],
  });
  return t;
}

test("ids are unique and every action can be asked for by its id", () => {
  const t = board();
  expect(new Set(ACTIONS.map(({ id }) => id)).size).toBe(ACTIONS.length);
  for (const { id } of ACTIONS) expect(t.editor.action(id).id).toBe(id);
  expect(() => t.editor.action("no.such")).toThrow("no.such");
});

test("the help sheet names every tool and shows no line twice", () => {
  const lines = listHelp().flatMap((group) => group.lines.map(({ label }) => label));
  expect(new Set(lines).size).toBe(lines.length);
  expect(lines).toEqual(
    expect.arrayContaining(["Sticky note", "Rectangle", "Connector", "Pen", "Undo", "Nudge by 10"]),
  );
});

test.each([
  ["v", "select"],
  ["h", "hand"],
  ["n", "note"],
  ["r", "rectangle"],
  ["o", "ellipse"],
  ["d", "diamond"],
  ["t", "text"],
  ["c", "connector"],
  ["a", "connector"],
  ["p", "draw"],
])("the letter %s takes the tool %s", (key, tool) => {
  const t = board();
  expect(t.key(key)).toBe(true);
  expect(t.editor.view().tool).toBe(tool);
  expect(t.editor.view().announcement).toBe(`Tool: ${t.editor.action(`tool.${tool}`).label}`);
  t.key("Escape");
  expect(t.editor.view().announcement).toBe(tool === "select" ? "" : "Tool: Select");
});

test.each([
  ["n", "note"],
  ["r", "rectangle"],
  ["o", "ellipse"],
  ["d", "diamond"],
  ["t", "text"],
])("%s and Enter place a %s in the middle of the empty board, ready to write in", (key, kind) => {
  const t = createTestEditor();
  t.key(key);
  expect(t.key("Enter")).toBe(true);
  const { selection, editing, tool, announcement } = t.editor.view();
  expect([...t.store.records.values()]).toMatchObject([{ kind }]);
  expect(selection).toEqual([...t.store.records.keys()]);
  expect(editing?.id).toBe(selection[0]);
  expect([tool, announcement]).toEqual(["select", `${kind} placed`]);
  const [x = 0, y = 0, w = 0, h = 0] = t.place(selection[0] ?? "") ?? [];
  expect([kind === "text" ? x : x + w / 2, y + h / 2]).toEqual([500, 400]);
  t.editor.typeText("Cart");
  t.editor.endText();
  t.editor.run("undo");
  expect(t.store.records.size).toBe(0);
});

test("a shape placed by Enter steps aside from what is there, and the view follows it", () => {
  const t = createTestEditor();
  for (let i = 0; i < 9; i++) {
    t.key("r");
    t.key("Enter");
    t.editor.endText();
    const [x = 0, , w = 0] = t.place(t.editor.view().selection[0] ?? "") ?? [];
    const left = t.editor.view().camera.x;
    expect([x >= left, x + w <= left + 1000]).toEqual([true, true]);
    t.key("Escape");
  }
  const boxes = [...t.store.records.keys()].map((id) => t.place(id) ?? []);
  const edges = boxes.map(([x = 0, , w = 0]) => [x, x + w]).sort(([a = 0], [b = 0]) => a - b);
  // Left and right edges in order: no box begins before the one to its left ends.
  expect(edges.flat()).toEqual(edges.flat().sort((a, b) => a - b));
  expect(new Set(edges.flat()).size).toBe(18);
});

test("c and Enter connect two selected shapes in the order of their selection", () => {
  const t = board();
  t.editor.select(["b", "a"]);
  t.key("c");
  expect(t.key("Enter")).toBe(true);
  const { selection, tool, announcement } = t.editor.view();
  expect(t.record(selection[0] ?? "")).toMatchObject({
    kind: "connector",
    from: { id: "b" },
    to: { id: "a" },
  });
  expect([tool, announcement]).toEqual(["select", "Connector placed"]);
  t.editor.run("undo");
  expect(t.store.records.size).toBe(3);
});

test("a viewer's Enter places nothing", () => {
  const t = createTestEditor({ readOnly: true });
  t.key("r");
  expect(t.key("Enter")).toBe(false);
  expect(t.store.records.size).toBe(0);
});

test("what was said of one selection is not said of the next", () => {
  const t = board();
  t.editor.select(["a"]);
  t.key("Delete");
  expect(t.editor.view().announcement).toBe("1 shape deleted");
  t.click(350, 150);
  expect(t.editor.view()).toMatchObject({ selection: ["b"], announcement: "" });
});

test("arrows nudge by 1, with Shift by 10", () => {
  const t = board();
  t.editor.select(["a", "b"]);
  t.key("ArrowRight");
  t.key("ArrowDown", { shift: true });
  expect(t.place("a")).toEqual([101, 110, 100, 60]);
  expect(t.place("b")).toEqual([301, 110, 100, 100]);
  t.undoAll();
  expect(t.place("a")).toEqual([100, 100, 100, 60]);
});

test("delete takes the selection away and loosens connectors; one undo brings all back", () => {
  const t = board();
  t.store.apply([["l", { kind: "connector", z: "b00", from: { id: "a" }, to: { id: "b" } }]], "load");
  const before = t.state();
  t.editor.select(["a"]);
  t.key("Delete");
  expect(t.record("a")).toBeUndefined();
  expect(t.record("l")).toMatchObject({ to: { id: "b" } });
  expect(Array.isArray((t.record("l") as { from: unknown }).from)).toBe(true);
  t.key("z", { mod: true });
  expect(t.state()).toBe(before);
});

test("duplicate copies shapes with the ties among them and keeps ties to the outside", () => {
  const t = board();
  t.store.apply([["l", { kind: "connector", z: "b00", from: { id: "a" }, to: { id: "b" } }]], "load");
  t.editor.select(["a", "l"]);
  t.key("d", { mod: true });
  const copies = t.editor.view().selection;
  expect(copies).toHaveLength(2);
  const line = copies.map((id) => t.record(id)).find((record) => record?.kind === "connector");
  const shape = copies.find((id) => t.record(id)?.kind === "rectangle");
  expect(line).toMatchObject({ from: { id: shape }, to: { id: "b" } });
});

test("bring to front and send to back keep the order within the selection", () => {
  const t = board();
  const order = () => [...t.store.records].sort(([, x], [, y]) => (x.z < y.z ? -1 : 1)).map(([id]) => id);
  t.editor.select(["a", "b"]);
  t.key("]", { mod: true });
  expect(order()).toEqual(["c", "a", "b"]);
  t.editor.select(["b"]);
  t.key("[", { mod: true });
  expect(order()).toEqual(["b", "c", "a"]);
});

test("a hue is given to the selection and remembered for the next shape of that kind", () => {
  const t = board();
  t.editor.select(["a"]);
  t.editor.run("hue.teal");
  expect(t.record("a")).toMatchObject({ hue: "teal" });
  expect(t.editor.view().hue).toBe("teal");
  t.key("Escape");
  t.key("r");
  t.drag([500, 500], [600, 600]);
  expect(t.record(t.editor.view().selection[0] ?? "")).toMatchObject({ hue: "teal" });
});

test("select all takes everything, Escape lets go of it", () => {
  const t = board();
  t.key("a", { mod: true });
  expect(t.editor.view().selection).toHaveLength(3);
  t.key("Escape");
  expect(t.editor.view().selection).toEqual([]);
});

test("Enter takes the first shape, Tab walks in reading order and leaves the board at its ends", () => {
  const t = board();
  expect(t.key("Tab")).toBe(false);
  t.key("Enter");
  expect(t.editor.view().selection).toEqual(["a"]);
  expect(t.key("Tab")).toBe(true);
  expect(t.key("Tab")).toBe(true);
  expect(t.editor.view().selection).toEqual(["c"]);
  expect(t.key("Tab")).toBe(false);
  t.key("Tab", { shift: true });
  expect(t.editor.view().selection).toEqual(["b"]);
});

test("the zoom keys change the camera around the middle and show the board", () => {
  const t = board();
  t.key("+", { mod: true });
  expect(t.editor.view().camera.zoom).toBe(1.25);
  t.key("0", { mod: true });
  expect(t.editor.view().camera.zoom).toBe(1);
  t.key("!", { shift: true, digit: "1" });
  const { x, y, zoom } = t.editor.view().camera;
  expect([x <= 100, y <= 100, x + 1000 / zoom >= 400, y + 800 / zoom >= 326]).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test("copied shapes are pasted under the pointer, and foreign words become a text", () => {
  const t = board();
  t.editor.select(["a", "b"]);
  const copied = t.editor.copy();
  if (!copied) throw new Error("nothing was copied");
  t.move(600, 600);
  expect(t.editor.paste(copied)).toBe(true);
  expect(t.store.records.size).toBe(5);
  expect(t.editor.view().selection).toHaveLength(2);
  expect(t.editor.paste({ shapes: "", text: "Hello\u0007" })).toBe(true);
  expect(t.record(t.editor.view().selection[0] ?? "")).toMatchObject({ kind: "text", text: "Hello" });
  expect(t.editor.paste({ shapes: "{", text: "" })).toBe(false);
});

test("pasted shapes get keys of this client's own, so that two who paste at once keep an order", () => {
  const t = createTestEditor({ zSuffix: "x7" });
  t.load({ a: ["rectangle", 100, 100, 100, 60] });
  t.editor.select(["a"]);
  t.editor.paste(t.editor.copy() ?? { shapes: "", text: "" });
  expect(t.record(t.editor.view().selection[0] ?? "")?.z).toMatch(/x7$/);
});

test("copy, cut and paste are left to the browser, which alone may touch the clipboard", () => {
  const t = board();
  t.editor.select(["a"]);
  expect(t.key("c", { mod: true })).toBe(false);
  expect(t.key("x", { mod: true })).toBe(false);
  expect(t.store.records.size).toBe(3);
});

test("an action that is not possible now is refused", () => {
  const t = board();
  expect(t.editor.run("delete")).toBe(false);
  expect(t.editor.run("undo")).toBe(false);
});
