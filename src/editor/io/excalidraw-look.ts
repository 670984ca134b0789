import type { Hue } from "#editor/model/record";
import type { Dash, Fill, StrokeWidth, TextSize } from "#editor/model/style";

/** Degrees on the colour wheel. Gray has none: it stands for everything without a clear colour. */
const wheel: readonly (readonly [hue: Hue, degrees: number])[] = [
  ["red", 0],
  ["orange", 27],
  ["yellow", 48],
  ["green", 130],
  ["teal", 178],
  ["blue", 214],
  ["violet", 265],
  ["pink", 332],
  ["red", 360],
];

interface Colour {
  /** Degrees; NaN for grays. */
  readonly degrees: number;
  readonly lightness: number;
}

function readColour(value: unknown): Colour | null {
  if (typeof value !== "string") return null;
  const hex = /^#[0-9a-f]{3}$/i.test(value) ? value.replace(/[0-9a-f]/gi, "$&$&") : value;
  if (!/^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(hex) || hex.slice(7).toLowerCase() === "00") return null;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [max, min] = [Math.max(r, g, b), Math.min(r, g, b)];
  const chroma = max - min;
  const lightness = (max + min) / 2;
  const saturation = chroma === 0 ? 0 : chroma / (1 - Math.abs(2 * lightness - 1));
  if (saturation < 0.15 || chroma < 0.04) return { degrees: NaN, lightness };
  const sixth =
    max === r ? ((g - b) / chroma + 6) % 6 : max === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  return { degrees: sixth * 60, lightness };
}

/** The nearest of our hues; undefined for black, white, grays, "transparent" and what is no colour. */
export function nearestHue(value: unknown): Hue | undefined {
  const colour = readColour(value);
  if (!colour || Number.isNaN(colour.degrees)) return undefined;
  let best: Hue | undefined;
  let least = Infinity;
  for (const [hue, degrees] of wheel) {
    const gap = Math.abs(colour.degrees - degrees);
    if (gap < least) [best, least] = [hue, gap];
  }
  return best;
}

/** No background is hollow; a strong one is solid, a pale one our tint. */
export function fillFrom(background: unknown): Fill {
  const colour = readColour(background);
  if (!colour) return "none";
  return !Number.isNaN(colour.degrees) && colour.lightness < 0.75 ? "solid" : "tint";
}

export function widthFrom(strokeWidth: unknown): StrokeWidth {
  if (typeof strokeWidth !== "number") return "regular";
  return strokeWidth < 1.5 ? "thin" : strokeWidth >= 3 ? "thick" : "regular";
}

export function dashFrom(strokeStyle: unknown): Dash {
  return strokeStyle === "dashed" || strokeStyle === "dotted" ? strokeStyle : "solid";
}

/** Our arrow heads for those of Excalidraw; bars and crow's feet, which we lack, become plain arrows. */
export function headFrom(head: unknown): "none" | "arrow" | "triangle" | "dot" {
  if (typeof head !== "string") return "none";
  if (/^(dot|circle)/.test(head)) return "dot";
  return /^(triangle|diamond)/.test(head) ? "triangle" : "arrow";
}

/** Font sizes in world units for each of our steps; they differ by where the words stand (shapes/*.ts). */
export const FONT_STEPS = {
  box: { small: 13, medium: 16, large: 22, huge: 32 },
  text: { small: 14, medium: 20, large: 30, huge: 48 },
  label: { small: 12, medium: 14, large: 18, huge: 24 },
} as const satisfies Record<string, Record<TextSize, number>>;

/** The step nearest in proportion. */
export function sizeFrom(fontSize: unknown, steps: Readonly<Record<TextSize, number>>): TextSize {
  if (typeof fontSize !== "number" || !(fontSize > 0)) return "medium";
  const distance = (size: TextSize) => Math.abs(Math.log(fontSize / steps[size]));
  return (["medium", "small", "large", "huge"] as const).reduce((best, size) =>
    distance(size) < distance(best) ? size : best,
  );
}
