import { expandBox } from "#editor/math/box";
import { fitFontSize } from "#editor/geometry/text-layout";
import { roundedBoxPath, tracePath } from "#editor/geometry/path";
import type { BoxRecord, Geometry } from "#editor/model/record";
import { styleOf, type TextSize } from "#editor/model/style";
import { alignOf, atLeastMinimum, boxShapeMeets, cachedPath, moveGeometry, sidePorts } from "./box-base";
import type { ShapeDefinition, TextBox } from "./definition";
import { fontOf, tonesOf } from "./look";
import type { FittedText, Scene } from "./scene";
import { svgPath } from "./svg";
import { drawWords, layoutWords, wordsToSvg } from "./words";
import { hitsArea } from "#editor/geometry/hit";

const padding = 14;
const cornerRadius = 4;
const steps = [64, 52, 44, 36, 32, 28, 24, 21, 18, 16, 14, 12] as const;
/** The size at which fitting begins; words that need more room get smaller down to the last step. */
const largest: Readonly<Record<TextSize, number>> = { small: 16, medium: 24, large: 36, huge: 64 };
/** On the screen, in device pixels: smaller notes get no shadow. */
const shadowPixels = 40;

const roomOf = ([x, y, w, h]: Geometry): Geometry => [
  x + padding,
  y + padding,
  Math.max(1, w - 2 * padding),
  Math.max(1, h - 2 * padding),
];

function fitted(record: BoxRecord, scene: Scene): FittedText {
  const known = scene.fitted.get(record);
  if (known) return known;
  const [, , width, height] = roomOf(record.g);
  const from = largest[styleOf(record.style, "size")];
  const sizes = steps.filter((size) => size <= from);
  const { weight, italic } = fontOf(record);
  const { size, fits } = fitFontSize(
    scene.text,
    record.text ?? "",
    { weight, italic },
    { width, height },
    sizes,
  );
  const result = { fontSize: size, fits };
  scene.fitted.set(record, result);
  return result;
}

function textBox(record: BoxRecord, scene: Scene): TextBox {
  const font = fontOf(record);
  return {
    box: roomOf(record.g),
    fontSize: fitted(record, scene).fontSize,
    fontWeight: font.weight,
    italic: font.italic,
    wraps: true,
    ...alignOf(record, { align: "centre", valign: "middle" }),
  };
}

function growWithText(record: BoxRecord, scene: Scene): Geometry | null {
  if (!record.text || fitted(record, scene).fits) return null;
  const needed = layoutWords(record.text, textBox(record, scene), scene).height + 2 * padding;
  return needed <= record.g[3] + 0.01 ? null : [record.g[0], record.g[1], record.g[2], Math.ceil(needed)];
}

const pathOf = (record: BoxRecord, scene: Scene) =>
  cachedPath(record, scene, () => roundedBoxPath(record.g, cornerRadius));

/** A sticky note: its words take the largest size that fits; only when the smallest does not fit it grows. */
export const noteShape: ShapeDefinition<BoxRecord> = {
  kind: "note",
  defaultSize: [180, 180],
  defaults: (g, z) => ({ kind: "note", g, z }),
  // Room for the shadow, which reaches further down.
  bounds: (record) => expandBox(record.g, 6, 10),
  path: pathOf,
  hit: (record, point, tolerance, scene) => hitsArea(pathOf(record, scene), point, tolerance),
  meets: (record, box, scene) => boxShapeMeets({ ...record, style: 0 }, pathOf(record, scene), box),
  draw(painter, record, view) {
    const tones = tonesOf(record, view.theme);
    const [x, y, w, h] = record.g;
    painter.fillStyle = tones.note;
    const withShadow = Math.min(w, h) * view.scale >= shadowPixels;
    if (!withShadow) {
      painter.fillRect(x, y, w, h);
    } else {
      // Two faint plates instead of a blur, which a software canvas pays for with every pixel.
      painter.fillStyle = view.theme.name === "dark" ? "rgba(0,0,0,0.22)" : "rgba(31,30,27,0.07)";
      painter.fillRect(x + 1, y + 2, w - 2, h + 1);
      painter.fillRect(x + 3, y + 4, w - 6, h + 1);
      painter.fillStyle = tones.note;
      painter.beginPath();
      tracePath(painter, pathOf(record, view.scene));
      painter.fill();
    }
    if (record.text && !view.hideText) {
      drawWords(painter, record.text, textBox(record, view.scene), { ...view, colour: tones.text });
    }
  },
  svg(record, view) {
    const tones = tonesOf(record, view.theme);
    const words = wordsToSvg(record.text ?? "", textBox(record, view.scene), { ...view, colour: tones.text });
    return svgPath(pathOf(record, view.scene), { fill: tones.note }) + words;
  },
  ports: (record) => sidePorts(record.g),
  resize(record, box, scene) {
    const g = atLeastMinimum(box);
    return { g: growWithText({ ...record, g }, scene) ?? g };
  },
  move: (record, by) => moveGeometry(record.g, by),
  textBox,
  growWithText,
};
