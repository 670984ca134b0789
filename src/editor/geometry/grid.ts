import { boxesMeet, type Box } from "#editor/math/box";

interface Entry {
  box: Box;
  /** The cells the box covers, or null when it is in the list of oversized ones. */
  cells: CellRange | null;
}
type CellRange = readonly [left: number, top: number, right: number, bottom: number];

/** A box that covers more cells than this goes to the list, which every query reads through. */
const maxCells = 64;
/** Cells are numbered in one integer; 2^26 columns of 512 units are far beyond the coordinate limit. */
const columns = 2 ** 26;

/** Finds ids by place. Moving an entry is cheap, which is what a drag needs (measured against R-trees). */
export interface Grid {
  readonly size: number;
  set(id: string, box: Box): void;
  delete(id: string): void;
  get(id: string): Box | undefined;
  clear(): void;
  /** Ids of all entries whose box meets the given one, each once, in no particular order. */
  query(box: Box): string[];
}

/** Makes a uniform grid. @param cellSize in world units, best a few times a usual shape's size. */
export function createGrid(cellSize = 512): Grid {
  const entries = new Map<string, Entry>();
  const cells = new Map<number, Set<string>>();
  const oversized = new Set<string>();

  const rangeOf = (box: Box): CellRange => [
    Math.floor(box[0] / cellSize),
    Math.floor(box[1] / cellSize),
    Math.floor((box[0] + box[2]) / cellSize),
    Math.floor((box[1] + box[3]) / cellSize),
  ];
  const keyOf = (column: number, row: number): number => (row + columns / 2) * columns + column + columns / 2;
  const countOf = (r: CellRange): number => (r[2] - r[0] + 1) * (r[3] - r[1] + 1);

  function eachCell(range: CellRange, visit: (key: number) => void): void {
    for (let row = range[1]; row <= range[3]; row++) {
      for (let column = range[0]; column <= range[2]; column++) visit(keyOf(column, row));
    }
  }

  function insert(id: string, box: Box): void {
    const range = rangeOf(box);
    const big = countOf(range) > maxCells;
    entries.set(id, { box, cells: big ? null : range });
    if (big) oversized.add(id);
    else
      eachCell(range, (key) => {
        const cell = cells.get(key);
        if (cell) cell.add(id);
        else cells.set(key, new Set([id]));
      });
  }

  function remove(id: string, entry: Entry): void {
    entries.delete(id);
    oversized.delete(id);
    if (!entry.cells) return;
    eachCell(entry.cells, (key) => {
      const cell = cells.get(key);
      cell?.delete(id);
      if (cell?.size === 0) cells.delete(key);
    });
  }

  function query(box: Box): string[] {
    const range = rangeOf(box);
    // A look at the whole board touches more cells than there are entries: walk the entries then.
    if (countOf(range) > entries.size + maxCells) {
      return [...entries].flatMap(([id, entry]) => (boxesMeet(entry.box, box) ? [id] : []));
    }
    const found = new Set<string>();
    for (const id of oversized) if (boxesMeet((entries.get(id) as Entry).box, box)) found.add(id);
    eachCell(range, (key) => {
      for (const id of cells.get(key) ?? []) {
        if (!found.has(id) && boxesMeet((entries.get(id) as Entry).box, box)) found.add(id);
      }
    });
    return [...found];
  }

  return {
    get size() {
      return entries.size;
    },
    get: (id) => entries.get(id)?.box,
    set(id, box) {
      const entry = entries.get(id);
      if (entry?.cells) {
        const range = rangeOf(box);
        if (range.every((edge, index) => edge === entry.cells?.[index])) {
          entry.box = box;
          return;
        }
      }
      if (entry) remove(id, entry);
      insert(id, box);
    },
    delete(id) {
      const entry = entries.get(id);
      if (entry) remove(id, entry);
    },
    clear() {
      entries.clear();
      cells.clear();
      oversized.clear();
    },
    query,
  };
}
