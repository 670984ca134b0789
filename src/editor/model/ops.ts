import { ModelError } from "./errors";
import { isShapeId, MODEL_LIMITS } from "./limits";
import { findPropertyCheck, isWholeRecord } from "./properties";
import type { BoardRecords, JsonValue, ShapeRecord } from "./record";
import { jsonBytes, sameJson } from "./json";
import type { ShapeOp, ShapePatch } from "./patch";
import { MODEL_VERSION, upgradePatch } from "./upgrades";

export type { ShapeOp, ShapePatch };

function parsePatch(id: string, input: unknown, version: number): ShapePatch {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new ModelError("bad_op", `The patch of shape ${id} is not an object.`);
  }
  const patch = version < MODEL_VERSION ? upgradePatch(input as ShapePatch, version) : (input as ShapePatch);
  const names = Object.keys(patch);
  if (names.length === 0) throw new ModelError("bad_op", `The patch of shape ${id} is empty.`);
  for (const name of names) {
    const check = findPropertyCheck(name);
    if (!check)
      throw new ModelError("unknown_property", `Shape ${id} has a property that boards do not know.`);
    const value = patch[name];
    if (value === null || check(value)) continue;
    if (name === "kind")
      throw new ModelError("unknown_kind", `Shape ${id} is of a kind that boards do not know.`);
    throw new ModelError("bad_value", `The value of "${name}" of shape ${id} is not valid.`);
  }
  if (jsonBytes(patch) > MODEL_LIMITS.shapeBytes) {
    throw new ModelError("too_large", `Shape ${id} is larger than ${MODEL_LIMITS.shapeBytes} bytes.`);
  }
  return patch;
}

/**
 * Checks untrusted operations completely: ids, known properties, every value, sizes.
 * @param version the record format they were written in; older ones are upgraded.
 * @throws ModelError
 */
export function parseOps(input: unknown, version: number = MODEL_VERSION): ShapeOp[] {
  if (!Array.isArray(input)) throw new ModelError("bad_op", "Operations must be a list.");
  if (input.length === 0) throw new ModelError("bad_op", "The list of operations is empty.");
  if (input.length > MODEL_LIMITS.opsPerBatch) {
    throw new ModelError("too_large", `A batch holds at most ${MODEL_LIMITS.opsPerBatch} operations.`);
  }
  return input.map((op: unknown): ShapeOp => {
    if (!Array.isArray(op) || op.length !== 2) {
      throw new ModelError("bad_op", "An operation must be a pair of a shape id and a patch.");
    }
    const [id, patch] = op as [unknown, unknown];
    if (!isShapeId(id)) throw new ModelError("bad_op", "A shape id is not valid.");
    return [id, patch === null ? null : parsePatch(id, patch, version)];
  });
}

/** The patch that would make the given record from nothing. */
export const recordToPatch = (record: ShapeRecord): ShapePatch => ({ ...record }) as unknown as ShapePatch;

interface Merged {
  readonly next: ShapeRecord;
  readonly undo: ShapePatch;
}

/** The record after the patch; null when it would not be whole any more. `undo` names only what really changed. */
function mergePatch(before: ShapeRecord, patch: ShapePatch): Merged | null {
  const next: Record<string, JsonValue> = { ...recordToPatch(before) };
  const undo: Record<string, JsonValue> = {};
  for (const name of Object.keys(patch)) {
    const value = patch[name] ?? null;
    const old = next[name] ?? null;
    if (sameJson(old, value)) continue;
    undo[name] = old;
    if (value === null) delete next[name];
    else next[name] = value;
  }
  return isWholeRecord(next) ? { next: next as unknown as ShapeRecord, undo } : null;
}

function createRecord(patch: ShapePatch): ShapeRecord | null {
  const record: Record<string, JsonValue> = {};
  for (const name of Object.keys(patch)) {
    const value = patch[name] ?? null;
    if (value !== null) record[name] = value;
  }
  return isWholeRecord(record) ? (record as unknown as ShapeRecord) : null;
}

/**
 * Applies operations in order, last writer wins per property. Records are replaced, never changed in place, and a
 * patch that changes nothing keeps the same record object, so that caches may use records as keys.
 * Dropped and reported: a patch on an absent shape that is not a whole record, and a patch after which the record
 * would lack something its kind needs (or hold something foreign to it). The rule looks at the records alone, so
 * every replica that applies the same operations in the same order drops the same ones.
 * @returns `inverse`: operations that restore the state before, in the order to apply them.
 */
export function applyOps(
  records: BoardRecords,
  ops: readonly ShapeOp[],
): { inverse: ShapeOp[]; dropped: string[] } {
  const inverse: ShapeOp[] = [];
  const dropped: string[] = [];
  for (const [id, patch] of ops) {
    const before = records.get(id);
    if (patch === null) {
      if (!before) continue;
      records.delete(id);
      inverse.push([id, recordToPatch(before)]);
    } else if (!before) {
      const created = createRecord(patch);
      if (created) {
        records.set(id, created);
        inverse.push([id, null]);
      } else dropped.push(id);
    } else {
      const merged = mergePatch(before, patch);
      if (!merged) dropped.push(id);
      else if (Object.keys(merged.undo).length > 0) {
        records.set(id, merged.next);
        inverse.push([id, merged.undo]);
      }
    }
  }
  return { inverse: inverse.reverse(), dropped };
}
