import type { Box } from "#editor/math/box";
import { ellipsePath, polygonPath, roundedBoxPath, tracePath, type Path } from "#editor/geometry/path";
import type { BoxKind, BoxRecord, Geometry } from "#editor/model/record";
import {
  alignOf,
  atLeastMinimum,
  boxShapeMeets,
  cachedPath,
  hitsBoxShape,
  moveGeometry,
  outlinedBounds,
  sidePorts,
} from "./box-base";
import type { DrawView, ShapeDefinition, TextBox } from "./definition";
import { dashOf, fillOf, fontOf, prepareStroke, strokeWidthOf, tonesOf } from "./look";
import type { Painter2D } from "./painter";
import type { Scene } from "./scene";
import { svgPath } from "./svg";
import { drawWords, layoutWords, wordsToSvg } from "./words";

/** What tells one outlined box from another. */
interface Outline {
  readonly kind: BoxKind;
  readonly defaultSize: readonly [number, number];
  readonly path: (g: Geometry) => Path;
  /** The part of width and height that words may use, and the blank kept around them. */
  readonly roomShare: number;
  readonly padding: number;
}

const cornerRadius = 8;
/** Below this many device pixels an outline is drawn as a plain block. */
const blockPixels = 4;

function makeOutlinedBox(outline: Outline): ShapeDefinition<BoxRecord> {
  const { roomShare, padding } = outline;
  const pathOf = (record: BoxRecord, scene: Scene) => cachedPath(record, scene, () => outline.path(record.g));

  function textBox(record: BoxRecord): TextBox {
    const [x, y, w, h] = record.g;
    const roomW = Math.max(1, w * roomShare - 2 * padding);
    const roomH = Math.max(1, h * roomShare - 2 * padding);
    const font = fontOf(record);
    return {
      box: [x + (w - roomW) / 2, y + (h - roomH) / 2, roomW, roomH],
      fontSize: font.size,
      fontWeight: font.weight,
      italic: font.italic,
      wraps: true,
      ...alignOf(record, { align: "centre", valign: "middle" }),
    };
  }

  function growWithText(record: BoxRecord, scene: Scene): Geometry | null {
    if (!record.text) return null;
    const place = textBox(record);
    const needed = layoutWords(record.text, place, scene).height;
    if (needed <= place.box[3] + 0.01) return null;
    const [x, y, w] = record.g;
    return [x, y, w, Math.ceil((needed + 2 * padding) / roomShare)];
  }

  function draw(painter: Painter2D, record: BoxRecord, view: DrawView): void {
    const [x, y, w, h] = record.g;
    const tones = tonesOf(record, view.theme);
    const fill = fillOf(record, view.theme);
    if (Math.max(w, h) * view.scale < blockPixels) {
      painter.fillStyle = fill ?? tones.stroke;
      painter.fillRect(x, y, w, h);
      return;
    }
    painter.beginPath();
    tracePath(painter, pathOf(record, view.scene));
    if (fill) {
      painter.fillStyle = fill;
      painter.fill();
    }
    prepareStroke(painter, record, tones.stroke);
    painter.stroke();
    if (record.text && !view.hideText)
      drawWords(painter, record.text, textBox(record), { ...view, colour: tones.text });
  }

  return {
    kind: outline.kind,
    defaultSize: outline.defaultSize,
    defaults: (g, z) => ({ kind: outline.kind, g, z }),
    bounds: outlinedBounds,
    path: pathOf,
    hit: (record, point, tolerance, scene) =>
      hitsBoxShape(record, pathOf(record, scene), point, tolerance, record.text ? textBox(record).box : null),
    meets: (record, box, scene) => boxShapeMeets(record, pathOf(record, scene), box),
    draw,
    svg(record, view) {
      const tones = tonesOf(record, view.theme);
      const shape = svgPath(pathOf(record, view.scene), {
        fill: fillOf(record, view.theme),
        stroke: tones.stroke,
        width: strokeWidthOf(record),
        dash: dashOf(record),
      });
      return shape + wordsToSvg(record.text ?? "", textBox(record), { ...view, colour: tones.text });
    },
    ports: (record) => sidePorts(record.g),
    resize(record, box: Box, scene) {
      const g = atLeastMinimum(box);
      return { g: growWithText({ ...record, g }, scene) ?? g };
    },
    move: (record, by) => moveGeometry(record.g, by),
    textBox,
    growWithText,
  };
}

export const rectangleShape = makeOutlinedBox({
  kind: "rectangle",
  defaultSize: [160, 80],
  path: (g) => roundedBoxPath(g, cornerRadius),
  roomShare: 1,
  padding: 10,
});

export const ellipseShape = makeOutlinedBox({
  kind: "ellipse",
  defaultSize: [160, 100],
  path: ellipsePath,
  // The largest box within an ellipse.
  roomShare: Math.SQRT1_2,
  padding: 2,
});

export const diamondShape = makeOutlinedBox({
  kind: "diamond",
  defaultSize: [160, 120],
  path: ([x, y, w, h]) =>
    polygonPath([
      [x + w / 2, y],
      [x + w, y + h / 2],
      [x + w / 2, y + h],
      [x, y + h / 2],
    ]),
  roomShare: 0.5,
  padding: 0,
});
