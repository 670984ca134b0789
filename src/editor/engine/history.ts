import type { ShapeOp } from "#editor/model/ops";
import type { JsonValue } from "#editor/model/record";
import type { Selection } from "./selection";
import { createSignal, type ReadSignal } from "./signal";
import { squashOps } from "./squash";
import type { Store } from "./store";

/** Steps kept; older ones are forgotten. */
const maxSteps = 300;

interface Step {
  /** What takes the step back. */
  readonly ops: readonly ShapeOp[];
  /** The state of the clock of foreign writes when the step was made. */
  readonly time: number;
  readonly selectionBefore: ReadonlySet<string>;
  readonly selectionAfter: ReadonlySet<string>;
}

export interface History {
  readonly canUndo: ReadSignal<boolean>;
  readonly canRedo: ReadSignal<boolean>;
  /** Everything until the matching `end` is one step. Calls may nest. */
  begin(): void;
  end(): void;
  /** Returns false when there was nothing (left) to undo. */
  undo(): boolean;
  redo(): boolean;
  dispose(): void;
}

/**
 * Undo and redo of this person's own edits. Each "local" change is one step, or joins the open group. Changes of
 * others never enter, but are remembered: a property that somebody else wrote after a step is left alone when the
 * step is undone. The selection is restored with a step and is never a step of its own.
 */
export function createHistory(store: Store, selection: Selection): History {
  let past: Step[] = [];
  let future: Step[] = [];
  let depth = 0;
  let open: ShapeOp[] = [];
  let openSelection: ReadonlySet<string> = new Set();
  /** Counts foreign changes; tells for each property when somebody else last wrote it. */
  let time = 0;
  const foreign = new Map<string, Map<string, number>>();
  const canUndo = createSignal(false);
  const canRedo = createSignal(false);

  function publish(): void {
    canUndo.set(past.length > 0);
    canRedo.set(future.length > 0);
    if (past.length === 0 && future.length === 0 && depth === 0) foreign.clear();
  }

  function push(ops: readonly ShapeOp[], selectionBefore: ReadonlySet<string>): void {
    if (ops.length === 0) return;
    past.push({ ops: squashOps(ops), time, selectionBefore, selectionAfter: selection.ids.get() });
    if (past.length > maxSteps) past = past.slice(-maxSteps);
    future = [];
  }

  function noteForeign(ops: readonly ShapeOp[]): void {
    if (past.length === 0 && future.length === 0 && depth === 0) return;
    time += 1;
    for (const [id, patch] of ops) {
      const properties = foreign.get(id) ?? new Map<string, number>();
      foreign.set(id, properties);
      for (const name of Object.keys(patch ?? {})) properties.set(name, time);
    }
  }

  /** What of a step may still be applied. */
  function allowed(step: Step): ShapeOp[] {
    return step.ops.flatMap(([id, patch]): ShapeOp[] => {
      if (patch === null) return store.records.has(id) ? [[id, null]] : [];
      const written = foreign.get(id);
      const isThere = store.records.has(id);
      // A shape that is absent can only come back whole; then nobody's later writes are there to protect.
      if (!isThere) return patch["kind"] === undefined ? [] : [[id, patch]];
      const kept: Record<string, JsonValue> = {};
      for (const [name, value] of Object.entries(patch)) {
        if ((written?.get(name) ?? 0) <= step.time) kept[name] = value;
      }
      return Object.keys(kept).length > 0 ? [[id, kept]] : [];
    });
  }

  function travel(from: Step[], to: Step[], selectionOf: (step: Step) => ReadonlySet<string>): boolean {
    for (;;) {
      const step = from.pop();
      if (!step) break;
      const inverse = store.apply(allowed(step), "undo");
      // Steps of which others have left nothing are passed over, so that no key press seems to do nothing.
      if (inverse.length === 0) continue;
      to.push({ ...step, ops: inverse, time });
      selection.set(selectionOf(step));
      publish();
      return true;
    }
    publish();
    return false;
  }

  const stop = store.onChange(({ origin, ops, inverse }) => {
    if (origin === "remote" || origin === "load") noteForeign(ops);
    if (origin !== "local" || inverse.length === 0) return;
    // The newest change has to be taken back first.
    if (depth > 0) open = [...inverse, ...open];
    else push(inverse, selection.ids.get());
    publish();
  });

  function close(): void {
    const ops = open;
    open = [];
    depth = 0;
    push(ops, openSelection);
    publish();
  }

  return {
    canUndo,
    canRedo,
    begin() {
      if (depth === 0) openSelection = selection.ids.get();
      depth += 1;
    },
    end() {
      if (depth === 1) close();
      else if (depth > 1) depth -= 1;
    },
    undo() {
      if (depth > 0) close();
      return travel(past, future, (step) => step.selectionBefore);
    },
    redo: () => travel(future, past, (step) => step.selectionAfter),
    dispose: stop,
  };
}
