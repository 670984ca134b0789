import { describe, expect, it } from "vitest";
import type { Box } from "#editor/math/box";
import type { MeasureText } from "#editor/geometry/text-layout";
import { packPenPoints } from "#editor/model/pen-points";
import type { BoxRecord, ConnectorRecord, DrawRecord, ShapeRecord } from "#editor/model/record";
import { SHAPE_KINDS } from "#editor/model/record";
import { applyOps, parseOps, recordToPatch } from "#editor/model/ops";
import { withStyle } from "#editor/model/style";
import { strokeFromPoints } from "./draw";
import { connectorShape, shapeByKind, shapeOf } from "./registry";
import { createScene, type Scene } from "./scene";

const measure: MeasureText = (text, font) => text.length * font.size * 0.5;
const records = new Map<string, ShapeRecord>();
const scene: Scene = createScene((id) => records.get(id), measure);

const box = (kind: BoxRecord["kind"], g: BoxRecord["g"], more: Partial<BoxRecord> = {}): BoxRecord => ({
  kind,
  g,
  z: "a0",
  ...more,
});
const hit = (record: ShapeRecord, x: number, y: number, tolerance = 0) =>
  shapeOf(record).hit(record, [x, y], tolerance, scene);
const meets = (record: ShapeRecord, area: Box) => shapeOf(record).meets(record, area, scene);

describe("every kind", () => {
  it.each(SHAPE_KINDS)("%s makes a whole, valid record by default", (kind) => {
    const record = shapeByKind(kind).defaults([10, 20, 160, 80], "a0");
    const ops = parseOps([["x", recordToPatch(record)]]);
    expect(applyOps(new Map(), ops).dropped).toEqual([]);
    expect(record.kind).toBe(kind);
  });

  it.each(SHAPE_KINDS)("%s moves by the distance asked for", (kind) => {
    const record = shapeByKind(kind).defaults([10, 20, 160, 80], "a0");
    const moved = { ...record, ...shapeOf(record).move(record, [5, -7]) } as ShapeRecord;
    const [before, after] = [shapeOf(record).bounds(record, scene), shapeOf(moved).bounds(moved, scene)];
    expect(after).toEqual([before[0] + 5, before[1] - 7, before[2], before[3]]);
  });
});

describe("box shapes", () => {
  it("are hit by their true shape", () => {
    expect(hit(box("rectangle", [0, 0, 100, 100]), 3, 50)).toBe(true);
    expect(hit(box("ellipse", [0, 0, 100, 100]), 8, 8)).toBe(false);
    expect(hit(box("ellipse", [0, 0, 100, 100]), 20, 20)).toBe(true);
    expect(hit(box("diamond", [0, 0, 100, 100]), 20, 20)).toBe(false);
    expect(hit(box("diamond", [0, 0, 100, 100]), 30, 30)).toBe(true);
  });

  it("without a fill are hit on their line and their words only", () => {
    const style = withStyle(0, { fill: "none" });
    const hollow = box("rectangle", [0, 0, 200, 200], { style });
    expect(hit(hollow, 100, 100, 4)).toBe(false);
    expect(hit(hollow, 202, 100, 4)).toBe(true);
    expect(hit({ ...hollow, text: "hi" }, 100, 100, 4)).toBe(true);
    expect(meets(hollow, [90, 90, 5, 5])).toBe(false);
    expect(meets(hollow, [190, 90, 20, 5])).toBe(true);
  });

  it.each(["rectangle", "ellipse", "diamond"] as const)(
    "a %s grows downwards until its words fit, and then stays",
    (kind) => {
      const record = box(kind, [0, 0, 160, 80], {
        text: "a good many words that need several lines to stand in",
      });
      const g = shapeOf(record).growWithText(record, scene);
      expect(g?.slice(0, 3)).toEqual([0, 0, 160]);
      expect(g?.[3]).toBeGreaterThan(80);
      const grown = { ...record, g: g ?? record.g };
      expect(shapeOf(grown).growWithText(grown, scene)).toBeNull();
      expect(
        shapeOf(box(kind, [0, 0, 160, 80], { text: "hi" })).growWithText(
          box(kind, [0, 0, 160, 80], { text: "hi" }),
          scene,
        ),
      ).toBeNull();
    },
  );

  it("cannot be resized smaller than their words", () => {
    const record = box("rectangle", [0, 0, 300, 100], { text: "words that must stay readable" });
    const patch = shapeOf(record).resize(record, [0, 0, 80, 20], scene) as { g: Box };
    expect(patch.g[2]).toBe(80);
    expect(patch.g[3]).toBeGreaterThan(20);
  });
});

describe("notes", () => {
  it("set few words large and many words small", () => {
    const sizeOf = (text: string) => {
      const record = box("note", [0, 0, 180, 180], { text });
      return shapeOf(record).textBox(record, scene)?.fontSize ?? 0;
    };
    expect(sizeOf("Buy milk")).toBe(24);
    expect(sizeOf("word ".repeat(60))).toBeLessThan(18);
    expect(sizeOf("word ".repeat(60))).toBeGreaterThanOrEqual(12);
  });

  it("grow only when the smallest size does not fit", () => {
    const grow = (text: string) => {
      const record = box("note", [0, 0, 180, 180], { text });
      return shapeOf(record).growWithText(record, scene);
    };
    expect(grow("word ".repeat(20))).toBeNull();
    expect(grow("word ".repeat(200))?.[3]).toBeGreaterThan(180);
  });
});

describe("texts", () => {
  it("are as wide as their longest line", () => {
    const record = box("text", [10, 10, 24, 26], { text: "ab\nabcd" });
    expect(shapeOf(record).growWithText(record, scene)).toEqual([10, 10, 40, 52]);
  });

  it("keep the aligned side in place while they grow", () => {
    const style = withStyle(0, { align: "right" });
    const record = box("text", [100, 10, 40, 26], { text: "abcdefgh", style });
    expect(shapeOf(record).growWithText(record, scene)).toEqual([60, 10, 80, 26]);
  });

  it("wrap once they have been given a width", () => {
    const record = box("text", [0, 0, 200, 26], { text: "one two three" });
    const patch = shapeOf(record).resize(record, [0, 0, 80, 500], scene) as { g: Box; style: number };
    expect(patch.g).toEqual([0, 0, 80, 52]);
    const resized = { ...record, ...patch };
    expect(shapeOf(resized).growWithText(resized, scene)).toBeNull();
  });
});

describe("pen strokes", () => {
  const made = strokeFromPoints([
    [100, 100],
    [150, 120],
    [200, 100],
  ]);
  const stroke: DrawRecord = { kind: "draw", z: "a0", ...(made ?? { g: [0, 0, 0, 0], points: "0AA" }) };

  it("keep where the pen went", () => {
    expect(stroke.g).toEqual([100, 100, 100, 20]);
  });

  it("are hit near their line, not in the box around it", () => {
    expect(hit(stroke, 150, 124, 6)).toBe(true);
    expect(hit(stroke, 150, 100, 6)).toBe(false);
  });

  it("follow their box when it is stretched", () => {
    const wide = { ...stroke, ...shapeOf(stroke).resize(stroke, [100, 100, 300, 40], scene) } as DrawRecord;
    expect(hit(wide, 250, 140, 3)).toBe(true);
    expect(hit(wide, 390, 104, 8)).toBe(true);
  });

  it("of a single point are a dot that can be hit", () => {
    const dot: DrawRecord = { kind: "draw", z: "a0", g: [5, 5, 0, 0], points: packPenPoints([[0, 0]]) };
    expect(hit(dot, 7, 5, 4)).toBe(true);
    expect(shapeOf(dot).path(dot, scene).length).toBeGreaterThan(3);
  });
});

describe("connectors", () => {
  const connector = (
    from: ConnectorRecord["from"],
    to: ConnectorRecord["to"],
    more: Partial<ConnectorRecord> = {},
  ): ConnectorRecord => ({ kind: "connector", z: "a1", from, to, ...more });

  it("follow the shapes they are tied to", () => {
    records.set("a", box("rectangle", [0, 0, 100, 100]));
    records.set("b", box("rectangle", [300, 0, 100, 100]));
    const record = connector({ id: "a" }, { id: "b" });
    expect(connectorShape.points(record, scene)).toEqual([
      [100, 50],
      [300, 50],
    ]);
    records.set("b", box("rectangle", [300, 200, 100, 100]));
    expect(connectorShape.points(record, scene).at(-1)).toEqual([300, 250]);
  });

  it("keep an end where it was last seen when its shape is gone", () => {
    records.delete("gone");
    const record = connector([0, 0], { id: "gone", at: [50, 60] }, { route: "straight" });
    expect(connectorShape.points(record, scene)).toEqual([
      [0, 0],
      [50, 60],
    ]);
    expect(
      connectorShape
        .points(connector({ id: "gone" }, { id: "gone" }), scene)
        .flat()
        .every(Number.isFinite),
    ).toBe(true);
  });

  it("are hit generously along their line, and on their label", () => {
    const record = connector([0, 0], [200, 0], { text: "yes" });
    expect(hit(record, 40, 6, 6)).toBe(true);
    expect(hit(record, 40, 12, 6)).toBe(false);
    expect(hit(record, 100, 9, 0)).toBe(true);
  });

  it("move by their free ends only", () => {
    expect(shapeOf(connector([0, 0], { id: "a" })).move(connector([0, 0], { id: "a" }), [5, 5])).toEqual({
      from: [5, 5],
    });
    expect(
      shapeOf(connector({ id: "a" }, { id: "b" })).move(connector({ id: "a" }, { id: "b" }), [5, 5]),
    ).toBeNull();
  });

  it("end at the true outline of an ellipse when they run straight", () => {
    records.set("e", box("ellipse", [0, 0, 100, 100]));
    const [start] = connectorShape.points(connector({ id: "e" }, [300, 300], { route: "straight" }), scene);
    expect(start?.[0]).toBeCloseTo(50 + 50 * Math.SQRT1_2, 0);
    expect(start?.[1]).toBeCloseTo(50 + 50 * Math.SQRT1_2, 0);
  });
});
