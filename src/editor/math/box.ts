import type { Vec } from "./vec";

/** An axis-parallel box, `[x, y, width, height]`, width and height never negative. */
export type Box = readonly [x: number, y: number, w: number, h: number];

export const boxCentre = (b: Box): Vec => [b[0] + b[2] / 2, b[1] + b[3] / 2];

/** The four corners, clockwise from the top left. */
export const boxCorners = (b: Box): readonly [Vec, Vec, Vec, Vec] => [
  [b[0], b[1]],
  [b[0] + b[2], b[1]],
  [b[0] + b[2], b[1] + b[3]],
  [b[0], b[1] + b[3]],
];

/** The box spanned by two opposite corners, in whatever order they come. */
export const boxFromPoints = (a: Vec, b: Vec): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.abs(a[0] - b[0]),
  Math.abs(a[1] - b[1]),
];

/** The smallest box around all points; null when there are none. */
export function boxAround(points: Iterable<Vec>): Box | null {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const [x, y] of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return left > right ? null : [left, top, right - left, bottom - top];
}

/** The smallest box around all boxes; null when there are none. */
export function boxUnion(boxes: Iterable<Box>): Box | null {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const b of boxes) {
    if (b[0] < left) left = b[0];
    if (b[1] < top) top = b[1];
    if (b[0] + b[2] > right) right = b[0] + b[2];
    if (b[1] + b[3] > bottom) bottom = b[1] + b[3];
  }
  return left > right ? null : [left, top, right - left, bottom - top];
}

/** Grows (or with a negative number shrinks, down to nothing) the box on every side. */
export function expandBox(b: Box, by: number, byY = by): Box {
  const w = Math.max(0, b[2] + 2 * by);
  const h = Math.max(0, b[3] + 2 * byY);
  return [b[0] + (b[2] - w) / 2, b[1] + (b[3] - h) / 2, w, h];
}

export const moveBox = (b: Box, dx: number, dy: number): Box => [b[0] + dx, b[1] + dy, b[2], b[3]];

/** True when the boxes share at least a point; touching edges count. */
export const boxesMeet = (a: Box, b: Box): boolean =>
  a[0] <= b[0] + b[2] && b[0] <= a[0] + a[2] && a[1] <= b[1] + b[3] && b[1] <= a[1] + a[3];

/** True when `inner` lies wholly within `outer`; shared edges count. */
export const boxContains = (outer: Box, inner: Box): boolean =>
  inner[0] >= outer[0] &&
  inner[1] >= outer[1] &&
  inner[0] + inner[2] <= outer[0] + outer[2] &&
  inner[1] + inner[3] <= outer[1] + outer[3];

export const boxHasPoint = (b: Box, p: Vec): boolean =>
  p[0] >= b[0] && p[0] <= b[0] + b[2] && p[1] >= b[1] && p[1] <= b[1] + b[3];

export const sameBox = (a: Box, b: Box): boolean =>
  a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];
