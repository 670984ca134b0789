import { pathToSvg, type Path } from "#editor/geometry/path";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe to stand in an element or an attribute. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/gu, (mark) => entities[mark] ?? mark);

/** Two decimals are a fiftieth of a pixel at usual zoom. */
export const svgNumber = (value: number): string => String(Math.round(value * 100) / 100);

export interface SvgPaint {
  readonly fill?: string | null;
  readonly stroke?: string | null;
  readonly width?: number;
  readonly dash?: readonly number[];
}

/** A path element. */
export function svgPath(path: Path, paint: SvgPaint): string {
  const stroke = paint.stroke
    ? ` stroke="${paint.stroke}" stroke-width="${paint.width ?? 1}" stroke-linecap="round" stroke-linejoin="round"`
    : "";
  const dash = paint.dash?.length ? ` stroke-dasharray="${paint.dash.join(" ")}"` : "";
  return `<path d="${pathToSvg(path)}" fill="${paint.fill ?? "none"}"${stroke}${dash}/>`;
}
