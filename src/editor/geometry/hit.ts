import { boxCorners, type Box } from "#editor/math/box";
import { distanceToPolyline, polygonHasPoint, polylineMeetsBox } from "#editor/math/segment";
import type { Vec } from "#editor/math/vec";
import { flattenPath, type Path } from "./path";

/** Whether the point is inside the closed outline, or within `tolerance` (world units) of it. */
export function hitsArea(path: Path, point: Vec, tolerance: number): boolean {
  return flattenPath(path).some(
    (part) => polygonHasPoint(part, point) || distanceToPolyline(point, part) <= tolerance,
  );
}

/** Whether the point is within `tolerance` of the line, its inside not counting. */
export const hitsLine = (path: Path, point: Vec, tolerance: number): boolean =>
  flattenPath(path).some((part) => distanceToPolyline(point, part) <= tolerance);

/** Whether box and outline share any part; `filled` outlines count with their inside. */
export function pathMeetsBox(path: Path, box: Box, filled: boolean): boolean {
  return flattenPath(path).some((part) => {
    if (polylineMeetsBox(part, box)) return true;
    return filled && boxCorners(box).some((corner) => polygonHasPoint(part, corner));
  });
}
