import { expandBox, type Box } from "#editor/math/box";
import { sameVec, type Vec } from "#editor/math/vec";
import { SIDES, type Side } from "#editor/model/record";
import { oppositeSide, sideDirection, sidePoint } from "./sides";

/** One end of a route: tied to a box (on a given side, or on whichever suits), or a point in the open. */
export type RouteEnd =
  | { readonly box: Box; readonly side: Side | null; readonly outline: readonly Vec[] }
  | { readonly point: Vec };

/** How far a connector runs straight before its first bend, where there is room. */
const stub = 20;
const bendCost = 20;
/** Keeps leaving and entering by facing sides ahead of the one bend fewer that neighbouring sides would save. */
const crossedSidesCost = 60;
const tightCost = 200;
const crampedCost = 30;
/** What a unit of room ahead of the sides is worth, against a unit of length. */
const widerGapBonus = 0.75;

/** An end with its side chosen: where it touches, where its straight piece ends, and what it must not cross. */
interface Port {
  readonly touch: Vec;
  readonly out: Vec;
  readonly box: Box | null;
  readonly direction: Vec | null;
}

interface SidePair {
  readonly a: Side | null;
  readonly b: Side | null;
  readonly cost: number;
}

const boxOf = (end: RouteEnd): Box => ("box" in end ? end.box : [end.point[0], end.point[1], 0, 0]);
const sidesOf = (end: RouteEnd): readonly (Side | null)[] => {
  if (!("box" in end)) return [null];
  return end.side ? [end.side] : SIDES;
};

/** The free length ahead of a side until the other box begins; negative when it does not lie ahead. */
function roomAhead(from: Box, side: Side, to: Box): number {
  if (side === "right") return to[0] - (from[0] + from[2]);
  if (side === "left") return from[0] - (to[0] + to[2]);
  if (side === "bottom") return to[1] - (from[1] + from[3]);
  return from[1] - (to[1] + to[3]);
}

/** Which sides to try and how much each pair is disliked; only pairs that look at each other, unless none does. */
function sidePairs(a: RouteEnd, b: RouteEnd): SidePair[] {
  const [boxA, boxB] = [boxOf(a), boxOf(b)];
  const all: SidePair[] = [];
  for (const sideA of sidesOf(a)) {
    for (const sideB of sidesOf(b)) {
      const roomA = sideA ? roomAhead(boxA, sideA, boxB) : Infinity;
      const roomB = sideB ? roomAhead(boxB, sideB, boxA) : Infinity;
      const isFacing = sideA && sideB && sideA === oppositeSide(sideB);
      let cost = sideA && sideB && !isFacing ? crossedSidesCost : 0;
      if (roomA < 0 || roomB < 0) cost += 4 * tightCost;
      else if ((sideA && roomA < stub) || (sideB && roomB < stub)) cost += tightCost;
      // Of two facing pairs the one across the wider gap.
      cost -= Math.min(roomA, roomB, 400) * widerGapBonus;
      all.push({ a: sideA, b: sideB, cost });
    }
  }
  const good = all.filter((pair) => pair.cost < 4 * tightCost - 20);
  return good.length > 0 ? good : all;
}

function portOf(end: RouteEnd, side: Side | null, other: Box): Port {
  if (!("box" in end) || !side) {
    const touch = "box" in end ? sidePoint(end.box, "right") : end.point;
    return { touch, out: touch, box: null, direction: null };
  }
  const room = roomAhead(end.box, side, other);
  const reach = room > 0 ? Math.min(stub, room / 2) : stub;
  const touch = sidePoint(end.box, side);
  const direction = sideDirection(side);
  return {
    touch,
    out: [touch[0] + direction[0] * reach, touch[1] + direction[1] * reach],
    box: end.box,
    direction,
  };
}

/** The lines worth running along on one axis: between the boxes first, then around each of them. */
function lanes(axis: 0 | 1, a: Port, b: Port): number[] {
  const list: number[] = [(a.out[axis] + b.out[axis]) / 2];
  const boxes = [a.box, b.box].filter((box) => box !== null);
  const [first, second] = boxes;
  if (first && second) {
    const gapStart = Math.min(first[axis] + first[axis + 2]!, second[axis] + second[axis + 2]!);
    const gapEnd = Math.max(first[axis], second[axis]);
    if (gapEnd > gapStart) list.unshift((gapStart + gapEnd) / 2);
  }
  for (const box of boxes) list.push(box[axis] - stub, box[axis] + box[axis + 2]! + stub);
  if (first && second) {
    list.push(Math.min(first[axis], second[axis]) - stub);
    list.push(Math.max(first[axis] + first[axis + 2]!, second[axis] + second[axis + 2]!) + stub);
  }
  return [...new Set(list)];
}

/** Ways from one straight piece's end to the other's with at most two bends between. */
function* shortWays(a: Vec, b: Vec, xs: readonly number[], ys: readonly number[]): Generator<Vec[]> {
  for (const x of xs)
    yield [
      [x, a[1]],
      [x, b[1]],
    ];
  for (const y of ys)
    yield [
      [a[0], y],
      [b[0], y],
    ];
  yield [[b[0], a[1]]];
  yield [[a[0], b[1]]];
}

/** Ways with three bends between, for ends that look away from each other. */
function* longWays(a: Vec, b: Vec, xs: readonly number[], ys: readonly number[]): Generator<Vec[]> {
  for (const x of xs) {
    for (const y of ys) {
      yield [
        [x, a[1]],
        [x, y],
        [b[0], y],
      ];
      yield [
        [a[0], y],
        [x, y],
        [x, b[1]],
      ];
    }
  }
}

/** Leaves out repeated points and points in the middle of a straight run. */
function simplify(points: readonly Vec[]): Vec[] {
  const result: Vec[] = [];
  for (const point of points) {
    const last = result.at(-1);
    if (last && sameVec(last, point)) continue;
    const before = result.at(-2);
    if (last && before && isBetween(before, last, point)) result.pop();
    result.push(point);
  }
  return result;
}

const isBetween = (a: Vec, b: Vec, c: Vec): boolean =>
  (a[0] === b[0] && b[0] === c[0] && (b[1] - a[1]) * (c[1] - b[1]) >= 0) ||
  (a[1] === b[1] && b[1] === c[1] && (b[0] - a[0]) * (c[0] - b[0]) >= 0);

/** Whether an axis-parallel piece passes through the inside of the box. */
function passesThrough(a: Vec, b: Vec, box: Box): boolean {
  const slack = 0.5;
  return (
    Math.max(a[0], b[0]) > box[0] + slack &&
    Math.min(a[0], b[0]) < box[0] + box[2] - slack &&
    Math.max(a[1], b[1]) > box[1] + slack &&
    Math.min(a[1], b[1]) < box[1] + box[3] - slack
  );
}

/** What a way costs; Infinity when it turns back on itself or runs through a box. */
function wayCost(points: readonly Vec[], boxes: readonly Box[], roomy: readonly Box[]): number {
  let cost = (points.length - 2) * bendCost;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Vec, points[i] as Vec];
    cost += Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
    const c = points[i + 1];
    if (c && (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0) return Infinity;
    if (boxes.some((box) => passesThrough(a, b, box))) return Infinity;
    if (i > 1 && i < points.length - 1 && roomy.some((box) => passesThrough(a, b, box))) cost += crampedCost;
  }
  return cost;
}

interface Best {
  points: Vec[];
  cost: number;
}

function bestWay(a: Port, b: Port, base: number, best: Best, ways: typeof shortWays): void {
  const boxes = [a.box, b.box].filter((box) => box !== null);
  const roomy = boxes.map((box) => expandBox(box, stub / 2));
  for (const middle of ways(a.out, b.out, lanes(0, a, b), lanes(1, a, b))) {
    const points = simplify([a.touch, a.out, ...middle, b.out, b.touch]);
    // A way that starts or ends against its side's direction would run through its own box.
    if (a.direction && !leavesAlong(points[0], points[1], a.direction)) continue;
    if (b.direction && !leavesAlong(points.at(-1), points.at(-2), b.direction)) continue;
    const cost = base + wayCost(points, boxes, roomy);
    if (cost < best.cost) {
      best.cost = cost;
      best.points = points;
    }
  }
}

function leavesAlong(from: Vec | undefined, to: Vec | undefined, direction: Vec): boolean {
  return !!from && !!to && (to[0] - from[0]) * direction[0] + (to[1] - from[1]) * direction[1] > 0;
}

/**
 * A right-angled way between two ends: it leaves and enters straight from the sides, keeps out of both ends' boxes,
 * and prefers few bends, then a short way. A handful of candidate lanes beside and between the boxes is enough for
 * two boxes; other shapes are not avoided. Always returns at least two points.
 */
export function routeElbow(a: RouteEnd, b: RouteEnd): Vec[] {
  const best: Best = { points: [], cost: Infinity };
  const pairs = sidePairs(a, b);
  const ports = pairs.map(
    (pair) => [portOf(a, pair.a, boxOf(b)), portOf(b, pair.b, boxOf(a)), pair.cost] as const,
  );
  for (const [from, to, cost] of ports) bestWay(from, to, cost, best, shortWays);
  if (best.cost === Infinity) for (const [from, to, cost] of ports) bestWay(from, to, cost, best, longWays);
  if (best.points.length >= 2) return best.points;
  // Overlapping boxes leave no clean way; a plain angle is still better than nothing.
  const [from, to] = ports[0] as (typeof ports)[number];
  const plain = simplify([from.touch, from.out, [to.out[0], from.out[1]], to.out, to.touch]);
  return plain.length >= 2 ? plain : [from.touch, to.touch];
}
