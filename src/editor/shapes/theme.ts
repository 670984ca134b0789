import type { Hue } from "#editor/model/record";

/** The four tones of a hue: boxes use fill, stroke and text; notes use note and text. */
export interface HueTones {
  readonly fill: string;
  readonly note: string;
  readonly stroke: string;
  readonly text: string;
}

/** All colours drawing needs, as CSS colours. The values for light and dark are in `render/theme.ts`. */
export interface Theme {
  readonly name: "light" | "dark";
  readonly paper: string;
  readonly surface: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly hues: Readonly<Record<Hue, HueTones>>;
  /** The CSS families of board text, e.g. `"Inter Variable", sans-serif`. */
  readonly fontFamily: string;
}
