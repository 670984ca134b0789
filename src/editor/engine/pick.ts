import { expandBox, type Box } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import { hitsArea } from "#editor/geometry/hit";
import { isBoxRecord } from "#editor/model/record";
import { shapeOf } from "#editor/shapes/registry";
import type { Scene } from "#editor/shapes/scene";
import type { BoardIndex } from "./board-index";

/** How far from a thin line a pointer still hits it, in CSS pixels. */
export const MOUSE_REACH = 6;

/**
 * The shape under a point of the world, the front-most first. The inside of hollow shapes counts only when nothing
 * else is hit, and of several the smallest wins, so that a frame around things does not hide them.
 * @param reach in world units: CSS pixels divided by the zoom.
 */
export function pickAt(
  point: Vec,
  reach: number,
  index: BoardIndex,
  scene: Scene,
  accept: (id: string) => boolean = () => true,
): string | null {
  const near = index.query(expandBox([point[0], point[1], 0, 0], reach)).filter(accept);
  let hollow: string | null = null;
  let hollowArea = Infinity;
  for (let i = near.length - 1; i >= 0; i--) {
    const id = near[i] as string;
    const record = scene.find(id);
    if (!record) continue;
    const shape = shapeOf(record);
    // Area shapes need no reach of their own beyond a little; a thin line needs all of it.
    const own = isBoxRecord(record) ? reach / 2 : reach;
    if (shape.hit(record, point, own, scene)) return id;
    if (!isBoxRecord(record)) continue;
    const area = record.g[2] * record.g[3];
    if (area < hollowArea && hitsArea(shape.path(record, scene), point, 0)) [hollow, hollowArea] = [id, area];
  }
  return hollow;
}

/** Ids of the shapes a selection rectangle touches, back to front. */
export function pickIn(box: Box, index: BoardIndex, scene: Scene): string[] {
  return index.query(box).filter((id) => {
    const record = scene.find(id);
    return record !== undefined && shapeOf(record).meets(record, box, scene);
  });
}
