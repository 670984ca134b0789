import type { MeasureText } from "#editor/geometry/text-layout";
import type { ShapeOp, ShapePatch } from "#editor/model/ops";
import { createScene } from "#editor/shapes/scene";
import { createBoardIndex } from "./board-index";
import { createHistory } from "./history";
import { createSelection } from "./selection";
import { createStore } from "./store";

/** Every character is half as wide as it is high. */
const measure: MeasureText = (text, font) => text.length * font.size * 0.5;

/** A whole rectangle as a patch. */
export const box = (g: readonly number[], more: ShapePatch = {}): ShapePatch => ({
  kind: "rectangle",
  g,
  z: "a0",
  ...more,
});

/** A whole connector between two shapes as a patch. */
export const tie = (from: string, to: string): ShapePatch => ({
  kind: "connector",
  z: "a5",
  from: { id: from },
  to: { id: to },
});

/** A store with all that follows it, holding the given shapes. */
export function board(ops: readonly ShapeOp[] = []) {
  const store = createStore();
  const scene = createScene((id) => store.records.get(id), measure);
  const index = createBoardIndex(store, scene);
  const selection = createSelection(store);
  const history = createHistory(store, selection);
  if (ops.length > 0) store.apply(ops, "load");
  const place = (id: string) => (store.records.get(id) as { g?: unknown } | undefined)?.g;
  return { store, scene, index, selection, history, place };
}
