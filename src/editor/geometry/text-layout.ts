/** A face of the one family that boards use. Size in world units, weight as in CSS. */
export interface Font {
  readonly size: number;
  readonly weight: number;
  readonly italic: boolean;
}

/** Measures the advance of a piece of text in the same units as `font.size`. The browser's canvas does it; tests bring their own. */
export type MeasureText = (text: string, font: Font) => number;

export interface TextLine {
  readonly text: string;
  readonly width: number;
}

export interface TextLayout {
  readonly lines: readonly TextLine[];
  /** Width of the longest line. */
  readonly width: number;
  readonly height: number;
  readonly lineHeight: number;
}

export const LINE_HEIGHT = 1.3;

/** All words are measured at this size and scaled: one cache serves every size, and autofit costs no new measuring. */
const baseSize = 16;
const maxWords = 20_000;
const maxLayouts = 4_000;

/** Scripts written without spaces; the platform's segmenter knows where their lines may break. */
const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Breaks text into lines and remembers what it measured. */
export interface TextLayouter {
  /** @param maxWidth world units; Infinity breaks at line feeds only. */
  layout(text: string, font: Font, maxWidth: number): TextLayout;
  /** Forget everything, for when the web font has arrived and widths have changed. */
  clear(): void;
}

function splitPieces(paragraph: string): string[] {
  if (spaceless.test(paragraph)) {
    const segments = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(paragraph)];
    const pieces: string[] = [];
    for (const { segment, isWordLike } of segments) {
      // Blanks and punctuation stay with the word before, so that no line begins with them.
      if (isWordLike || pieces.length === 0) pieces.push(segment);
      else pieces[pieces.length - 1] += segment;
    }
    return pieces;
  }
  return (
    paragraph.match(/\s+|[^\s-]+-*|-+/gu)?.reduce<string[]>((pieces, piece) => {
      if (/^\s/u.test(piece) && pieces.length > 0) pieces[pieces.length - 1] += piece;
      else pieces.push(piece);
      return pieces;
    }, []) ?? []
  );
}

const graphemes = (text: string): string[] =>
  [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)].map((part) => part.segment);

/** Makes a layouter over the given way to measure. */
export function createTextLayouter(measure: MeasureText): TextLayouter {
  const words = new Map<string, number>();
  const layouts = new Map<string, TextLayout>();

  function widthOf(text: string, font: Font): number {
    if (text === "") return 0;
    const key = `${font.weight}${font.italic ? "i" : ""} ${text}`;
    let width = words.get(key);
    if (width === undefined) {
      if (words.size > maxWords) words.clear();
      width = measure(text, { ...font, size: baseSize });
      words.set(key, width);
    }
    return (width * font.size) / baseSize;
  }

  /** A word wider than the line is cut where it reaches the edge, at least one character a line. */
  function breakWord(word: string, font: Font, maxWidth: number): string[] {
    const parts: string[] = [];
    let part = "";
    for (const grapheme of graphemes(word)) {
      if (part !== "" && widthOf(part + grapheme, font) > maxWidth) {
        parts.push(part);
        part = grapheme;
      } else part += grapheme;
    }
    return [...parts, part];
  }

  function wrapParagraph(paragraph: string, font: Font, maxWidth: number): TextLine[] {
    const lines: TextLine[] = [];
    let line = "";
    let width = 0;
    const finish = () => {
      const text = line.trimEnd();
      lines.push({ text, width: text === line ? width : width - widthOf(line.slice(text.length), font) });
      line = "";
      width = 0;
    };
    const put = (piece: string, pieceWidth: number) => {
      line += piece;
      width += pieceWidth;
    };
    for (const piece of splitPieces(paragraph)) {
      const bare = widthOf(piece.trimEnd(), font);
      if (line !== "" && width + bare > maxWidth) finish();
      if (bare > maxWidth) {
        const parts = breakWord(piece, font, maxWidth);
        parts.forEach((part, index) => {
          put(part, widthOf(part, font));
          if (index < parts.length - 1) finish();
        });
      } else put(piece, bare + widthOf(piece.slice(piece.trimEnd().length), font));
    }
    finish();
    return lines;
  }

  return {
    layout(text, font, maxWidth) {
      const key = `${font.size} ${font.weight} ${font.italic} ${maxWidth} ${text}`;
      const known = layouts.get(key);
      if (known) return known;
      const lines = text.split("\n").flatMap((paragraph) => wrapParagraph(paragraph, font, maxWidth));
      const lineHeight = font.size * LINE_HEIGHT;
      const result: TextLayout = {
        lines,
        width: lines.reduce((most, line) => Math.max(most, line.width), 0),
        height: lines.length * lineHeight,
        lineHeight,
      };
      if (layouts.size > maxLayouts) layouts.clear();
      layouts.set(key, result);
      return result;
    },
    clear() {
      words.clear();
      layouts.clear();
    },
  };
}

/** The largest of the sizes (given largest first) at which the text fits the box; the last one when none does. */
export function fitFontSize(
  layouter: TextLayouter,
  text: string,
  font: Omit<Font, "size">,
  room: { readonly width: number; readonly height: number },
  sizes: readonly number[],
): { readonly size: number; readonly layout: TextLayout; readonly fits: boolean } {
  let last = { size: 0, layout: layouter.layout("", { ...font, size: 1 }, 1), fits: false };
  for (const size of sizes) {
    const sized = { ...font, size };
    const layout = layouter.layout(text, sized, room.width);
    // A size at which a word must be cut is too large while a smaller one is left to try.
    const longest = Math.max(
      0,
      ...text.split(/\s+/u).map((word) => layouter.layout(word, sized, Infinity).width),
    );
    last = { size, layout, fits: layout.height <= room.height && longest <= room.width };
    if (last.fits) return last;
  }
  return { ...last, fits: last.layout.height <= room.height };
}
