import { boxHasPoint, boxesMeet, expandBox, sameBox } from "#editor/math/box";
import { roundedBoxPath } from "#editor/geometry/path";
import type { BoxRecord, Geometry } from "#editor/model/record";
import { styleOf, withStyle, type TextSize } from "#editor/model/style";
import { alignOf, cachedPath, moveGeometry, sidePorts } from "./box-base";
import type { ShapeDefinition, TextBox } from "./definition";
import { fontOf, tonesOf } from "./look";
import type { Scene } from "./scene";
import type { Theme } from "./theme";
import { drawWords, layoutWords, wordsToSvg } from "./words";

const sizes: Readonly<Record<TextSize, number>> = { small: 14, medium: 20, large: 30, huge: 48 };
const minWidth = 24;

function textBox(record: BoxRecord): TextBox {
  const font = fontOf(record, sizes);
  return {
    box: record.g,
    fontSize: font.size,
    fontWeight: font.weight,
    italic: font.italic,
    wraps: styleOf(record.style, "wrap") === "fixed",
    ...alignOf(record, { align: "left", valign: "top" }),
  };
}

/** The box follows the words both ways. The side the words are aligned to stays where it is. */
function growWithText(record: BoxRecord, scene: Scene): Geometry | null {
  const place = textBox(record);
  const layout = layoutWords(record.text ?? "", place, scene);
  const [x, y, w] = record.g;
  const width = place.wraps ? w : Math.max(minWidth, Math.ceil(layout.width));
  const spare = w - width;
  const left = place.align === "left" ? 0 : place.align === "centre" ? spare / 2 : spare;
  const g: Geometry = [x + left, y, width, Math.ceil(layout.height)];
  return sameBox(g, record.g) ? null : g;
}

const colourOf = (record: BoxRecord, theme: Theme): string =>
  record.hue ? tonesOf(record, theme).stroke : theme.ink;

/** Words on the bare board. */
export const textShape: ShapeDefinition<BoxRecord> = {
  kind: "text",
  defaultSize: [minWidth, 26],
  defaults: (g, z) => ({ kind: "text", g, z }),
  bounds: (record) => expandBox(record.g, 2),
  path: (record, scene) => cachedPath(record, scene, () => roundedBoxPath(record.g, 0)),
  hit: (record, point, tolerance) => boxHasPoint(expandBox(record.g, tolerance), point),
  meets: (record, box) => boxesMeet(record.g, box),
  draw(painter, record, view) {
    if (!record.text || view.hideText) return;
    drawWords(painter, record.text, textBox(record), { ...view, colour: colourOf(record, view.theme) });
  },
  svg: (record, view) =>
    wordsToSvg(record.text ?? "", textBox(record), { ...view, colour: colourOf(record, view.theme) }),
  ports: (record) => sidePorts(record.g),
  /** A text that is given a width keeps it and wraps; its height is always that of its lines. */
  resize(record, box, scene) {
    const style = withStyle(record.style, { wrap: "fixed" });
    const g: Geometry = [box[0], box[1], Math.max(minWidth, box[2]), record.g[3]];
    return { g: growWithText({ ...record, g, style }, scene) ?? g, style };
  },
  move: (record, by) => moveGeometry(record.g, by),
  textBox,
  growWithText,
};
