import { boxHasPoint, boxUnion, boxesMeet, expandBox, type Box } from "#editor/math/box";
import { distanceToPolyline } from "#editor/math/segment";
import { add, sub, type Vec } from "#editor/math/vec";
import { pathMeetsBox } from "#editor/geometry/hit";
import { tracePath, type Path } from "#editor/geometry/path";
import { isBoundEnd, type ConnectorEnd, type ConnectorRecord, type ShapeRecord } from "#editor/model/record";
import type { ShapePatch } from "#editor/model/ops";
import { styleOf, type TextSize } from "#editor/model/style";
import type { DrawView, ShapeDefinition, TextBox } from "./definition";
import { headPath, type HeadPath } from "./connector-heads";
import { connectorPath, connectorPoints, halfway, pointsBounds, type OutlineOf } from "./connector-route";
import { dashOf, fontOf, prepareStroke, strokeWidthOf, tonesOf } from "./look";
import type { Painter2D } from "./painter";
import type { Scene } from "./scene";
import { svgNumber, svgPath } from "./svg";
import { drawWords, wordsToSvg } from "./words";

const labelSizes: Readonly<Record<TextSize, number>> = { small: 12, medium: 14, large: 18, huge: 24 };
const labelWidth = 180;
const labelPadding = 4;
/** Heads and round line ends reach this far beyond the way's points. */
const overhang = 16;

/** Builds the connector's definition over a way to get other shapes' outlines. */
export function makeConnectorShape(outlineOf: OutlineOf): ShapeDefinition<ConnectorRecord> & {
  /** The points of the way, from the start to the end. */
  readonly points: (record: ConnectorRecord, scene: Scene) => readonly Vec[];
} {
  const pointsOf = (record: ConnectorRecord, scene: Scene) => connectorPoints(record, scene, outlineOf);
  const pathOf = (record: ConnectorRecord, scene: Scene) => connectorPath(record, pointsOf(record, scene));

  /** The label's box is as large as its words and sits on the middle of the way. */
  function textBox(record: ConnectorRecord, scene: Scene): TextBox {
    const font = fontOf(record, labelSizes);
    const layout = scene.text.layout(record.text ?? "", font, labelWidth);
    const [x, y] = halfway(pointsOf(record, scene));
    const [w, h] = [Math.max(layout.width, font.size), layout.height];
    return {
      box: [x - w / 2, y - h / 2, w, h],
      fontSize: font.size,
      fontWeight: font.weight,
      italic: font.italic,
      align: "centre",
      valign: "middle",
      wraps: true,
    };
  }

  const labelBox = (record: ConnectorRecord, scene: Scene): Box | null =>
    record.text ? expandBox(textBox(record, scene).box, labelPadding) : null;

  function hit(record: ConnectorRecord, point: Vec, tolerance: number, scene: Scene): boolean {
    const reach = tolerance + strokeWidthOf(record) / 2;
    const label = labelBox(record, scene);
    if (label && boxHasPoint(label, point)) return true;
    return distanceToPolyline(point, pointsOf(record, scene)) <= reach;
  }

  function headsOf(record: ConnectorRecord, points: readonly Vec[]): readonly (HeadPath | null)[] {
    const [first, second] = points;
    const [last, beforeLast] = [points.at(-1), points.at(-2)];
    if (!first || !second || !last || !beforeLast) return [];
    const width = strokeWidthOf(record);
    return [
      headPath(styleOf(record.style, "startHead"), first, second, width),
      headPath(styleOf(record.style, "endHead"), last, beforeLast, width),
    ];
  }

  function draw(painter: Painter2D, record: ConnectorRecord, view: DrawView): void {
    const points = pointsOf(record, view.scene);
    const colour = tonesOf(record, view.theme).stroke;
    const heads = headsOf(record, points);
    painter.beginPath();
    tracePath(painter, linePath(record, points, heads));
    prepareStroke(painter, record, colour);
    painter.stroke();
    // Heads of two pixels are not seen.
    if (view.scale > 0.15) drawHeads(painter, heads, colour);
    if (!record.text || view.hideText) return;
    const label = labelBox(record, view.scene) as Box;
    if (label[3] * view.scale < 4) return;
    painter.fillStyle = view.theme.paper;
    painter.fillRect(...label);
    drawWords(painter, record.text, textBox(record, view.scene), {
      ...view,
      colour: tonesOf(record, view.theme).text,
    });
  }

  return {
    kind: "connector",
    defaultSize: [160, 0],
    defaults: ([x, y, w, h], z) => ({ kind: "connector", z, from: [x, y], to: [x + w, y + h] }),
    bounds(record, scene) {
      const line = expandBox(pointsBounds(pointsOf(record, scene)), overhang);
      const label = labelBox(record, scene);
      return label ? (boxUnion([line, label]) ?? line) : line;
    },
    path: pathOf,
    points: pointsOf,
    hit,
    meets(record, box, scene) {
      const label = labelBox(record, scene);
      return pathMeetsBox(pathOf(record, scene), box, false) || (label !== null && boxesMeet(label, box));
    },
    draw,
    svg(record, view) {
      const points = pointsOf(record, view.scene);
      const stroke = tonesOf(record, view.theme).stroke;
      const heads = headsOf(record, points);
      const paint = { stroke, width: strokeWidthOf(record) };
      const line = svgPath(linePath(record, points, heads), { ...paint, dash: dashOf(record) });
      const tips = heads.map((head) =>
        head ? svgPath(head.path, { ...paint, fill: head.filled ? stroke : null }) : "",
      );
      if (!record.text) return line + tips.join("");
      const [x, y, w, h] = (labelBox(record, view.scene) as Box).map(svgNumber);
      const plate = `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${view.theme.paper}"/>`;
      const colour = tonesOf(record, view.theme).text;
      return (
        line +
        tips.join("") +
        plate +
        wordsToSvg(record.text, textBox(record, view.scene), { ...view, colour })
      );
    },
    ports: () => [],
    resize: () => null,
    move: moveConnector,
    textBox,
    growWithText: () => null,
  };
}

/** Only ends in the open move; null when both are tied. */
function moveConnector(record: ConnectorRecord, by: Vec): ShapePatch | null {
  const moved = (end: ConnectorEnd) => (isBoundEnd(end) ? null : add(end, by));
  const [from, to] = [moved(record.from), moved(record.to)];
  if (!from && !to) return null;
  return { ...(from && { from }), ...(to && { to }) };
}

/** The line without the piece that a filled head covers, so that its butt does not look out of the tip. */
function linePath(
  record: ConnectorRecord,
  points: readonly Vec[],
  heads: readonly (HeadPath | null)[],
): Path {
  const shortened = [...points];
  const shorten = (index: number, towards: number, by: number) => {
    const [tip, next] = [shortened[index], shortened[towards]];
    if (!tip || !next || by === 0) return;
    const gap = sub(next, tip);
    const size = Math.hypot(gap[0], gap[1]);
    if (size > by) shortened[index] = [tip[0] + (gap[0] * by) / size, tip[1] + (gap[1] * by) / size];
  };
  shorten(0, 1, heads[0]?.inset ?? 0);
  shorten(points.length - 1, points.length - 2, heads[1]?.inset ?? 0);
  return connectorPath(record, shortened);
}

function drawHeads(painter: Painter2D, heads: readonly (HeadPath | null)[], colour: string): void {
  painter.setLineDash([]);
  for (const head of heads) {
    if (!head) continue;
    painter.beginPath();
    tracePath(painter, head.path);
    if (head.filled) {
      painter.fillStyle = colour;
      painter.fill();
    }
    painter.stroke();
  }
}

/** The two shapes a connector is tied to, without gaps. */
export function boundIds(record: ShapeRecord): string[] {
  if (record.kind !== "connector") return [];
  return [record.from, record.to].flatMap((end) => (isBoundEnd(end) ? [end.id] : []));
}
