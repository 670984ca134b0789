import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonBytes, sameJson } from "./json";
import { packPenPoints, unpackPenPoints, isPenPoints } from "./pen-points";
import type { JsonValue } from "./record";
import { isStyle, styleOf, unpackStyle, withStyle } from "./style";
import { cleanText, isTextValue } from "./text-value";
import { upgradePatch } from "./upgrades";
import { compareZ, isZKey, zKeyBetween, zKeysBetween } from "./z-order";

describe("order keys", () => {
  it("stay valid and in order however often one inserts, with or without a client's suffix", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.constantFrom("", "k", "Zq")), { maxLength: 60 }),
        (inserts) => {
          const keys: string[] = [];
          for (const [where, suffix] of inserts) {
            const at = where % (keys.length + 1);
            keys.splice(at, 0, zKeyBetween(keys[at - 1] ?? null, keys[at] ?? null, suffix));
          }
          expect([...keys].sort()).toEqual(keys);
          expect(new Set(keys).size).toBe(keys.length);
          for (const key of keys) expect(isZKey(key)).toBe(true);
        },
      ),
    );
  });

  it("find a place even when two neighbours share one key", () => {
    const key = zKeyBetween("a1", "a1");
    expect(key > "a1").toBe(true);
  });

  it("come in the number asked for, rising", () => {
    const keys = zKeysBetween("a0", "a1", 5, "x");
    expect(keys).toHaveLength(5);
    expect([...keys].sort()).toEqual(keys);
    expect("a0" < (keys[0] ?? "")).toBe(true);
    expect((keys[4] ?? "~") < "a1").toBe(true);
  });

  it("put shapes of the same key in the order of their ids", () => {
    const shapes = [
      { z: "a1", id: "b" },
      { z: "a0", id: "c" },
      { z: "a1", id: "a" },
    ];
    expect(shapes.sort(compareZ).map((shape) => shape.id)).toEqual(["c", "a", "b"]);
  });
});

describe("packed styles", () => {
  it("give back every choice and keep the others", () => {
    const packed = withStyle(withStyle(undefined, { fill: "none", endHead: "dot" }), {
      size: "huge",
      bold: true,
    });
    expect(unpackStyle(packed)).toMatchObject({
      fill: "none",
      endHead: "dot",
      size: "huge",
      bold: true,
      width: "regular",
    });
    expect(isStyle(packed)).toBe(true);
    expect(withStyle(packed, { fill: "tint", endHead: "arrow", size: "medium", bold: false })).toBe(0);
  });

  it("read bits of a later version as the default", () => {
    expect(styleOf(0b11, "fill")).toBe("tint");
  });
});

describe("pen points", () => {
  const coordinate = fc.integer({ min: -80_000, max: 80_000 }).map((n) => n / 8);

  it("read back as written, to an eighth of a unit", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 80 }), (points) => {
        const packed = packPenPoints(points);
        expect(isPenPoints(packed)).toBe(true);
        expect(unpackPenPoints(packed)).toEqual(points);
      }),
    );
  });

  it("carry pressure", () => {
    const read =
      unpackPenPoints(
        packPenPoints([
          [0, 0, 0],
          [1, 2, 1],
          [3, 4, 0.5],
        ]),
      ) ?? [];
    expect(read.map((point) => point[2]?.toFixed(1))).toEqual(["0.0", "1.0", "0.5"]);
  });

  it("are cut at the limit instead of growing beyond one shape", () => {
    const many = Array.from({ length: 30_000 }, (_, i) => [i % 97, (i * 31) % 89] as const);
    const packed = packPenPoints(many);
    expect(isPenPoints(packed)).toBe(true);
    expect(packed.length).toBeGreaterThan(29_000);
  });

  it.each(["", "2AA", "0A", "0AA!", "0gg", "1AA", `0${"_".repeat(12)}A`])("refuse %j", (packed) => {
    expect(isPenPoints(packed)).toBe(false);
  });
});

describe("texts", () => {
  it("become acceptable by cleaning, whatever was pasted", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(isTextValue(cleanText(text))).toBe(true);
      }),
    );
    expect(cleanText("a\r\nb\u0000\tc")).toBe("a\nb\tc");
  });

  it("are cut without halving a character", () => {
    const cut = cleanText("x" + "😀".repeat(6000));
    expect(isTextValue(cut)).toBe(true);
    expect(cut).toHaveLength(9999);
  });
});

describe("JSON values", () => {
  it("are as many bytes as the platform says", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonBytes(value as JsonValue)).toBe(Buffer.byteLength(JSON.stringify(value)));
      }),
    );
  });

  it("are equal to their copies and to nothing else", () => {
    expect(sameJson({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBe(true);
    expect(sameJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
    expect(sameJson([1, 2], [1])).toBe(false);
    expect(sameJson({ a: null }, { b: null })).toBe(false);
    expect(sameJson([], {})).toBe(false);
  });
});

describe("upgrades", () => {
  it("run from the version of the data upwards, in order", () => {
    const steps = [
      { from: 1, patch: (patch: object) => ({ ...patch, one: 1 }) },
      { from: 2, patch: (patch: object) => ({ ...patch, two: 2 }) },
    ];
    expect(upgradePatch({}, 1, steps)).toEqual({ one: 1, two: 2 });
    expect(upgradePatch({}, 2, steps)).toEqual({ two: 2 });
  });
});
