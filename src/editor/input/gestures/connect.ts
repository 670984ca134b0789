import { boxCentre, moveBox } from "#editor/math/box";
import type { Box } from "#editor/math/box";
import { distance } from "#editor/math/vec";
import type { Vec } from "#editor/math/vec";
import { recordToPatch } from "#editor/model/ops";
import type { ShapeOp, ShapePatch } from "#editor/model/ops";
import { isBoundEnd, isBoxRecord } from "#editor/model/record";
import type { BoundEnd, BoxRecord, ConnectorEnd, Side } from "#editor/model/record";
import { shapeByKind, shapeOf } from "#editor/shapes/registry";
import type { Workbench } from "../workbench";
import { freePlace, PLACE_GAP } from "./free-place";
import { tidy } from "./move";

/** Within this many CSS pixels of a port the end keeps to that side for good. */
const PORT_REACH = 14;

const OPPOSITE: Readonly<Record<Side, Side>> = { top: "bottom", right: "left", bottom: "top", left: "right" };

const round = ([x, y]: Vec): Vec => [tidy(x), tidy(y)];

/** An end tied to a shape, with the place where it is now in case the shape is deleted meanwhile. */
export function boundEnd(bench: Workbench, id: string, side?: Side): BoundEnd {
  const record = bench.records.get(id);
  const port =
    side && record
      ? shapeOf(record)
          .ports(record)
          .find((candidate) => candidate.side === side)
      : undefined;
  const box = bench.bounds(id);
  const at = port?.point ?? (box ? boxCentre(box) : null);
  return { id, ...(side && { side }), ...(at && { at: round(at) }) };
}

/** What a connector's end would be at this place: tied to the shape there, or a free point. */
export function endAt(bench: Workbench, at: Vec, except?: string): ConnectorEnd {
  const id = bench.bindable(at, except);
  const record = id === null ? undefined : bench.records.get(id);
  if (id === null || !record) return round(at);
  const port = shapeOf(record)
    .ports(record)
    .find(({ point }) => distance(point, at) * bench.zoom <= PORT_REACH);
  return boundEnd(bench, id, port?.side);
}

/** An end as an operation carries it. */
export function endPatch(end: ConnectorEnd): ShapePatch[string] {
  if (!isBoundEnd(end)) return [end[0], end[1]];
  return { id: end.id, ...(end.side && { side: end.side }), ...(end.at && { at: end.at }) };
}

/** The operation that makes a connector between two ends. */
export function connectorOp(
  bench: Workbench,
  id: string,
  z: string,
  from: ConnectorEnd,
  to: ConnectorEnd,
): ShapeOp {
  const base = recordToPatch(shapeByKind("connector").defaults([0, 0, 0, 0], z));
  return [id, { ...base, ...bench.look("connector"), from: endPatch(from), to: endPatch(to) }];
}

/** Where quick-add puts the next shape: beside the first, stepping aside across the direction. */
function placeBeside(bench: Workbench, box: Box, side: Side): Box {
  const [, , w, h] = box;
  const along: Readonly<Record<Side, Vec>> = {
    top: [0, -h - PLACE_GAP],
    right: [w + PLACE_GAP, 0],
    bottom: [0, h + PLACE_GAP],
    left: [-w - PLACE_GAP, 0],
  };
  const [dx, dy] = along[side];
  const across: Vec = dx === 0 ? [w + PLACE_GAP / 2, 0] : [0, h + PLACE_GAP / 2];
  return freePlace(bench, moveBox(box, dx, dy), across);
}

/** Operations that add a shape like the given one at its side, tied to it by a connector; null when it has no box. */
export function quickAdd(
  bench: Workbench,
  id: string,
  side: Side,
): { readonly ops: ShapeOp[]; readonly id: string } | null {
  const record = bench.records.get(id);
  if (!record || !isBoxRecord(record)) return null;
  const added = bench.newId();
  const [shapeKey = "", lineKey = ""] = bench.keysOnTop(2);
  const place = placeBeside(bench, record.g, side).map(tidy) as unknown as BoxRecord["g"];
  const { text: _left, ...like } = recordToPatch(record);
  const to: BoundEnd = { id: added, side: OPPOSITE[side], at: round(boxCentre(place)) };
  return {
    id: added,
    ops: [
      [added, { ...like, g: place, z: shapeKey }],
      connectorOp(bench, bench.newId(), lineKey, boundEnd(bench, id, side), to),
    ],
  };
}
