import { applyOps, type ShapeOp } from "#editor/model/ops";
import type { BoardRecords, ShapeRecord } from "#editor/model/record";

/** Records that stand in for the stored ones; null hides a shape. */
export type Preview = ReadonlyMap<string, ShapeRecord | null>;

/** What operations would make of the records, without writing them: only the shapes they touch. */
export function previewOps(records: ReadonlyMap<string, ShapeRecord>, ops: readonly ShapeOp[]): Preview {
  const touched: BoardRecords = new Map();
  for (const [id] of ops) {
    const record = records.get(id);
    if (record) touched.set(id, record);
  }
  const before = [...touched.keys()];
  applyOps(touched, ops);
  const preview = new Map<string, ShapeRecord | null>(touched);
  for (const id of before) if (!touched.has(id)) preview.set(id, null);
  return preview;
}
