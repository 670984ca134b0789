import { ModelError } from "./errors";
import { isShapeId } from "./limits";
import { findPropertyCheck, isWholeRecord, PROPERTY_NAMES } from "./properties";
import type { BoardRecords, JsonValue, ShapeRecord } from "./record";
import type { ShapePatch } from "./patch";
import { MODEL_VERSION, upgradePatch } from "./upgrades";

/**
 * The body of a snapshot: `{"v":1,"shapes":[[id,record],…]}`. Shapes are sorted by id and properties written in a
 * fixed order, so that equal boards have equal bytes (for checksums, and for tests of convergence).
 */
export function serializeRecords(records: ReadonlyMap<string, ShapeRecord>): string {
  const ids = [...records.keys()].sort();
  const shapes = ids.map((id) => {
    const record = records.get(id) as unknown as ShapePatch;
    const ordered: Record<string, JsonValue> = {};
    for (const name of PROPERTY_NAMES) {
      const value = record[name];
      if (value !== undefined) ordered[name] = value;
    }
    return [id, ordered];
  });
  return JSON.stringify({ v: MODEL_VERSION, shapes });
}

function parseShape(entry: unknown, version: number): [string, ShapeRecord] {
  if (!Array.isArray(entry) || entry.length !== 2 || !isShapeId(entry[0])) {
    throw new ModelError("bad_snapshot", "A shape of the snapshot has no valid id.");
  }
  const [id, raw] = entry as [string, unknown];
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw new ModelError("bad_snapshot", `Shape ${id} of the snapshot is not an object.`);
  }
  const record = upgradePatch(raw as ShapePatch, version);
  for (const name of Object.keys(record)) {
    if (!findPropertyCheck(name)?.(record[name])) {
      throw new ModelError("bad_snapshot", `Shape ${id} of the snapshot holds an invalid property.`);
    }
  }
  if (!isWholeRecord(record))
    throw new ModelError("bad_snapshot", `Shape ${id} of the snapshot is not whole.`);
  return [id, record as unknown as ShapeRecord];
}

/** Reads a snapshot's body, upgrading older versions. @throws ModelError `bad_snapshot` */
export function parseRecords(json: string): BoardRecords {
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    throw new ModelError("bad_snapshot", "The snapshot is not JSON.");
  }
  const { v, shapes } = (body ?? {}) as { v?: unknown; shapes?: unknown };
  if (typeof v !== "number" || !Number.isInteger(v) || v < 1 || !Array.isArray(shapes)) {
    throw new ModelError("bad_snapshot", "The snapshot has no version or no shapes.");
  }
  if (v > MODEL_VERSION) {
    throw new ModelError(
      "bad_snapshot",
      `The snapshot is of version ${v}; this program knows ${MODEL_VERSION}.`,
    );
  }
  const records: BoardRecords = new Map();
  for (const entry of shapes) {
    const [id, record] = parseShape(entry, v);
    records.set(id, record);
  }
  return records;
}
