import { boxContains, boxesMeet, expandBox, type Box } from "#editor/math/box";
import { add, type Vec } from "#editor/math/vec";
import { hitsArea, hitsLine, pathMeetsBox } from "#editor/geometry/hit";
import type { Path } from "#editor/geometry/path";
import { sidePoint } from "#editor/geometry/sides";
import { SIDES, type BoxRecord, type Geometry } from "#editor/model/record";
import { styleOf } from "#editor/model/style";
import type { Port, TextBox } from "./definition";
import { strokeWidthOf } from "./look";
import type { Scene } from "./scene";

/** What all kinds made of a box share. */

/** A shape can be no smaller than this, so that it stays visible and can be taken hold of. */
const MIN_SIZE = 8;

export const sidePorts = (g: Box): readonly Port[] =>
  SIDES.map((side) => ({ side, point: sidePoint(g, side) }));

export const atLeastMinimum = (box: Box): Geometry => [
  box[0],
  box[1],
  Math.max(MIN_SIZE, box[2]),
  Math.max(MIN_SIZE, box[3]),
];

/** The patch that moves a record with a box. */
export function moveGeometry(g: Geometry, by: Vec): { g: Geometry } {
  const [x, y] = add([g[0], g[1]], by);
  return { g: [x, y, g[2], g[3]] };
}

/** Bounds of an outlined box: half of the line lies outside. */
export const outlinedBounds = (record: BoxRecord): Box => expandBox(record.g, strokeWidthOf(record) / 2);

/** A path that is computed once per record. */
export function cachedPath(record: BoxRecord, scene: Scene, make: () => Path): Path {
  const known = scene.paths.get(record);
  if (known) return known;
  const path = make();
  scene.paths.set(record, path);
  return path;
}

/** Filled shapes are hit anywhere inside; hollow ones on their line, and on their words. */
export function hitsBoxShape(
  record: BoxRecord,
  path: Path,
  point: Vec,
  tolerance: number,
  words: Box | null,
): boolean {
  const reach = tolerance + strokeWidthOf(record) / 2;
  const near = expandBox(record.g, reach);
  if (!boxesMeet(near, [point[0], point[1], 0, 0])) return false;
  if (styleOf(record.style, "fill") !== "none") return hitsArea(path, point, reach);
  if (hitsLine(path, point, reach)) return true;
  return words !== null && boxesMeet(words, [point[0], point[1], 0, 0]);
}

/** Whether a selection rectangle touches the shape. */
export function boxShapeMeets(record: BoxRecord, path: Path, box: Box): boolean {
  if (!boxesMeet(record.g, box)) return false;
  return boxContains(box, record.g) || pathMeetsBox(path, box, styleOf(record.style, "fill") !== "none");
}

/** How words stand when the style does not say. */
export function alignOf(
  record: BoxRecord,
  fallback: Pick<TextBox, "align" | "valign">,
): Pick<TextBox, "align" | "valign"> {
  const align = styleOf(record.style, "align");
  const valign = styleOf(record.style, "valign");
  return {
    align: align === "auto" ? fallback.align : align,
    valign: valign === "auto" ? fallback.valign : valign,
  };
}
