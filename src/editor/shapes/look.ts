import type { Font } from "#editor/geometry/text-layout";
import type { Hue, ShapeRecord } from "#editor/model/record";
import { styleOf, type TextSize } from "#editor/model/style";
import type { Painter2D } from "./painter";
import type { HueTones, Theme } from "./theme";

const strokeWidths = { thin: 1, regular: 2, thick: 4 } as const;
const boxTextSizes: Readonly<Record<TextSize, number>> = { small: 13, medium: 16, large: 22, huge: 32 };

/** The hue that a record is seen in. Notes without one are yellow, all else is gray. */
export const hueOf = (record: ShapeRecord): Hue => record.hue ?? (record.kind === "note" ? "yellow" : "gray");

/** The tones of a record's hue. */
export const tonesOf = (record: ShapeRecord, theme: Theme): HueTones => theme.hues[hueOf(record)];

/** Width of an outline or a connector in world units. */
export const strokeWidthOf = (record: ShapeRecord): number => strokeWidths[styleOf(record.style, "width")];

/** The dash pattern for a line of the given width; empty for a solid line. */
export function dashOf(record: ShapeRecord): number[] {
  const width = strokeWidthOf(record);
  const dash = styleOf(record.style, "dash");
  if (dash === "dashed") return [4 + width * 2, 3 + width * 1.5];
  // Round caps turn a dash of almost no length into a dot.
  return dash === "dotted" ? [0.01, width * 2.2] : [];
}

/** The fill of a closed shape; null when it is hollow. */
export function fillOf(record: ShapeRecord, theme: Theme): string | null {
  const fill = styleOf(record.style, "fill");
  if (fill === "none") return null;
  return fill === "solid" ? tonesOf(record, theme).note : tonesOf(record, theme).fill;
}

/** The font of a record's words at the given size, or at the size its style chooses among `sizes`. */
export function fontOf(record: ShapeRecord, sizes: Readonly<Record<TextSize, number>> = boxTextSizes): Font {
  return {
    size: sizes[styleOf(record.style, "size")],
    weight: styleOf(record.style, "bold") ? 650 : 450,
    italic: styleOf(record.style, "italic"),
  };
}

/** The font as CSS writes it. */
export const cssFont = (font: Font, family: string): string =>
  `${font.italic ? "italic " : ""}${font.weight} ${font.size}px ${family}`;

/** Sets what every stroke needs. */
export function prepareStroke(painter: Painter2D, record: ShapeRecord, colour: string): void {
  painter.strokeStyle = colour;
  painter.lineWidth = strokeWidthOf(record);
  painter.lineJoin = "round";
  painter.lineCap = "round";
  painter.setLineDash(dashOf(record));
}
