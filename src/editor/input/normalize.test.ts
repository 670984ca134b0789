import { expect, test } from "vitest";
import type { RawPointer } from "./events";
import { createNormalizer } from "./normalize";

const raw = (type: RawPointer["type"], more: Partial<RawPointer> = {}): RawPointer => ({
  type,
  id: 1,
  kind: "mouse",
  button: "main",
  x: 10,
  y: 10,
  pressure: 0.5,
  time: 0,
  shift: false,
  alt: false,
  mod: false,
  ...more,
});
const touch = (type: RawPointer["type"], id: number, x: number, y: number) =>
  raw(type, { id, kind: "touch", x, y });

test("quick presses at one place are counted, slow or distant ones begin anew", () => {
  const normalizer = createNormalizer();
  const clicks = (more: Partial<RawPointer>) => {
    const [down] = normalizer.feed(raw("down", more));
    normalizer.feed(raw("up", more));
    return down?.type === "pointer.down" ? down.clicks : null;
  };
  expect(clicks({ time: 0 })).toBe(1);
  expect(clicks({ time: 200 })).toBe(2);
  expect(clicks({ time: 1000 })).toBe(1);
  expect(clicks({ time: 1100, x: 60 })).toBe(1);
});

test("a second finger gives up the gesture of the first and pinches", () => {
  const normalizer = createNormalizer();
  expect(normalizer.feed(touch("down", 1, 100, 100))[0]?.type).toBe("pointer.down");
  expect(normalizer.feed(touch("down", 2, 200, 100))).toEqual([{ type: "cancel" }]);
  const [zoom] = normalizer.feed(touch("move", 2, 300, 100));
  expect(zoom).toEqual({ type: "zoom", x: 200, y: 100, factor: 2, dx: 50, dy: 0 });
});

test("after a pinch the finger that stays does not draw", () => {
  const normalizer = createNormalizer();
  normalizer.feed(touch("down", 1, 100, 100));
  normalizer.feed(touch("down", 2, 200, 100));
  expect(normalizer.feed(touch("up", 2, 200, 100))).toEqual([]);
  expect(normalizer.feed(touch("move", 1, 120, 100))).toEqual([]);
  expect(normalizer.feed(touch("up", 1, 120, 100))).toEqual([]);
  expect(normalizer.feed(touch("down", 3, 50, 50))[0]?.type).toBe("pointer.down");
});

test("another button pressed in the middle of a drag neither ends nor restarts it", () => {
  const normalizer = createNormalizer();
  normalizer.feed(raw("down"));
  expect(normalizer.feed(raw("down", { button: "right" }))).toEqual([]);
  expect(normalizer.feed(raw("move", { x: 30 }))[0]?.type).toBe("pointer.move");
});

test("the wheel pans, with Shift sideways, with Ctrl it zooms around the pointer", () => {
  const normalizer = createNormalizer();
  const wheel = { type: "wheel", x: 5, y: 6, dx: 0, dy: 120, shift: false, alt: false, mod: false } as const;
  expect(normalizer.feed(wheel)).toEqual([{ type: "pan", dx: -0, dy: -120 }]);
  expect(normalizer.feed({ ...wheel, shift: true })).toEqual([{ type: "pan", dx: -120, dy: 0 }]);
  const [zoom] = normalizer.feed({ ...wheel, mod: true });
  expect(zoom).toMatchObject({ type: "zoom", x: 5, y: 6 });
  expect(zoom?.type === "zoom" && zoom.factor).toBeLessThan(1);
});

test("one absurd wheel step cannot throw the camera away", () => {
  const normalizer = createNormalizer();
  const [zoom] = normalizer.feed({
    type: "wheel",
    x: 0,
    y: 0,
    dx: 0,
    dy: 1e9,
    shift: false,
    alt: false,
    mod: true,
  });
  expect(zoom?.type === "zoom" && zoom.factor).toBeGreaterThanOrEqual(0.5);
});

test("a lost pointer gives the gesture up", () => {
  const normalizer = createNormalizer();
  normalizer.feed(raw("down"));
  expect(normalizer.feed(raw("cancel"))).toEqual([{ type: "cancel" }]);
});
