import { sameJson } from "./json";
import { recordToPatch } from "./ops";
import type { ShapeOp } from "./ops";
import type { JsonValue, ShapeRecord } from "./record";

/** The operation that turns one record into another, undefined meaning that there is none; null when they are equal. */
export function differenceOp(
  id: string,
  from: ShapeRecord | undefined,
  to: ShapeRecord | undefined,
): ShapeOp | null {
  if (from === to) return null;
  if (!to) return [id, null];
  if (!from) return [id, recordToPatch(to)];
  const before = recordToPatch(from);
  const after = recordToPatch(to);
  const patch: Record<string, JsonValue> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name] ?? null;
    if (!sameJson(before[name] ?? null, value)) patch[name] = value;
  }
  return Object.keys(patch).length === 0 ? null : [id, patch];
}
