import { copyOps, inOrder } from "#editor/input/gestures/copy";
import { moveOps } from "#editor/input/gestures/move";
import type { Vec } from "#editor/math/vec";
import { SIDES, isBoxRecord } from "#editor/model/record";
import type { Side } from "#editor/model/record";
import { shapeOf } from "#editor/shapes/registry";
import type { Action, ActionBench } from "./action";
import { canChange, canWrite, hasSelection } from "./action";

/** A copy lands this far from its original, world units, so that both are seen. */
const COPY_STEP: Vec = [20, 20];
const NUDGE = 1;
const NUDGE_FAR = 10;

function duplicate(bench: ActionBench): void {
  const ids = inOrder(bench.records, bench.selection);
  const fresh = new Map(ids.map((id) => [id, bench.newId()]));
  const ops = copyOps(bench.records, { ids, fresh, keys: bench.keysOnTop(ids.length) }, COPY_STEP);
  bench.commit(ops, { select: [...fresh.values()] });
  bench.announce(ids.length === 1 ? "1 shape duplicated" : `${ids.length} shapes duplicated`);
}

function erase(bench: ActionBench): void {
  const count = bench.selection.length;
  bench.commit(bench.deletion(bench.selection), { select: [] });
  bench.announce(count === 1 ? "1 shape deleted" : `${count} shapes deleted`);
}

const ARROWS: Readonly<Record<Side, readonly [key: string, by: Vec]>> = {
  left: ["ArrowLeft", [-1, 0]],
  right: ["ArrowRight", [1, 0]],
  top: ["ArrowUp", [0, -1]],
  bottom: ["ArrowDown", [0, 1]],
};

function nudge(side: Side, step: number): Action {
  const [key, [dx, dy]] = ARROWS[side];
  const far = step === NUDGE_FAR;
  return {
    id: `nudge.${side}${far ? ".far" : ""}`,
    label: `Nudge by ${step}`,
    group: "Arrange",
    keys: [far ? `Shift+${key}` : key],
    help: side === "left" ? { label: `Nudge by ${step}`, keys: [far ? "Shift+Arrows" : "Arrows"] } : null,
    when: canChange,
    run: (bench) => bench.commit(moveOps(bench.records, bench.selection, [dx * step, dy * step])),
  };
}

function onlyBox(bench: ActionBench): string | null {
  const id = bench.selection.length === 1 ? bench.selection[0] : undefined;
  const record = id === undefined ? undefined : bench.records.get(id);
  return id !== undefined && record && isBoxRecord(record) && record.kind !== "text" ? id : null;
}

function quickAdd(side: Side): Action {
  return {
    id: `quick-add.${side}`,
    label: "Add a connected shape",
    group: "Edit",
    keys: [`Mod+${ARROWS[side][0]}`],
    help: side === "left" ? { label: "Add a connected shape", keys: ["Mod+Arrows"] } : null,
    when: (bench) => canWrite(bench) && onlyBox(bench) !== null,
    run: (bench) => {
      const id = onlyBox(bench);
      if (id !== null) bench.quickAdd(id, side);
    },
  };
}

function hasWords(bench: ActionBench): boolean {
  const record = bench.selection.length === 1 ? bench.records.get(bench.selection[0] ?? "") : undefined;
  return record !== undefined && shapeOf(record).textBox(record, bench.scene) !== null;
}

/** Select every shape, in one announcement. */
function selectAll(bench: ActionBench): void {
  bench.useTool("select");
  bench.select([...bench.records.keys()]);
}

const byBrowser = (id: string, label: string, key: string, when: Action["when"]): Action => ({
  id,
  label,
  group: "Edit",
  keys: [key],
  byBrowser: true,
  when,
  run: () => undefined,
});

/** Everything that changes or picks shapes. */
export const EDIT_ACTIONS: readonly Action[] = [
  {
    id: "undo",
    label: "Undo",
    group: "Edit",
    keys: ["Mod+Z"],
    when: (b) => canWrite(b) && b.canUndo,
    run: (b) => b.undo(),
  },
  {
    id: "redo",
    label: "Redo",
    group: "Edit",
    keys: ["Mod+Shift+Z", "Mod+Y"],
    when: (b) => canWrite(b) && b.canRedo,
    run: (b) => b.redo(),
  },
  byBrowser("copy", "Copy", "Mod+C", hasSelection),
  byBrowser("cut", "Cut", "Mod+X", canChange),
  byBrowser("paste", "Paste", "Mod+V", canWrite),
  { id: "duplicate", label: "Duplicate", group: "Edit", keys: ["Mod+D"], when: canChange, run: duplicate },
  {
    id: "delete",
    label: "Delete",
    group: "Edit",
    keys: ["Delete", "Backspace"],
    when: canChange,
    run: erase,
  },
  {
    id: "select-all",
    label: "Select all",
    group: "Edit",
    keys: ["Mod+A"],
    when: (b) => b.records.size > 0,
    run: selectAll,
  },
  {
    id: "edit-text",
    label: "Write in the shape",
    group: "Edit",
    keys: ["Enter", "F2"],
    when: (b) => canWrite(b) && hasWords(b),
    run: (b) => b.editText(b.selection[0] ?? ""),
  },
  {
    id: "cancel",
    label: "Give up, or select nothing",
    group: "Edit",
    keys: ["Escape"],
    when: () => true,
    run: (b) => b.cancel(),
  },
  ...SIDES.map(quickAdd),
  ...SIDES.map((side) => nudge(side, NUDGE)),
  ...SIDES.map((side) => nudge(side, NUDGE_FAR)),
];
