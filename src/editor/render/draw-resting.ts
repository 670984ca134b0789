import type { BoardIndex } from "#editor/engine/board-index";
import type { DrawView } from "#editor/shapes/definition";
import { tonesOf } from "#editor/shapes/look";
import type { Painter2D } from "#editor/shapes/painter";
import { shapeOf } from "#editor/shapes/registry";

/** A shape smaller than this on the screen, in device pixels, is a speck of its colour. */
const speckPixels = 2;

/** Draws one stored shape with as much detail as can be seen. */
export function drawResting(painter: Painter2D, id: string, view: DrawView, index: BoardIndex): void {
  const record = view.scene.find(id);
  const box = index.bounds(id);
  if (!record || !box) return;
  if (Math.max(box[2], box[3]) * view.scale < speckPixels) {
    const tones = tonesOf(record, view.theme);
    painter.fillStyle = record.kind === "note" ? tones.note : tones.stroke;
    const side = 1 / view.scale;
    painter.fillRect(box[0], box[1], Math.max(side, box[2]), Math.max(side, box[3]));
    return;
  }
  shapeOf(record).draw(painter, record, view);
}
