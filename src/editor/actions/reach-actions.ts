import type { Action, ActionBench } from "./action";

/** The shapes as one reads a page: by rows of about this height, then from left to right. World units. */
const ROW = 40;

/** Ids in reading order, so that Tab walks where the eye does. */
function readingOrder(bench: ActionBench): string[] {
  const places: { id: string; row: number; x: number }[] = [];
  for (const id of bench.records.keys()) {
    const box = bench.bounds(id);
    if (box) places.push({ id, row: Math.round(box[1] / ROW), x: box[0] });
  }
  places.sort((a, b) => a.row - b.row || a.x - b.x || (a.id < b.id ? -1 : 1));
  return places.map(({ id }) => id);
}

function neighbour(bench: ActionBench, step: 1 | -1): string | undefined {
  const order = readingOrder(bench);
  const at = order.indexOf(bench.selection[0] ?? "");
  return at < 0 ? undefined : order[at + step];
}

function reach(bench: ActionBench, id: string | undefined): void {
  if (id === undefined) return;
  bench.select([id]);
  bench.reveal(id);
}

/**
 * How the keyboard gets at shapes. Enter takes the first one; from there Tab walks. Without a selection, and past
 * the ends, Tab is the browser's own again: the board must not hold the keyboard prisoner.
 */
export const REACH_ACTIONS: readonly Action[] = [
  {
    id: "select-first",
    label: "Select the first shape",
    group: "Edit",
    keys: ["Enter"],
    when: (bench) => bench.selection.length === 0 && bench.records.size > 0,
    run: (bench) => reach(bench, readingOrder(bench)[0]),
  },
  {
    id: "select-next",
    label: "Select the next shape",
    group: "Edit",
    keys: ["Tab"],
    when: (bench) => bench.selection.length > 0 && neighbour(bench, 1) !== undefined,
    run: (bench) => reach(bench, neighbour(bench, 1)),
  },
  {
    id: "select-previous",
    label: "Select the shape before",
    group: "Edit",
    keys: ["Shift+Tab"],
    when: (bench) => bench.selection.length > 0 && neighbour(bench, -1) !== undefined,
    run: (bench) => reach(bench, neighbour(bench, -1)),
  },
];
