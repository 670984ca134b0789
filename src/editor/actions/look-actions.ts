import { inOrder } from "#editor/input/gestures/copy";
import type { ShapeOp } from "#editor/model/ops";
import { HUES } from "#editor/model/record";
import { zKeysBetween } from "#editor/model/z-order";
import type { Action, ActionBench } from "./action";
import { canChange } from "./action";

function toFront(bench: ActionBench): void {
  const ids = inOrder(bench.records, bench.selection);
  const keys = bench.keysOnTop(ids.length);
  bench.commit(ids.map((id, index): ShapeOp => [id, { z: keys[index] ?? "" }]));
  bench.announce("Brought to front");
}

function toBack(bench: ActionBench): void {
  const ids = inOrder(bench.records, bench.selection);
  let lowest: string | null = null;
  for (const { z } of bench.records.values()) if (lowest === null || z < lowest) lowest = z;
  const keys = zKeysBetween(null, lowest, ids.length);
  bench.commit(ids.map((id, index): ShapeOp => [id, { z: keys[index] ?? "" }]));
  bench.announce("Sent to back");
}

/** The look and the order of the selection. */
export const LOOK_ACTIONS: readonly Action[] = [
  { id: "front", label: "Bring to front", group: "Arrange", keys: ["Mod+]"], when: canChange, run: toFront },
  { id: "back", label: "Send to back", group: "Arrange", keys: ["Mod+["], when: canChange, run: toBack },
  ...HUES.map((hue, index): Action => ({
    id: `hue.${hue}`,
    label: `Colour ${hue}`,
    group: "Arrange",
    keys: [`Alt+${index + 1}`],
    help: index === 0 ? { label: "Colours, gray to pink", keys: ["Alt+1 … 9"] } : null,
    when: canChange,
    run: (bench) => {
      bench.rememberHue(hue);
      bench.commit(bench.selection.map((id): ShapeOp => [id, { hue }]));
    },
  })),
];
