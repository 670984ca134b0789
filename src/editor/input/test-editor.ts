import { createEditor } from "#editor/editor";
import type { PresenceUpdate } from "#editor/presence";
import { createStore } from "#editor/engine/store";
import type { BoxKind, ShapeRecord } from "#editor/model/record";
import { serializeRecords } from "#editor/model/snapshot";
import { zKeysBetween } from "#editor/model/z-order";
import type { RawPointer } from "./events";

interface Held {
  readonly shift?: boolean;
  readonly alt?: boolean;
  readonly mod?: boolean;
  readonly button?: RawPointer["button"];
  readonly kind?: RawPointer["kind"];
  readonly digit?: string;
}

/**
 * A whole editor for tests: real store, engine and tools; only clock, ids, frames and the measure of text are
 * made up. The view is 1000 by 800, the camera starts at the origin at 100 %, so screen and world agree.
 */
export function createTestEditor(options: { readonly readOnly?: boolean; readonly zSuffix?: string } = {}) {
  const store = createStore();
  let time = 0;
  let ids = 0;
  let frames: (() => void)[] = [];
  const told: PresenceUpdate[] = [];
  const editor = createEditor({
    store,
    readOnly: options.readOnly ?? false,
    zSuffix: options.zSuffix ?? "",
    now: () => time,
    newId: () => `s${++ids}`,
    measureText: (text, font) => text.length * font.size * 0.5,
    createLayer: () => {
      throw new Error("Nothing is drawn in this test.");
    },
    requestFrame(callback) {
      frames.push(callback);
      return () => {
        frames = frames.filter((other) => other !== callback);
      };
    },
    still: () => true,
    onPresence: (update) => told.push(update),
  });
  editor.resize(1000, 800, 1);

  function point(type: RawPointer["type"], x: number, y: number, held: Held = {}): void {
    editor.input({
      type,
      id: 1,
      kind: held.kind ?? "mouse",
      button: held.button ?? "main",
      x,
      y,
      pressure: 0.5,
      time,
      shift: held.shift ?? false,
      alt: held.alt ?? false,
      mod: held.mod ?? false,
    });
  }

  const test = {
    editor,
    store,
    told,
    down: (x: number, y: number, held?: Held) => point("down", x, y, held),
    move: (x: number, y: number, held?: Held) => point("move", x, y, held),
    up: (x: number, y: number, held?: Held) => point("up", x, y, held),
    /** A click long after the one before. */
    click(x: number, y: number, held?: Held): void {
      time += 1000;
      point("down", x, y, held);
      point("up", x, y, held);
    },
    doubleClick(x: number, y: number): void {
      test.click(x, y);
      time += 100;
      point("down", x, y);
      point("up", x, y);
    },
    drag(from: readonly [number, number], to: readonly [number, number], held?: Held): void {
      time += 1000;
      point("move", ...from);
      point("down", ...from, held);
      point("move", (from[0] + to[0]) / 2, (from[1] + to[1]) / 2, held);
      point("move", ...to, held);
      point("up", ...to, held);
    },
    key(key: string, held: Held = {}): boolean {
      const { shift = false, alt = false, mod = false, digit } = held;
      const rest = { key, repeat: false, shift, alt, mod, ...(digit !== undefined && { digit }) };
      const used = editor.input({ type: "keydown", ...rest });
      editor.input({ type: "keyup", ...rest });
      return used;
    },
    /** Runs everything that waits for the next frame. */
    frame(): void {
      time += 16;
      for (const callback of frames.splice(0)) callback();
    },
    /** Puts boxes on the board as if it had been loaded with them. */
    load(
      shapes: Readonly<Record<string, readonly [kind: BoxKind, x: number, y: number, w: number, h: number]>>,
    ): void {
      const keys = zKeysBetween(null, null, Object.keys(shapes).length);
      const records = Object.entries(shapes).map(([id, [kind, ...g]], index): [string, ShapeRecord] => [
        id,
        { kind, g, z: keys[index] ?? "a0" },
      ]);
      store.replaceAll(new Map(records));
    },
    record: (id: string): ShapeRecord | undefined => store.records.get(id),
    /** The box of a shape that has one. */
    place(id: string): readonly number[] | undefined {
      const record = store.records.get(id);
      return record && "g" in record ? record.g : undefined;
    },
    /** The whole board as text, to compare states. */
    state: (): string => serializeRecords(new Map([...store.records].sort(([a], [b]) => (a < b ? -1 : 1)))),
    undoAll(): void {
      while (editor.view().canUndo) editor.run("undo");
    },
  };
  return test;
}
