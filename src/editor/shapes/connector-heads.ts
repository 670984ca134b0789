import { add, perpendicular, scale, sub, unit, type Vec } from "#editor/math/vec";
import { ellipsePath, polygonPath, polylinePath, type Path } from "#editor/geometry/path";
import type { Head } from "#editor/model/style";

/** The head at the end of a line: what to stroke or fill, and how far the line itself must stop short of the tip. */
export interface HeadPath {
  readonly path: Path;
  readonly filled: boolean;
  readonly inset: number;
}

/** Builds a head at `tip` for a line that arrives from `from`. Null for "none". */
export function headPath(head: Head, tip: Vec, from: Vec, width: number): HeadPath | null {
  if (head === "none") return null;
  const back = unit(sub(from, tip));
  const size = 7 + width * 2.5;
  if (head === "dot") {
    const r = size * 0.4;
    return { path: ellipsePath([tip[0] - r, tip[1] - r, 2 * r, 2 * r]), filled: true, inset: 0 };
  }
  const side = scale(perpendicular(back), size * 0.5);
  const root = add(tip, scale(back, size));
  const [left, right] = [add(root, side), sub(root, side)];
  return head === "triangle"
    ? { path: polygonPath([tip, left, right]), filled: true, inset: size * 0.8 }
    : { path: polylinePath([left, tip, right]), filled: false, inset: 0 };
}
