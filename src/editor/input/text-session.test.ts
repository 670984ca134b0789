import { expect, test } from "vitest";
import { createTestEditor } from "./test-editor";

function box() {
  const t = createTestEditor();
  t.load({ a: ["rectangle", 100, 100, 100, 60] });
  return t;
}

test("typing with a shape selected begins its text with that letter, tool letters included", () => {
  const t = box();
  t.click(150, 130);
  t.key("r");
  expect(t.editor.view().editing).toMatchObject({ id: "a", text: "r", fresh: true });
  expect(t.editor.view().tool).toBe("select");
  t.key("e");
  t.editor.endText();
  expect(t.record("a")).toMatchObject({ text: "re" });
});

test("a double click opens the words, Enter does the same", () => {
  const t = box();
  t.doubleClick(150, 130);
  expect(t.editor.view().editing).toMatchObject({ id: "a", text: "" });
  t.editor.endText();
  expect(t.editor.view().editing).toBeNull();
  t.key("Enter");
  expect(t.editor.view().editing?.id).toBe("a");
});

test("a press elsewhere writes what was typed", () => {
  const t = box();
  t.doubleClick(150, 130);
  t.editor.typeText("Cart");
  t.click(600, 600);
  expect(t.record("a")).toMatchObject({ text: "Cart" });
  t.editor.run("undo");
  expect(t.record("a")).not.toHaveProperty("text");
});

test("a shape grows with its words, while typing and after", () => {
  const t = box();
  t.doubleClick(150, 130);
  t.editor.typeText("one two three four five six seven eight nine ten eleven twelve");
  const shown = t.editor.box("a")?.height ?? 0;
  expect(shown).toBeGreaterThan(60);
  t.editor.endText();
  expect(t.place("a")?.[3]).toBe(shown);
});

test("words taken away leave no empty property", () => {
  const t = box();
  t.doubleClick(150, 130);
  t.editor.typeText("x");
  t.editor.endText();
  t.doubleClick(150, 130);
  t.editor.typeText("");
  t.editor.endText();
  expect(t.record("a")).not.toHaveProperty("text");
});

test("a double click on the empty board writes there; left blank it is as if nothing had been", () => {
  const t = createTestEditor();
  t.doubleClick(400, 300);
  expect(t.editor.view().editing).not.toBeNull();
  t.editor.endText();
  expect(t.store.records.size).toBe(0);
  t.doubleClick(400, 300);
  t.editor.typeText("Here");
  t.editor.endText();
  expect([...t.store.records.values()]).toMatchObject([{ kind: "text", text: "Here" }]);
});

test("the shape that somebody else deletes while one writes in it takes the field along", () => {
  const t = box();
  t.doubleClick(150, 130);
  t.editor.typeText("Cart");
  t.store.apply([["a", null]], "remote");
  expect(t.editor.view().editing).toBeNull();
  t.editor.endText();
  expect(t.store.records.size).toBe(0);
  expect(t.editor.run("undo")).toBe(false);
});

test("control characters that were pasted into the field do not reach the board", () => {
  const t = box();
  t.doubleClick(150, 130);
  t.editor.typeText("a\u0000b\r\nc");
  t.editor.endText();
  expect(t.record("a")).toMatchObject({ text: "ab\nc" });
});
