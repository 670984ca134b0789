import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextLayouter, fitFontSize, type MeasureText } from "./text-layout";

/** Every character is half as wide as it is high. */
const measure: MeasureText = (text, font) => text.length * font.size * 0.5;
const font = { size: 10, weight: 450, italic: false };
const lines = (text: string, width: number) =>
  createTextLayouter(measure)
    .layout(text, font, width)
    .lines.map((line) => line.text);

describe("text layout", () => {
  it("breaks between words, at line feeds, and keeps empty lines", () => {
    expect(lines("one two three", 40)).toEqual(["one two", "three"]);
    expect(lines("a\n\nb", 100)).toEqual(["a", "", "b"]);
    expect(lines("", 100)).toEqual([""]);
  });

  it("cuts a word that is wider than the line", () => {
    expect(lines("abcdefghij kl", 20)).toEqual(["abcd", "efgh", "ij", "kl"]);
  });

  it("breaks after a hyphen and between Chinese words", () => {
    expect(lines("well-known", 30)).toEqual(["well-", "known"]);
    expect(lines("我们喜欢白板", 20).length).toBeGreaterThan(1);
    expect(lines("我们喜欢白板", 20).join("")).toBe("我们喜欢白板");
  });

  it("loses no character but blanks, and no line is wider than it may be", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "b", " ", "-", "\n", "ü"), maxLength: 60 }),
        fc.integer({ min: 5, max: 120 }),
        (text, width) => {
          const layout = createTextLayouter(measure).layout(text, font, width);
          expect(
            layout.lines
              .map((line) => line.text)
              .join("")
              .replaceAll(/\s/gu, ""),
          ).toBe(text.replaceAll(/\s/gu, ""));
          for (const line of layout.lines) {
            expect(line.width).toBeCloseTo(measure(line.text, font), 6);
            expect(line.width).toBeLessThanOrEqual(Math.max(width, 5) + 1e-6);
          }
        },
      ),
    );
  });

  it("measures each word once, whatever sizes it is set in", () => {
    let calls = 0;
    const layouter = createTextLayouter((text, at) => {
      calls += 1;
      return measure(text, at);
    });
    layouter.layout("alpha beta", font, 100);
    const first = calls;
    layouter.layout("beta alpha", { ...font, size: 31 }, 100);
    expect(calls).toBe(first);
  });

  it("fits the largest size, and says when even the smallest is too large", () => {
    const layouter = createTextLayouter(measure);
    const sizes = [40, 20, 10];
    expect(fitFontSize(layouter, "hi", font, { width: 100, height: 60 }, sizes)).toMatchObject({
      size: 40,
      fits: true,
    });
    expect(fitFontSize(layouter, "unbroken", font, { width: 100, height: 100 }, sizes)).toMatchObject({
      size: 20,
      fits: true,
    });
    expect(
      fitFontSize(layouter, "many words here ".repeat(9), font, { width: 50, height: 40 }, sizes),
    ).toMatchObject({ size: 10, fits: false });
  });
});
