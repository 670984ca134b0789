import type { Vec } from "#editor/math/vec";
import { recordToPatch } from "#editor/model/ops";
import type { ShapeOp, ShapePatch } from "#editor/model/ops";
import { isBoundEnd, isConnector } from "#editor/model/record";
import type { ConnectorEnd, ConnectorRecord, ShapeRecord } from "#editor/model/record";
import { endPatch } from "./connect";
import { compareZ } from "#editor/model/z-order";
import { shapeOf } from "#editor/shapes/registry";

/** Back to front, so that copies keep the order of what they were copied from. */
export function inOrder(records: ReadonlyMap<string, ShapeRecord>, ids: Iterable<string>): string[] {
  const found: { id: string; z: string }[] = [];
  for (const id of ids) {
    const record = records.get(id);
    if (record) found.push({ id, z: record.z });
  }
  return found.sort(compareZ).map(({ id }) => id);
}

/**
 * Operations that make copies, moved by a distance, in front of everything. A connector between two copied shapes
 * ties their copies; an end tied to a shape that is not copied stays tied to that shape.
 * @param ids the originals, back to front; `fresh` and `keys` give each copy its id and place in the order
 */
export function copyOps(
  originals: ReadonlyMap<string, ShapeRecord>,
  plan: {
    readonly ids: readonly string[];
    readonly fresh: ReadonlyMap<string, string>;
    readonly keys: readonly string[];
  },
  by: Vec,
): ShapeOp[] {
  const ops: ShapeOp[] = [];
  plan.ids.forEach((id, index) => {
    const record = originals.get(id);
    const copy = plan.fresh.get(id);
    const z = plan.keys[index];
    if (!record || copy === undefined || z === undefined) return;
    const patch: ShapePatch = { ...recordToPatch(record), ...shapeOf(record).move(record, by), z };
    ops.push([copy, isConnector(record) ? { ...patch, ...tiedEnds(record, plan.fresh) } : patch]);
  });
  return ops;
}

function tiedEnds(record: ConnectorRecord, fresh: ReadonlyMap<string, string>): ShapePatch {
  const patch: Record<string, ShapePatch[string]> = {};
  const tie = (name: "from" | "to", end: ConnectorEnd): void => {
    const copy = isBoundEnd(end) ? fresh.get(end.id) : undefined;
    if (copy !== undefined && isBoundEnd(end)) patch[name] = endPatch({ ...end, id: copy });
  };
  tie("from", record.from);
  tie("to", record.to);
  return patch;
}
