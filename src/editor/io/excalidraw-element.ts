import { boxAround, boxCentre } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import type { PenPoint } from "#editor/model/pen-points";
import type { Geometry } from "#editor/model/record";

/** An element as the file has it. Nothing of it is believed before it was looked at. */
export interface RawElement {
  readonly [property: string]: unknown;
}

export const isObject = (value: unknown): value is RawElement =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const number = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

/** Kept to a hundredth: files carry fifteen digits of a hand's tremble. */
const tidy = (value: number): number => Math.round(value * 100) / 100;

export const angleOf = (element: RawElement): number => number(element["angle"]) ?? 0;

/** How an upright box comes nearest to a turned one. */
export function turnOf(angle: number): "upright" | "sideways" | "slanted" {
  const quarter = Math.PI / 2;
  const turns = angle / quarter;
  if (Math.abs(turns - Math.round(turns)) > 0.03) return "slanted";
  return Math.abs(Math.round(turns)) % 2 === 1 ? "sideways" : "upright";
}

/** The element's box, never negative in size; one that lies on its side is turned with it. Null when it has none. */
export function geometryOf(element: RawElement): Geometry | null {
  const [x, y, w, h] = ["x", "y", "width", "height"].map((name) => number(element[name]));
  if (x == null || y == null || w == null || h == null) return null;
  const [left, top, width, height] = [x + Math.min(0, w), y + Math.min(0, h), Math.abs(w), Math.abs(h)];
  if (turnOf(angleOf(element)) !== "sideways") return [tidy(left), tidy(top), tidy(width), tidy(height)];
  const [cx, cy] = [left + width / 2, top + height / 2];
  return [tidy(cx - height / 2), tidy(cy - width / 2), tidy(height), tidy(width)];
}

/** The points of a line, an arrow or a stroke on the board, turned by its angle. Null when they are not points. */
export function pointsOf(element: RawElement): Vec[] | null {
  const [x, y] = [number(element["x"]), number(element["y"])];
  const list: unknown = element["points"];
  if (x === null || y === null || !Array.isArray(list)) return null;
  const points: Vec[] = [];
  for (const point of list as unknown[]) {
    if (!Array.isArray(point)) return null;
    const [px, py] = [number(point[0]), number(point[1])];
    if (px === null || py === null) return null;
    points.push([x + px, y + py]);
  }
  const around = boxAround(points);
  return (
    around && turned(points, boxCentre(around), angleOf(element)).map(([a, b]): Vec => [tidy(a), tidy(b)])
  );
}

function turned(points: readonly Vec[], [cx, cy]: Vec, angle: number): readonly Vec[] {
  if (angle === 0) return points;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return points.map(([x, y]): Vec => [
    cx + (x - cx) * cos - (y - cy) * sin,
    cy + (x - cx) * sin + (y - cy) * cos,
  ]);
}

/** The points of a stroke with the pen's pressure, where it was recorded. */
export function penPointsOf(element: RawElement): PenPoint[] | null {
  const points = pointsOf(element);
  const pressures: unknown = element["pressures"];
  if (!points || element["simulatePressure"] === true || !Array.isArray(pressures)) return points;
  if (pressures.length !== points.length) return points;
  return points.map(([x, y], index): PenPoint => [x, y, number(pressures[index]) ?? 0.5]);
}

/** World units between the points that are put on a straight side: the pen would round corners that stand alone. */
const STEP = 6;

/** The same line with points added along its sides. */
export function withPointsBetween(points: readonly Vec[]): Vec[] {
  const result: Vec[] = points.slice(0, 1);
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1] as Vec, points[i] as Vec];
    const parts = Math.min(200, Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / STEP)));
    for (let part = 1; part <= parts; part++) {
      result.push([ax + ((bx - ax) * part) / parts, ay + ((by - ay) * part) / parts]);
    }
  }
  return result;
}
