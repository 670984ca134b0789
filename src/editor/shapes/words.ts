import type { Font, TextLayout } from "#editor/geometry/text-layout";
import { cssFont } from "./look";
import type { Painter2D } from "./painter";
import type { Theme } from "./theme";
import type { TextBox } from "./definition";
import type { Scene } from "./scene";
import { escapeXml, svgNumber } from "./svg";

/** Inter's ascent and descent, in ems: where a browser puts the baseline in a line of text. */
const ascent = 0.969;
const descent = 0.242;
/** Below these sizes in device pixels words become bars, then vanish: nobody can read them, and drawing them is dear. */
const readable = 4;
const visible = 1.5;

interface PlacedLine {
  readonly text: string;
  readonly width: number;
  readonly x: number;
  /** The top of the line's box. */
  readonly top: number;
  readonly baseline: number;
}

const fontOfTextBox = (t: TextBox): Font => ({
  size: t.fontSize,
  weight: t.fontWeight,
  italic: t.italic,
});

/** The words broken into lines as the text box demands. */
export const layoutWords = (text: string, place: TextBox, scene: Scene): TextLayout =>
  scene.text.layout(text, fontOfTextBox(place), place.wraps ? place.box[2] : Infinity);

function placeLines(layout: TextLayout, place: TextBox): PlacedLine[] {
  const [x, y, w, h] = place.box;
  const spare = h - layout.height;
  const top = y + (place.valign === "top" ? 0 : place.valign === "middle" ? spare / 2 : spare);
  const drop = (layout.lineHeight - (ascent + descent) * place.fontSize) / 2 + ascent * place.fontSize;
  return layout.lines.map((line, index) => {
    const left =
      place.align === "left" ? 0 : place.align === "centre" ? (w - line.width) / 2 : w - line.width;
    const lineTop = top + index * layout.lineHeight;
    return { ...line, x: x + left, top: lineTop, baseline: lineTop + drop };
  });
}

export interface WordsLook {
  readonly colour: string;
  readonly theme: Theme;
  readonly scale: number;
  readonly scene: Scene;
}

/** Draws the words into their box; as grey bars when they are too small on the screen to be read. */
export function drawWords(painter: Painter2D, text: string, place: TextBox, look: WordsLook): void {
  const size = place.fontSize * look.scale;
  if (text === "" || size < visible) return;
  const lines = placeLines(layoutWords(text, place, look.scene), place);
  painter.fillStyle = look.colour;
  if (size < readable) {
    painter.globalAlpha = 0.4;
    for (const line of lines) {
      painter.fillRect(line.x, line.top + place.fontSize * 0.4, line.width, place.fontSize * 0.5);
    }
    painter.globalAlpha = 1;
    return;
  }
  painter.font = cssFont(fontOfTextBox(place), look.theme.fontFamily);
  painter.textAlign = "left";
  painter.textBaseline = "alphabetic";
  for (const line of lines) if (line.text !== "") painter.fillText(line.text, line.x, line.baseline);
}

/** The words as one SVG text element. */
export function wordsToSvg(text: string, place: TextBox, look: Omit<WordsLook, "scale">): string {
  if (text === "") return "";
  const spans = placeLines(layoutWords(text, place, look.scene), place)
    .filter((line) => line.text !== "")
    .map(
      (line) =>
        `<tspan x="${svgNumber(line.x)}" y="${svgNumber(line.baseline)}">${escapeXml(line.text)}</tspan>`,
    )
    .join("");
  const style = place.italic ? ' font-style="italic"' : "";
  return `<text xml:space="preserve" font-family="${escapeXml(look.theme.fontFamily)}" font-size="${place.fontSize}" font-weight="${place.fontWeight}"${style} fill="${look.colour}">${spans}</text>`;
}
