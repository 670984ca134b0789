import { cross, distance, dot, sub, type Vec } from "./vec";
import type { Box } from "./box";
import { boxCorners, boxHasPoint } from "./box";

/** The point of segment a–b that is nearest to p. */
function nearestOnSegment(p: Vec, a: Vec, b: Vec): Vec {
  const along = sub(b, a);
  const size = dot(along, along);
  if (size === 0) return a;
  const t = Math.min(1, Math.max(0, dot(sub(p, a), along) / size));
  return [a[0] + along[0] * t, a[1] + along[1] * t];
}

const distanceToSegment = (p: Vec, a: Vec, b: Vec): number => distance(p, nearestOnSegment(p, a, b));

/** Where two segments cross; null when they do not, or lie on one line. */
function segmentCrossing(a: Vec, b: Vec, c: Vec, d: Vec): Vec | null {
  const r = sub(b, a);
  const s = sub(d, c);
  const turn = cross(r, s);
  if (turn === 0) return null;
  const t = cross(sub(c, a), s) / turn;
  const u = cross(sub(c, a), r) / turn;
  if (t < 0 || t > 1 || u < 0 || u > 1) return null;
  return [a[0] + r[0] * t, a[1] + r[1] * t];
}

/** Distance from p to an open line through the points; Infinity when there are none. */
export function distanceToPolyline(p: Vec, points: readonly Vec[]): number {
  const first = points[0];
  if (!first) return Infinity;
  let best = distance(p, first);
  for (let i = 1; i < points.length; i++) {
    const gap = distanceToSegment(p, points[i - 1] as Vec, points[i] as Vec);
    if (gap < best) best = gap;
  }
  return best;
}

/** Whether p lies inside the closed polygon (even-odd rule). */
export function polygonHasPoint(polygon: readonly Vec[], p: Vec): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = polygon[i] as Vec;
    const b = polygon[j] as Vec;
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) {
      inside = !inside;
    }
  }
  return inside;
}

/** Whether any part of the open line lies in the box. */
export function polylineMeetsBox(points: readonly Vec[], box: Box): boolean {
  if (points.some((point) => boxHasPoint(box, point))) return true;
  const corners = boxCorners(box);
  for (let i = 1; i < points.length; i++) {
    for (let side = 0; side < 4; side++) {
      const start = corners[side] as Vec;
      const end = corners[(side + 1) % 4] as Vec;
      if (segmentCrossing(points[i - 1] as Vec, points[i] as Vec, start, end)) return true;
    }
  }
  return false;
}

/** The crossing of the line from `inside` to `outside` with the closed polygon that is nearest to `outside`; null when there is none. */
export function polygonExit(polygon: readonly Vec[], inside: Vec, outside: Vec): Vec | null {
  let best: Vec | null = null;
  for (let i = 0; i < polygon.length; i++) {
    const hit = segmentCrossing(inside, outside, polygon[i] as Vec, polygon[(i + 1) % polygon.length] as Vec);
    if (hit && (!best || distance(hit, outside) < distance(best, outside))) best = hit;
  }
  return best;
}
