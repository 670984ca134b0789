const HUES = ["red", "orange", "yellow", "green", "teal", "blue", "violet", "pink"] as const;

export type Hue = (typeof HUES)[number];

/** A hue of the board's palette that always is the same for the same text. */
export function hueOf(text: string): Hue {
  let sum = 7;
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return HUES[sum % HUES.length] ?? "teal";
}
