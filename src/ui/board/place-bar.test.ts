import { expect, test } from "vitest";
import type { Box } from "#editor/math/box";
import { placeBar } from "./place-bar";

const view = { width: 1000, height: 800, left: 76, top: 60 };
const bar = { width: 300, height: 40 };

const overlaps = ([x, y, w, h]: Box, place: { left: number; top: number }) =>
  place.left < x + w && x < place.left + bar.width && place.top < y + h && y < place.top + bar.height;

test.each<[string, Box]>([
  ["in the middle", [400, 300, 100, 100]],
  ["at the top", [400, 20, 100, 100]],
  ["at the left edge", [0, 300, 60, 60]],
  ["at the right edge", [960, 300, 60, 60]],
  ["at the bottom", [400, 720, 100, 60]],
])("the bar stays in view and off the selection %s", (_, selection) => {
  const place = placeBar(selection, bar, view);
  expect(overlaps(selection, place)).toBe(false);
  expect(place.left).toBeGreaterThanOrEqual(view.left);
  expect(place.left + bar.width).toBeLessThanOrEqual(view.width);
  expect(place.top).toBeGreaterThanOrEqual(view.top);
  expect(place.top + bar.height).toBeLessThanOrEqual(view.height);
});

test("a selection that fills the view leaves the bar at the lower edge", () => {
  expect(placeBar([0, 0, 1000, 800], bar, view).top).toBe(800 - 40 - 12);
});
