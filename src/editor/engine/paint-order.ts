import { compareZ } from "#editor/model/z-order";

/** Knows which shape lies in front of which. */
export interface PaintOrder {
  /** A number that rises from the back to the front. */
  rank(id: string): number;
  /** Puts ids in the order in which they are painted. The list is sorted in place. */
  sort(ids: string[]): string[];
  /** The z key in front of which a new shape goes; null on an empty board. */
  topZ(): string | null;
  /** All ids, back to front. */
  all(): readonly string[];
  set(id: string, z: string): void;
  delete(id: string): void;
}

interface Entry {
  readonly id: string;
  readonly z: string;
}

/**
 * Keeps ranks as numbers, because sorting what is visible by strings in every frame would cost more than drawing it.
 * A new shape in front of all others, the usual case, is appended; any other change of order sorts anew when asked.
 */
export function createPaintOrder(): PaintOrder {
  const entries = new Map<string, Entry>();
  const ranks = new Map<string, number>();
  let top: Entry | null = null;
  let highest = 0;
  let stale = false;

  function settle(): void {
    if (!stale) return;
    stale = false;
    ranks.clear();
    const sorted = [...entries.values()].sort(compareZ);
    sorted.forEach((entry, index) => ranks.set(entry.id, index));
    highest = sorted.length;
    top = sorted.at(-1) ?? null;
  }

  const rank = (id: string): number => {
    settle();
    return ranks.get(id) ?? -1;
  };
  const sort = (ids: string[]): string[] => {
    settle();
    return ids.sort((a, b) => (ranks.get(a) ?? -1) - (ranks.get(b) ?? -1));
  };

  return {
    rank,
    sort,
    topZ() {
      settle();
      return top?.z ?? null;
    },
    all: () => sort([...entries.keys()]),
    set(id, z) {
      const known = entries.get(id);
      if (known?.z === z) return;
      const entry = { id, z };
      entries.set(id, entry);
      if (!known && !stale && (!top || compareZ(top, entry) < 0)) {
        ranks.set(id, highest);
        highest += 1;
        top = entry;
      } else stale = true;
    },
    delete(id) {
      if (!entries.delete(id)) return;
      ranks.delete(id);
      if (top?.id === id) stale = true;
    },
  };
}
