import { boxAround, type Box } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";

/** One step of an outline: move, line, cubic curve (two handles, end), close. */
export type PathStep =
  readonly ["M", Vec] | readonly ["L", Vec] | readonly ["C", Vec, Vec, Vec] | readonly ["Z"];

/** An outline as data: the same path is drawn, hit-tested and written as SVG, so that the three never disagree. */
export type Path = readonly PathStep[];

/** What a canvas context and a Path2D have in common. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void;
  closePath(): void;
}

/** Draws the path's steps onto a canvas (the caller begins, fills and strokes). */
export function tracePath(sink: PathSink, path: Path): void {
  for (const step of path) {
    if (step[0] === "M") sink.moveTo(step[1][0], step[1][1]);
    else if (step[0] === "L") sink.lineTo(step[1][0], step[1][1]);
    else if (step[0] === "C") sink.bezierCurveTo(...step[1], ...step[2], ...step[3]);
    else sink.closePath();
  }
}

const short = (n: number): string => String(Math.round(n * 100) / 100);
const pair = (v: Vec): string => `${short(v[0])} ${short(v[1])}`;

/** The `d` attribute of an SVG path. */
export const pathToSvg = (path: Path): string =>
  path
    .map((step) => {
      if (step[0] === "Z") return "Z";
      return step[0] + (step.slice(1) as Vec[]).map(pair).join(" ");
    })
    .join("");

const curvePieces = 12;

function cubicAt(a: Vec, b: Vec, c: Vec, d: Vec, t: number): Vec {
  const u = 1 - t;
  const [wa, wb, wc, wd] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return [a[0] * wa + b[0] * wb + c[0] * wc + d[0] * wd, a[1] * wa + b[1] * wb + c[1] * wc + d[1] * wd];
}

/** The path as straight pieces, one list of points for each part that starts with a move. */
export function flattenPath(path: Path): Vec[][] {
  const parts: Vec[][] = [];
  let current: Vec[] = [];
  for (const step of path) {
    if (step[0] === "M") {
      current = [step[1]];
      parts.push(current);
    } else if (step[0] === "L") current.push(step[1]);
    else if (step[0] === "C") {
      const from = current.at(-1) ?? step[1];
      for (let i = 1; i <= curvePieces; i++)
        current.push(cubicAt(from, step[1], step[2], step[3], i / curvePieces));
    } else if (current[0]) current.push(current[0]);
  }
  return parts;
}

/** The box around the flattened path; null for an empty one. */
export const pathBounds = (path: Path): Box | null => boxAround(flattenPath(path).flat());

export const polygonPath = (points: readonly Vec[]): Path =>
  points.length === 0 ? [] : [...polylinePath(points), ["Z"]];

export const polylinePath = (points: readonly Vec[]): Path =>
  points.map((point, index): PathStep => [index === 0 ? "M" : "L", point]);

// The handle length, in radii, with which a cubic follows a quarter circle to 0.03 %.
const quarter = 0.5522847498;

/** A rectangle with round corners; the radius is limited to half of the shorter side. */
export function roundedBoxPath([x, y, w, h]: Box, radius: number): Path {
  const r = Math.max(0, Math.min(radius, w / 2, h / 2));
  if (r === 0)
    return polygonPath([
      [x, y],
      [x + w, y],
      [x + w, y + h],
      [x, y + h],
    ]);
  const k = r * (1 - quarter);
  return [
    ["M", [x + r, y]],
    ["L", [x + w - r, y]],
    ["C", [x + w - k, y], [x + w, y + k], [x + w, y + r]],
    ["L", [x + w, y + h - r]],
    ["C", [x + w, y + h - k], [x + w - k, y + h], [x + w - r, y + h]],
    ["L", [x + r, y + h]],
    ["C", [x + k, y + h], [x, y + h - k], [x, y + h - r]],
    ["L", [x, y + r]],
    ["C", [x, y + k], [x + k, y], [x + r, y]],
    ["Z"],
  ];
}

/** The ellipse that touches the box's four sides. */
export function ellipsePath([x, y, w, h]: Box): Path {
  const [cx, cy, rx, ry] = [x + w / 2, y + h / 2, w / 2, h / 2];
  const [kx, ky] = [rx * quarter, ry * quarter];
  return [
    ["M", [cx, y]],
    ["C", [cx + kx, y], [x + w, cy - ky], [x + w, cy]],
    ["C", [x + w, cy + ky], [cx + kx, y + h], [cx, y + h]],
    ["C", [cx - kx, y + h], [x, cy + ky], [x, cy]],
    ["C", [x, cy - ky], [cx - kx, y], [cx, y]],
    ["Z"],
  ];
}

/** A line whose corners are rounded as far as the neighbouring pieces allow. */
export function roundedPolylinePath(points: readonly Vec[], radius: number): Path {
  const first = points[0];
  if (!first) return [];
  const path: PathStep[] = [["M", first]];
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = [points[i - 1] as Vec, points[i] as Vec, points[i + 1] as Vec];
    const inLength = Math.hypot(corner[0] - before[0], corner[1] - before[1]);
    const outLength = Math.hypot(after[0] - corner[0], after[1] - corner[1]);
    const r = Math.min(radius, inLength / 2, outLength / 2);
    if (r < 0.5) {
      path.push(["L", corner]);
      continue;
    }
    const toward = (p: Vec, size: number, by: number): Vec => [
      corner[0] + ((p[0] - corner[0]) / size) * by,
      corner[1] + ((p[1] - corner[1]) / size) * by,
    ];
    const k = r * (1 - quarter);
    path.push(["L", toward(before, inLength, r)]);
    path.push(["C", toward(before, inLength, k), toward(after, outLength, k), toward(after, outLength, r)]);
  }
  const last = points.at(-1);
  if (last && points.length > 1) path.push(["L", last]);
  return path;
}
