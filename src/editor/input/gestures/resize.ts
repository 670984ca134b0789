import { boxUnion } from "#editor/math/box";
import type { Box } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import { isBoundEnd, isConnector } from "#editor/model/record";
import type { ShapeRecord } from "#editor/model/record";
import type { ShapeOp } from "#editor/model/ops";
import { shapeOf } from "#editor/shapes/registry";
import type { Scene } from "#editor/shapes/scene";
import { tidy } from "./move";

/** The eight handles, named like a compass. */
export const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const;
export type Handle = (typeof HANDLES)[number];

/** No shape gets smaller than this, in world units: it could not be taken hold of any more. */
const MIN_SIZE = 8;

/** How far along the box a handle sits: 0 left or top, ½ middle, 1 right or bottom. */
export function handlePlace(handle: Handle): Vec {
  const x = handle.includes("w") ? 0 : handle.includes("e") ? 1 : 0.5;
  const y = handle.includes("n") ? 0 : handle.includes("s") ? 1 : 0.5;
  return [x, y];
}

/**
 * The box after its handle went `by`. With `keepRatio` width and height stay in proportion; with `fromCentre`
 * the opposite side moves as far the other way. The box never turns over: it stops at the least size.
 */
export function resizeBox(
  box: Box,
  handle: Handle,
  [dx, dy]: Vec,
  options: { readonly keepRatio: boolean; readonly fromCentre: boolean },
): Box {
  const [px, py] = handlePlace(handle);
  const times = options.fromCentre ? 2 : 1;
  let w = box[2] + (px - 0.5) * 2 * dx * times;
  let h = box[3] + (py - 0.5) * 2 * dy * times;
  w = Math.max(MIN_SIZE, w);
  h = Math.max(MIN_SIZE, h);
  if (options.keepRatio && box[2] > 0 && box[3] > 0) {
    const sx = w / box[2];
    const sy = h / box[3];
    // A corner follows the farther way, a side its own direction only.
    const by = px === 0.5 ? sy : py === 0.5 ? sx : Math.max(sx, sy);
    const least = Math.max(MIN_SIZE / box[2], MIN_SIZE / box[3]);
    w = box[2] * Math.max(by, least);
    h = box[3] * Math.max(by, least);
  }
  // The point that stays: the opposite handle, or the centre. A side handle under keepRatio grows both ways across.
  const ax = options.fromCentre ? 0.5 : 1 - px;
  const ay = options.fromCentre ? 0.5 : 1 - py;
  return [box[0] + (box[2] - w) * ax, box[1] + (box[3] - h) * ay, w, h];
}

/** Operations that stretch the shapes from one common box into another. Kinds that cannot be resized are moved along. */
export function resizeOps(
  records: ReadonlyMap<string, ShapeRecord>,
  ids: Iterable<string>,
  from: Box,
  to: Box,
  scene: Scene,
): ShapeOp[] {
  const sx = from[2] > 0 ? to[2] / from[2] : 1;
  const sy = from[3] > 0 ? to[3] / from[3] : 1;
  const place = ([x, y]: Vec): Vec => [tidy(to[0] + (x - from[0]) * sx), tidy(to[1] + (y - from[1]) * sy)];
  const ops: ShapeOp[] = [];
  for (const id of ids) {
    const record = records.get(id);
    if (!record) continue;
    if (isConnector(record)) {
      const ends = {
        ...(!isBoundEnd(record.from) && { from: place(record.from) }),
        ...(!isBoundEnd(record.to) && { to: place(record.to) }),
      };
      if (Object.keys(ends).length > 0) ops.push([id, ends]);
      continue;
    }
    const [x, y, w, h] = record.g;
    const [left, top] = place([x, y]);
    const patch = shapeOf(record).resize(record, [left, top, stretch(w, sx), stretch(h, sy)], scene);
    if (patch) ops.push([id, patch]);
  }
  return ops;
}

/** A thin stroke may stay thin, but nothing that had a size is lost in a group that shrinks. */
function stretch(size: number, by: number): number {
  return tidy(Math.max(Math.min(size, MIN_SIZE), size * by));
}

/** The common box of shapes that have one; null when there is none. */
export function commonBox(ids: Iterable<string>, bounds: (id: string) => Box | null): Box | null {
  const boxes: Box[] = [];
  for (const id of ids) {
    const box = bounds(id);
    if (box) boxes.push(box);
  }
  return boxUnion(boxes);
}
