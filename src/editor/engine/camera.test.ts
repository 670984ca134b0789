import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxCentre } from "#editor/math/box";
import {
  cameraBetween,
  createCamera,
  fittedTo,
  screenToWorld,
  visibleBox,
  worldToScreen,
  zoomedAt,
} from "./camera";

describe("the camera", () => {
  const camera = fc.record({
    x: fc.integer({ min: -999, max: 999 }),
    y: fc.integer({ min: -999, max: 999 }),
    zoom: fc.constantFrom(0.05, 0.5, 1, 3),
  });
  const point = fc.tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 600 }));

  it("goes from screen to world and back", () => {
    fc.assert(
      fc.property(camera, point, (at, screen) => {
        const back = worldToScreen(at, screenToWorld(at, screen));
        expect(back[0]).toBeCloseTo(screen[0], 6);
        expect(back[1]).toBeCloseTo(screen[1], 6);
      }),
    );
  });

  it("keeps the point under the pointer while zooming, at the limits too", () => {
    fc.assert(
      fc.property(camera, point, fc.constantFrom(0.0001, 0.3, 1, 2, 1000), (at, screen, zoom) => {
        const before = screenToWorld(at, screen);
        const after = screenToWorld(zoomedAt(at, screen, zoom), screen);
        expect(after[0]).toBeCloseTo(before[0], 6);
        expect(after[1]).toBeCloseTo(before[1], 6);
      }),
    );
  });

  it("fits a box into the middle and does not blow small boards up", () => {
    const viewport = { width: 800, height: 600 };
    expect(fittedTo([0, 0, 10, 10], viewport).zoom).toBe(1);
    const fitted = fittedTo([1000, 1000, 8000, 600], viewport);
    const seen = visibleBox(fitted, viewport);
    expect(boxCentre(seen).map(Math.round)).toEqual([5000, 1300]);
    expect(seen[2]).toBeGreaterThan(8000);
  });

  it("arrives exactly where a flight ends", () => {
    const viewport = { width: 800, height: 600 };
    const [a, b] = [
      { x: 0, y: 0, zoom: 0.5 },
      { x: 900, y: -40, zoom: 2 },
    ];
    expect(cameraBetween(a, b, viewport, 1)).toEqual(b);
    const start = cameraBetween(a, b, viewport, 0);
    expect([start.x, start.y, start.zoom].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 0, 0.5]);
  });

  it("pans by screen pixels", () => {
    const control = createCamera({ x: 0, y: 0, zoom: 2 });
    control.pan(10, 20);
    expect(control.state.get()).toEqual({ x: 5, y: 10, zoom: 2 });
  });
});
