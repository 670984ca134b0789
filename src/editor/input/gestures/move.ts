import type { Vec } from "#editor/math/vec";
import type { ShapeOp } from "#editor/model/ops";
import type { ShapeRecord } from "#editor/model/record";
import { shapeOf } from "#editor/shapes/registry";

/** Stored coordinates keep a tenth of a unit: finer is never seen, and costs bytes in every frame. */
export const tidy = (value: number): number => Math.round(value * 10) / 10;

/**
 * Operations that carry the shapes by a distance. A connector follows the shapes it is tied to, so only its free
 * ends move, and only when it is among the shapes itself.
 */
export function moveOps(
  records: ReadonlyMap<string, ShapeRecord>,
  ids: Iterable<string>,
  by: Vec,
): ShapeOp[] {
  const whole: Vec = [tidy(by[0]), tidy(by[1])];
  const ops: ShapeOp[] = [];
  if (whole[0] === 0 && whole[1] === 0) return ops;
  for (const id of ids) {
    const record = records.get(id);
    const patch = record && shapeOf(record).move(record, whole);
    if (patch) ops.push([id, patch]);
  }
  return ops;
}

/** Keeps a movement to the axis it mostly follows: what Shift does while dragging. */
export function alongAxis([dx, dy]: Vec): Vec {
  return Math.abs(dx) >= Math.abs(dy) ? [dx, 0] : [0, dy];
}
