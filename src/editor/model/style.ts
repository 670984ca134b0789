/**
 * How a shape looks apart from its hue, packed into one integer (the property `style`): each field takes a few
 * bits and holds the position of its value in a list. The first value of each list is the default and counts 0,
 * so that a plain shape stores nothing. Lists may grow at their end up to 2^bits values; never reorder them.
 */
const fields = {
  fill: { shift: 0, bits: 2, values: ["tint", "solid", "none"] },
  width: { shift: 2, bits: 2, values: ["regular", "thin", "thick"] },
  dash: { shift: 4, bits: 2, values: ["solid", "dashed", "dotted"] },
  size: { shift: 6, bits: 2, values: ["medium", "small", "large", "huge"] },
  align: { shift: 8, bits: 2, values: ["auto", "left", "centre", "right"] },
  valign: { shift: 10, bits: 2, values: ["auto", "top", "middle", "bottom"] },
  startHead: { shift: 12, bits: 3, values: ["none", "arrow", "triangle", "dot"] },
  endHead: { shift: 15, bits: 3, values: ["arrow", "none", "triangle", "dot"] },
  bold: { shift: 18, bits: 1, values: [false, true] },
  italic: { shift: 19, bits: 1, values: [false, true] },
  /** Texts only: whether the box is as wide as its words, or has a width of its own that wraps them. */
  wrap: { shift: 20, bits: 1, values: ["auto", "fixed"] },
} as const;

type Fields = typeof fields;
export type StyleField = keyof Fields;
export type StyleValue<F extends StyleField> = Fields[F]["values"][number];
export type Style = { readonly [F in StyleField]: StyleValue<F> };

export type Fill = StyleValue<"fill">;
export type StrokeWidth = StyleValue<"width">;
export type Dash = StyleValue<"dash">;
export type TextSize = StyleValue<"size">;
export type Head = StyleValue<"startHead">;

const names = Object.keys(fields) as StyleField[];
const allBits = names.reduce(
  (mask, name) => mask | (((1 << fields[name].bits) - 1) << fields[name].shift),
  0,
);

function position(name: StyleField, packed: number): number {
  const { shift, bits, values } = fields[name];
  const index = (packed >>> shift) & ((1 << bits) - 1);
  return index < values.length ? index : 0;
}

/** One field of a packed style (absent counts as 0). */
export function styleOf<F extends StyleField>(packed: number | undefined, field: F): StyleValue<F> {
  return fields[field].values[position(field, packed ?? 0)] as StyleValue<F>;
}

/** All fields of a packed style. */
export function unpackStyle(packed: number | undefined): Style {
  return Object.fromEntries(names.map((name) => [name, styleOf(packed, name)])) as unknown as Style;
}

/** The packed style with some fields set anew, others kept. */
export function withStyle(packed: number | undefined, patch: Partial<Style>): number {
  let result = packed ?? 0;
  for (const name of names) {
    const value = patch[name];
    if (value === undefined) continue;
    const { shift, bits } = fields[name];
    const index = (fields[name].values as readonly unknown[]).indexOf(value);
    if (index >= 0) result = (result & ~(((1 << bits) - 1) << shift)) | (index << shift);
  }
  return result;
}

/** True for integers that set no bit outside the known fields. */
export const isStyle = (value: unknown): value is number =>
  typeof value === "number" &&
  Number.isInteger(value) &&
  value >= 0 &&
  (value & ~allBits) === 0 &&
  value <= allBits;
