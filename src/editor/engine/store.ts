import { differenceOp } from "#editor/model/difference";
import { applyOps, type ShapeOp } from "#editor/model/ops";
import type { BoardRecords, ShapeRecord } from "#editor/model/record";

/** "local" and "undo" are this person's doing and are sent to the server; "remote" and "load" came from it. */
export type ChangeOrigin = "local" | "remote" | "load" | "undo";

export interface StoreChange {
  readonly added: ReadonlySet<string>;
  readonly changed: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  /** The operations that were applied, as given; for `replaceAll` those that lead from the old board to the new. */
  readonly ops: readonly ShapeOp[];
  /** What restores the state before. */
  readonly inverse: readonly ShapeOp[];
  /** Ids whose operation could not be applied, see `applyOps`. */
  readonly dropped: readonly string[];
  readonly origin: ChangeOrigin;
}

export interface Store {
  readonly records: ReadonlyMap<string, ShapeRecord>;
  /** Applies operations, tells all listeners once, and returns the operations that undo them. */
  apply(ops: readonly ShapeOp[], origin: ChangeOrigin): ShapeOp[];
  /**
   * Puts another board in place (origin "load"). Listeners hear the difference only, and equal records stay the
   * same objects. To rebase, apply the pending operations to the new records first and then call this once: own
   * unsent work then does not look as if others had undone it.
   */
  replaceAll(records: ReadonlyMap<string, ShapeRecord>): void;
  /** Returns the way to stop listening. */
  onChange(listener: (change: StoreChange) => void): () => void;
}

/** The net effect of operations on which shapes exist and which are new objects. */
function diffIds(
  before: ReadonlyMap<string, ShapeRecord | undefined>,
  after: ReadonlyMap<string, ShapeRecord>,
) {
  const added = new Set<string>();
  const changed = new Set<string>();
  const removed = new Set<string>();
  for (const [id, old] of before) {
    const now = after.get(id);
    if (old === now) continue;
    if (!old) added.add(id);
    else if (!now) removed.add(id);
    else changed.add(id);
  }
  return { added, changed, removed };
}

type MaybeRecords = ReadonlyMap<string, ShapeRecord | undefined>;

/** The operations that lead from one board to another; an undefined record counts as absent. */
function opsBetween(before: MaybeRecords, after: MaybeRecords): ShapeOp[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].map((id) => differenceOp(id, before.get(id), after.get(id))).filter((op) => op !== null);
}

/** The board in memory. All change goes through it, and every change comes out as one difference. */
export function createStore(): Store {
  const records: BoardRecords = new Map();
  const listeners = new Set<(change: StoreChange) => void>();
  const emit = (change: StoreChange) => {
    for (const listener of [...listeners]) listener(change);
  };

  return {
    records,
    apply(ops, origin) {
      const before = new Map<string, ShapeRecord | undefined>();
      for (const [id] of ops) if (!before.has(id)) before.set(id, records.get(id));
      const { inverse, dropped } = applyOps(records, ops);
      emit({ ...diffIds(before, records), ops, inverse, dropped, origin });
      return inverse;
    },
    replaceAll(next) {
      const ops = opsBetween(records, next);
      const before = new Map(ops.map(([id]) => [id, records.get(id)]));
      for (const [id, patch] of ops) {
        const record = next.get(id);
        if (patch === null || !record) records.delete(id);
        else records.set(id, record);
      }
      const after = new Map(ops.map(([id]) => [id, records.get(id)]));
      emit({
        ...diffIds(before, records),
        ops,
        inverse: opsBetween(after, before),
        dropped: [],
        origin: "load",
      });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
