import { describe, expect, it } from "vitest";
import type { BoxRecord } from "#editor/model/record";
import { HUES, SHAPE_KINDS } from "#editor/model/record";
import { shapeByKind, shapeOf } from "#editor/shapes/registry";
import { createScene } from "#editor/shapes/scene";
import { DARK_THEME, LIGHT_THEME } from "./theme";

const scene = createScene(
  () => undefined,
  (text, font) => text.length * font.size * 0.5,
);

/** WCAG 2 contrast of two colours of the form #rrggbb. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, blue] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each([LIGHT_THEME, DARK_THEME])("the $name theme", (theme) => {
  it.each(HUES)("keeps words in %s readable and its outlines visible", (hue) => {
    const tones = theme.hues[hue];
    expect(contrast(tones.text, tones.note)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tones.text, tones.fill)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tones.stroke, theme.paper)).toBeGreaterThanOrEqual(3);
  });

  it.each(SHAPE_KINDS)("draws a %s as SVG in its own colours", (kind) => {
    const record = { ...shapeByKind(kind).defaults([0, 0, 160, 80], "a0"), hue: "red" as const };
    const worded = kind === "draw" ? record : { ...record, text: "words" };
    const svg = shapeOf(worded).svg(worded, { scene, theme, scale: 1 });
    const { fill, note, stroke } = theme.hues.red;
    expect([fill, note, stroke].some((colour) => svg.includes(colour))).toBe(true);
  });
});

describe("SVG", () => {
  it("lets no markup through from a shape's words", () => {
    const record: BoxRecord = { kind: "rectangle", g: [0, 0, 400, 80], z: "a0", text: '<b onload="x">&' };
    const svg = shapeOf(record).svg(record, { scene, theme: LIGHT_THEME, scale: 1 });
    expect(svg).toContain("&lt;b onload=&quot;x&quot;&gt;&amp;");
    expect(svg).not.toContain("<b");
  });
});
