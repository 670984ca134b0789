import { getStroke } from "perfect-freehand";
import { boxAround, boxContains, boxesMeet, expandBox, type Box } from "#editor/math/box";
import { distanceToPolyline, polylineMeetsBox } from "#editor/math/segment";
import type { Vec } from "#editor/math/vec";
import { polylinePath, tracePath, type Path, type PathStep } from "#editor/geometry/path";
import { packPenPoints, unpackPenPoints, type PenPoint } from "#editor/model/pen-points";
import type { DrawRecord, Geometry } from "#editor/model/record";
import { styleOf } from "#editor/model/style";
import { atLeastMinimum, moveGeometry } from "./box-base";
import type { ShapeDefinition } from "./definition";
import { tonesOf } from "./look";
import type { Scene } from "./scene";
import { svgPath } from "./svg";
import type { Theme } from "./theme";

const penWidths = { thin: 3, regular: 5, thick: 10 } as const;

/** The diameter of the pen in world units. */
const penWidthOf = (record: DrawRecord): number => penWidths[styleOf(record.style, "width")];

const colourOf = (record: DrawRecord, theme: Theme): string =>
  record.hue ? tonesOf(record, theme).stroke : theme.ink;

/** The middle line in world units: the stored points, stretched to the record's box. */
function centreLine(record: DrawRecord, scene: Scene): readonly PenPoint[] {
  const known = scene.strokes.get(record);
  if (known) return known;
  const points = unpackPenPoints(record.points) ?? [];
  const own = boxAround(points.map(([px, py]): Vec => [px, py])) ?? [0, 0, 0, 0];
  const [x, y, w, h] = record.g;
  const scaleX = own[2] > 0 ? w / own[2] : 1;
  const scaleY = own[3] > 0 ? h / own[3] : 1;
  const placed = points.map((point): PenPoint => {
    const px = x + (point[0] - own[0]) * scaleX;
    const py = y + (point[1] - own[1]) * scaleY;
    return point.length === 3 ? [px, py, point[2]] : [px, py];
  });
  scene.strokes.set(record, placed);
  return placed;
}

const lineOf = (record: DrawRecord, scene: Scene): Vec[] =>
  centreLine(record, scene).map(([x, y]): Vec => [x, y]);

/** A smooth closed outline through the middles of the polygon's sides. */
function smoothOutline(outline: readonly Vec[]): Path {
  if (outline.length < 3) return [];
  const mid = (a: Vec, b: Vec): Vec => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const toward = (from: Vec, to: Vec): Vec => [
    from[0] + ((to[0] - from[0]) * 2) / 3,
    from[1] + ((to[1] - from[1]) * 2) / 3,
  ];
  let from = mid(outline.at(-1) as Vec, outline[0] as Vec);
  const path: PathStep[] = [["M", from]];
  outline.forEach((corner, index) => {
    const next = mid(corner, outline[(index + 1) % outline.length] as Vec);
    path.push(["C", toward(from, corner), toward(next, corner), next]);
    from = next;
  });
  return [...path, ["Z"]];
}

/** The outline of the ink. */
function inkPath(record: DrawRecord, scene: Scene): Path {
  const known = scene.paths.get(record);
  if (known) return known;
  const points = centreLine(record, scene);
  const hasPressure = points.some((point) => point.length === 3);
  const outline = getStroke(
    points.map((point) => [...point]),
    {
      size: penWidthOf(record),
      thinning: hasPressure ? 0.6 : 0.35,
      smoothing: 0.5,
      streamline: 0.3,
      simulatePressure: !hasPressure,
      last: true,
    },
  ) as Vec[];
  const path = smoothOutline(outline);
  scene.paths.set(record, path);
  return path;
}

/** Makes the geometry and points of a stroke from where the pen went, in world units. Null without points. */
export function strokeFromPoints(points: readonly PenPoint[]): { g: Geometry; points: string } | null {
  const around = boxAround(points.map(([x, y]): Vec => [x, y]));
  if (!around) return null;
  const packed = packPenPoints(
    points.map((point): PenPoint => {
      const [x, y] = [point[0] - around[0], point[1] - around[1]];
      return point.length === 3 ? [x, y, point[2]] : [x, y];
    }),
  );
  // Packing rounds, and cuts what is too long, so the box is that of what was really kept.
  const kept = boxAround((unpackPenPoints(packed) ?? []).map(([x, y]): Vec => [x, y]));
  if (!kept) return null;
  return { g: [around[0] + kept[0], around[1] + kept[1], kept[2], kept[3]], points: packed };
}

function meets(record: DrawRecord, box: Box, scene: Scene): boolean {
  if (!boxesMeet(expandBox(record.g, penWidthOf(record) / 2), box)) return false;
  return (
    boxContains(box, record.g) ||
    polylineMeetsBox(lineOf(record, scene), expandBox(box, penWidthOf(record) / 2))
  );
}

/** A pen stroke. */
export const drawShape: ShapeDefinition<DrawRecord> = {
  kind: "draw",
  defaultSize: [0, 0],
  defaults: (g, z) => ({ kind: "draw", g, z, points: packPenPoints([[0, 0]]) }),
  bounds: (record) => expandBox(record.g, penWidthOf(record)),
  path: inkPath,
  hit(record, point, tolerance, scene) {
    const reach = tolerance + penWidthOf(record) / 2;
    if (!boxesMeet(expandBox(record.g, reach), [point[0], point[1], 0, 0])) return false;
    return distanceToPolyline(point, lineOf(record, scene)) <= reach;
  },
  meets,
  draw(painter, record, view) {
    const colour = colourOf(record, view.theme);
    if (penWidthOf(record) * view.scale < 1.5) {
      // Thinner than a pixel or so the shape of the ink cannot be seen, and a plain line is far cheaper.
      painter.beginPath();
      tracePath(painter, polylinePath(lineOf(record, view.scene)));
      painter.strokeStyle = colour;
      painter.lineWidth = penWidthOf(record) * 0.8;
      painter.lineCap = "round";
      painter.lineJoin = "round";
      painter.setLineDash([]);
      painter.stroke();
      return;
    }
    painter.beginPath();
    tracePath(painter, inkPath(record, view.scene));
    painter.fillStyle = colour;
    painter.fill();
  },
  svg: (record, view) => svgPath(inkPath(record, view.scene), { fill: colourOf(record, view.theme) }),
  ports: () => [],
  resize(record, box) {
    const [x, y, w, h] = atLeastMinimum(box);
    // A dead straight stroke has nothing to stretch across its direction.
    return { g: [x, y, record.g[2] === 0 ? 0 : w, record.g[3] === 0 ? 0 : h] };
  },
  move: (record, by) => moveGeometry(record.g, by),
  textBox: () => null,
  growWithText: () => null,
};
