import { expect, test } from "vitest";
import { ACTIONS } from "#editor/actions/registry";
import { parseOps } from "#editor/model/ops";
import { createTestEditor } from "./test-editor";

/** A small generator with a seed, so that a failure can be run again. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const KEYS = [
  "v",
  "h",
  "n",
  "r",
  "o",
  "d",
  "t",
  "c",
  "p",
  "Escape",
  "Delete",
  "Enter",
  "Tab",
  "ArrowLeft",
  " ",
];

function oneStep(t: ReturnType<typeof createTestEditor>, random: () => number): void {
  const place = (): [number, number] => [Math.round(random() * 1000), Math.round(random() * 800)];
  const held = { shift: random() < 0.2, alt: random() < 0.2 };
  const choice = random();
  if (choice < 0.35) t.drag(place(), place(), held);
  else if (choice < 0.5) t.click(...place(), held);
  else if (choice < 0.55) t.doubleClick(...place());
  else if (choice < 0.62) {
    // A drag that is given up half-way.
    t.down(...place());
    t.move(...place(), held);
    t.key("Escape");
    t.up(...place());
  } else if (choice < 0.78) t.key(KEYS[Math.floor(random() * KEYS.length)] ?? "v", { mod: random() < 0.1 });
  else if (choice < 0.95) t.editor.run(ACTIONS[Math.floor(random() * ACTIONS.length)]?.id ?? "undo");
  else if (t.editor.view().editing) t.editor.typeText("words ".repeat(Math.floor(random() * 30)));
  else
    t.editor.input({
      type: "wheel",
      x: 500,
      y: 400,
      dx: 0,
      dy: (random() - 0.5) * 200,
      shift: false,
      alt: false,
      mod: random() < 0.5,
    });
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "300 random steps keep every rule of the board and can be undone, seed %i",
  (seed) => {
    const random = seeded(seed);
    const t = createTestEditor();
    t.load({
      a: ["rectangle", 100, 100, 100, 60],
      b: ["note", 300, 200, 120, 120],
      c: ["ellipse", 600, 400, 120, 90],
    });
    const before = t.state();
    t.store.onChange(({ ops, dropped, origin }) => {
      if (origin !== "local" && origin !== "undo") return;
      // What the server would refuse must never be written here.
      for (let i = 0; i < ops.length; i += 500) parseOps(JSON.parse(JSON.stringify(ops.slice(i, i + 500))));
      expect(dropped).toEqual([]);
    });
    for (let step = 0; step < 300; step++) {
      oneStep(t, random);
      const { x, y, zoom } = t.editor.view().camera;
      expect([x, y, zoom].every(Number.isFinite)).toBe(true);
      for (const id of t.editor.view().selection) expect(t.store.records.has(id)).toBe(true);
    }
    t.editor.endText();
    t.undoAll();
    expect(t.state()).toBe(before);
  },
);
