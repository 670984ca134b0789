import { boxUnion, type Box } from "#editor/math/box";
import { createGrid } from "#editor/geometry/grid";
import { boundIds } from "#editor/shapes/connector";
import { shapeOf } from "#editor/shapes/registry";
import type { Scene } from "#editor/shapes/scene";
import { createPaintOrder, type PaintOrder } from "./paint-order";
import type { Store, StoreChange } from "./store";

/** Which shapes look different than before, and where on the board that can be seen. */
export interface IndexChange {
  /** Changed shapes, and connectors whose way follows from them. Deleted ones too. */
  readonly ids: ReadonlySet<string>;
  /** The boxes these covered before and cover now. */
  readonly dirty: readonly Box[];
  readonly change: StoreChange | null;
}

export interface BoardIndex {
  readonly order: PaintOrder;
  /** Ids of shapes that may be seen in the box, back to front. */
  query(box: Box): string[];
  bounds(id: string): Box | undefined;
  /** The box around the given shapes, or around the whole board; null when there are none. */
  boundsOf(ids?: Iterable<string>): Box | null;
  /** Ids of connectors tied to the shape. */
  connectorsOf(id: string): ReadonlySet<string>;
  /** Heard after the index is up to date. Returns the way to stop. */
  onChange(listener: (change: IndexChange) => void): () => void;
  /** Computes all boxes anew, for when the measure of text has changed. */
  rebuild(): void;
  dispose(): void;
}

const none: ReadonlySet<string> = new Set();

/** Keeps place, order and ties of a store's shapes in step with it. `scene` must show the stored records. */
export function createBoardIndex(store: Store, scene: Scene): BoardIndex {
  const grid = createGrid();
  const order = createPaintOrder();
  const ties = new Map<string, Set<string>>();
  const tiedTo = new Map<string, readonly string[]>();
  const listeners = new Set<(change: IndexChange) => void>();

  function untie(id: string): void {
    for (const shape of tiedTo.get(id) ?? []) {
      const set = ties.get(shape);
      set?.delete(id);
      if (set?.size === 0) ties.delete(shape);
    }
    tiedTo.delete(id);
  }

  function tie(id: string): void {
    untie(id);
    const record = store.records.get(id);
    const shapes = record ? boundIds(record) : [];
    if (shapes.length === 0) return;
    tiedTo.set(id, shapes);
    for (const shape of shapes) {
      const set = ties.get(shape);
      if (set) set.add(id);
      else ties.set(shape, new Set([id]));
    }
  }

  function place(id: string, dirty: Box[]): void {
    const before = grid.get(id);
    if (before) dirty.push(before);
    const record = store.records.get(id);
    if (!record) {
      grid.delete(id);
      order.delete(id);
      return;
    }
    const box = shapeOf(record).bounds(record, scene);
    grid.set(id, box);
    order.set(id, record.z);
    dirty.push(box);
  }

  function update(touched: ReadonlySet<string>, change: StoreChange | null): void {
    for (const id of touched) tie(id);
    const ids = new Set(touched);
    for (const id of touched) for (const connector of ties.get(id) ?? none) ids.add(connector);
    const dirty: Box[] = [];
    for (const id of ids) place(id, dirty);
    for (const listener of [...listeners]) listener({ ids, dirty, change });
  }

  const stop = store.onChange((change) => {
    const touched = new Set([...change.added, ...change.changed, ...change.removed]);
    if (touched.size > 0) update(touched, change);
  });
  update(new Set(store.records.keys()), null);

  return {
    order,
    query: (box) => order.sort(grid.query(box)),
    bounds: (id) => grid.get(id),
    boundsOf(ids = store.records.keys()) {
      return boxUnion([...ids].map((id) => grid.get(id)).filter((box) => box !== undefined));
    },
    connectorsOf: (id) => ties.get(id) ?? none,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    rebuild: () => update(new Set(store.records.keys()), null),
    dispose: stop,
  };
}
