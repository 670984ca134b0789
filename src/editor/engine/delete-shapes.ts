import type { Vec } from "#editor/math/vec";
import { isBoundEnd, type ConnectorEnd, type JsonValue } from "#editor/model/record";
import type { ShapeOp, ShapePatch } from "#editor/model/ops";
import { connectorShape } from "#editor/shapes/registry";
import type { Scene } from "#editor/shapes/scene";
import type { BoardIndex } from "./board-index";

/** Rounded to hundredths: a computed point needs no more, and shorter numbers are shorter messages. */
const tidy = (p: Vec): Vec => [Math.round(p[0] * 100) / 100, Math.round(p[1] * 100) / 100];

/**
 * The operations that delete shapes. Connectors tied to them that stay keep their place: the tied end becomes a
 * free one where it was seen last. One undo of these operations brings everything back, ties included.
 */
export function deleteShapesOps(ids: ReadonlySet<string>, index: BoardIndex, scene: Scene): ShapeOp[] {
  const loosened = new Map<string, ShapePatch>();
  for (const id of ids) {
    for (const connectorId of index.connectorsOf(id)) {
      if (ids.has(connectorId) || loosened.has(connectorId)) continue;
      const record = scene.find(connectorId);
      if (record?.kind !== "connector") continue;
      const points = connectorShape.points(record, scene);
      const patch: Record<string, JsonValue> = {};
      const isLost = (end: ConnectorEnd) => isBoundEnd(end) && ids.has(end.id);
      if (isLost(record.from)) patch["from"] = tidy(points[0] ?? [0, 0]);
      if (isLost(record.to)) patch["to"] = tidy(points.at(-1) ?? [0, 0]);
      loosened.set(connectorId, patch);
    }
  }
  return [...loosened, ...[...ids].filter((id) => scene.find(id)).map((id): ShapeOp => [id, null])];
}
