import { boxesMeet, expandBox, moveBox } from "#editor/math/box";
import type { Box } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import { isBoxRecord } from "#editor/model/record";
import type { Workbench } from "../workbench";

/** Between a shape and the one that the keyboard puts beside it, world units. */
export const PLACE_GAP = 80;
const TRIES = 12;

/**
 * Where a new shape goes that nobody points a place out for: the first choice, or the nearest place along `aside`,
 * one step of it after the other to both sides, where no shape is in the way. The first choice when all are taken.
 */
export function freePlace(bench: Workbench, first: Box, [dx, dy]: Vec): Box {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    // 0, +1, -1, +2, -2 …
    const steps = Math.ceil(attempt / 2) * (attempt % 2 === 1 ? 1 : -1);
    const place = moveBox(first, steps * dx, steps * dy);
    if (!isTaken(bench, place)) return place;
  }
  return first;
}

function isTaken(bench: Workbench, place: Box): boolean {
  const roomy = expandBox(place, PLACE_GAP / 8);
  return bench.within(roomy).some((id) => {
    const record = bench.records.get(id);
    return record !== undefined && isBoxRecord(record) && boxesMeet(record.g, roomy);
  });
}
