import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxesMeet, boxHasPoint, expandBox, type Box } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import { SIDES, type Side } from "#editor/model/record";
import { createGrid } from "./grid";
import { hitsArea, hitsLine, pathMeetsBox } from "./hit";
import { ellipsePath, pathBounds, pathToSvg, polygonPath, polylinePath, roundedBoxPath } from "./path";
import { routeElbow, type RouteEnd } from "./route-elbow";
import { routeStraight } from "./route-straight";
import { sideDirection, sidePoint } from "./sides";

const n = fc.integer({ min: -3000, max: 3000 });
const s = fc.integer({ min: 10, max: 400 });
const box = fc.tuple(n, n, s, s);
const outline = ([x, y, w, h]: Box): Vec[] => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
];
const tied = (b: Box, side: Side | null = null): RouteEnd => ({ box: b, side, outline: outline(b) });

describe("the grid", () => {
  it("finds exactly what a walk through all boxes finds, after any moves and removals", () => {
    const wide = fc.tuple(n, n, fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 0, max: 9000 }));
    const step = fc.tuple(
      fc.constantFrom("a", "b", "c", "d", "e", "f"),
      fc.option(fc.oneof(box, wide), { nil: null }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), wide, (steps, query) => {
        const grid = createGrid(256);
        const plain = new Map<string, Box>();
        for (const [id, place] of steps) {
          if (place) {
            grid.set(id, place);
            plain.set(id, place);
          } else {
            grid.delete(id);
            plain.delete(id);
          }
        }
        const expected = [...plain].filter(([, place]) => boxesMeet(place, query)).map(([id]) => id);
        expect(grid.query(query).sort()).toEqual(expected.sort());
        expect(grid.size).toBe(plain.size);
      }),
    );
  });
});

describe("outlines", () => {
  it("of an ellipse are hit inside and near the line, not in the box's corners", () => {
    const path = ellipsePath([0, 0, 200, 100]);
    expect(hitsArea(path, [100, 50], 0)).toBe(true);
    expect(hitsArea(path, [4, 4], 0)).toBe(false);
    expect(hitsArea(path, [-3, 50], 4)).toBe(true);
    expect(pathBounds(path)?.map(Math.round)).toEqual([0, 0, 200, 100]);
  });

  it("of a diamond are hit by its true shape", () => {
    const path = polygonPath([
      [50, 0],
      [100, 50],
      [50, 100],
      [0, 50],
    ]);
    expect(hitsArea(path, [50, 50], 0)).toBe(true);
    expect(hitsArea(path, [10, 10], 5)).toBe(false);
    expect(hitsLine(path, [50, 50], 5)).toBe(false);
    expect(hitsLine(path, [26, 26], 5)).toBe(true);
  });

  it("meet a selection rectangle that lies within them only when they are filled", () => {
    const path = roundedBoxPath([0, 0, 100, 100], 8);
    expect(pathMeetsBox(path, [40, 40, 10, 10], true)).toBe(true);
    expect(pathMeetsBox(path, [40, 40, 10, 10], false)).toBe(false);
    expect(pathMeetsBox(path, [90, 40, 30, 10], false)).toBe(true);
    expect(
      pathMeetsBox(
        polylinePath([
          [0, 0],
          [100, 100],
        ]),
        [40, 30, 20, 40],
        false,
      ),
    ).toBe(true);
  });

  it("become SVG paths", () => {
    expect(
      pathToSvg(
        polygonPath([
          [0, 0],
          [1.005, 2],
          [3, 4],
        ]),
      ),
    ).toMatch(/^M0 0L1(\.01)? 2L3 4Z$/u);
  });
});

describe("the elbow router", () => {
  const isStraightUp = (points: readonly Vec[]) =>
    points.slice(1).every((p, i) => p[0] === points[i]?.[0] || p[1] === points[i]?.[1]);
  const crosses = (points: readonly Vec[], b: Box) =>
    points.slice(1).some((p, i) => {
      const q = points[i] as Vec;
      const inner = expandBox(b, -1);
      return (
        Math.max(p[0], q[0]) > inner[0] &&
        Math.min(p[0], q[0]) < inner[0] + inner[2] &&
        Math.max(p[1], q[1]) > inner[1] &&
        Math.min(p[1], q[1]) < inner[1] + inner[3]
      );
    });

  it("runs at right angles, keeps out of both boxes and leaves straight from a side, for all boxes that stand apart", () => {
    fc.assert(
      fc.property(
        box,
        box,
        fc.option(fc.constantFrom(...SIDES), { nil: null }),
        fc.option(fc.constantFrom(...SIDES), { nil: null }),
        (a, b, sideA, sideB) => {
          fc.pre(!boxesMeet(expandBox(a, 24), expandBox(b, 24)));
          const points = routeElbow(tied(a, sideA), tied(b, sideB));
          expect(isStraightUp(points)).toBe(true);
          expect(crosses(points, a)).toBe(false);
          expect(crosses(points, b)).toBe(false);
          expect(points.length).toBeLessThanOrEqual(7);
          for (const [place, side, touch, next] of [
            [a, sideA, points[0], points[1]],
            [b, sideB, points.at(-1), points.at(-2)],
          ] as const) {
            const leaving = side ?? SIDES.find((one) => sidePoint(place, one).join() === touch?.join());
            expect(leaving).toBeDefined();
            const direction = sideDirection(leaving as Side);
            const [dx, dy] = [(next?.[0] ?? 0) - (touch?.[0] ?? 0), (next?.[1] ?? 0) - (touch?.[1] ?? 0)];
            expect(dx * direction[0] + dy * direction[1]).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it("always gives a way between overlapping boxes and points", () => {
    fc.assert(
      fc.property(box, box, fc.tuple(n, n), (a, b, point) => {
        expect(routeElbow(tied(a), tied(b)).length).toBeGreaterThanOrEqual(2);
        expect(isStraightUp(routeElbow(tied(a), { point }))).toBe(true);
        expect(routeElbow({ point }, tied(b)).at(0)).toEqual(point);
      }),
    );
  });

  it("connects neighbours in a row by one straight line", () => {
    expect(routeElbow(tied([0, 0, 100, 50]), tied([200, 0, 100, 50]))).toEqual([
      [100, 25],
      [200, 25],
    ]);
  });

  it("bends in the middle between boxes that face each other", () => {
    expect(routeElbow(tied([0, 0, 100, 50]), tied([300, 100, 100, 50]))).toEqual([
      [100, 25],
      [200, 25],
      [200, 125],
      [300, 125],
    ]);
  });

  it("goes down the middle between a box and one below it", () => {
    expect(routeElbow(tied([0, 0, 100, 50]), tied([150, 200, 100, 50]))).toEqual([
      [50, 50],
      [50, 125],
      [200, 125],
      [200, 200],
    ]);
  });
});

describe("the straight route", () => {
  it("stops at the true outline on its way to the centre", () => {
    const diamond: Vec[] = [
      [50, 0],
      [100, 50],
      [50, 100],
      [0, 50],
    ];
    const points = routeStraight(
      { box: [0, 0, 100, 100], side: null, outline: diamond },
      { point: [250, 50] },
    );
    expect(points).toEqual([
      [100, 50],
      [250, 50],
    ]);
  });

  it("starts in the middle of a chosen side", () => {
    expect(routeStraight(tied([0, 0, 100, 100], "top"), { point: [0, -100] })[0]).toEqual([50, 0]);
    expect(boxHasPoint([0, 0, 100, 100], [50, 0])).toBe(true);
  });
});
