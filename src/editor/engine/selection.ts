import { createSignal, type ReadSignal } from "./signal";
import type { Store } from "./store";

export interface Selection {
  /** The selected ids. The set is replaced, never changed, so it may be compared by identity. */
  readonly ids: ReadSignal<ReadonlySet<string>>;
  set(ids: Iterable<string>): void;
  clear(): void;
  /** Stops following the store. */
  dispose(): void;
}

const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((id) => b.has(id));

/** What is selected on this screen. Ids that do not exist are left out, and leave it when their shape is deleted. */
export function createSelection(store: Store): Selection {
  const ids = createSignal<ReadonlySet<string>>(new Set(), sameSet);
  const set = (next: Iterable<string>) => ids.set(new Set([...next].filter((id) => store.records.has(id))));
  const stop = store.onChange(({ removed }) => {
    if ([...removed].some((id) => ids.get().has(id))) set(ids.get());
  });
  return {
    ids,
    set,
    clear: () => set([]),
    dispose: stop,
  };
}
