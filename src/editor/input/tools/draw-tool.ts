import { distance } from "#editor/math/vec";
import { recordToPatch } from "#editor/model/ops";
import type { ShapeOp } from "#editor/model/ops";
import type { PenPoint } from "#editor/model/pen-points";
import type { DrawRecord } from "#editor/model/record";
import { strokeFromPoints } from "#editor/shapes/draw";
import type { InputEvent, PointerInput } from "../events";
import type { GestureState, RestingState, ToolState } from "../tool-state";
import type { Workbench } from "../workbench";
import { startPan } from "./panning";

/** Points nearer together than this, in CSS pixels, add bytes but no form. */
const POINT_GAP = 1.5;

type Stroke = Extract<GestureState, { name: "stroke" }>;

/** The pen at rest. It stays in hand after a stroke: writing is many strokes. */
export function draw(
  bench: Workbench,
  event: InputEvent,
  state: RestingState & { name: "draw" },
): ToolState | null {
  if (event.type === "cancel") {
    bench.useTool("select");
    return { name: "select" };
  }
  if (event.type !== "pointer.down") return null;
  const panned = startPan(bench, event, state);
  if (panned) return panned;
  bench.select([]);
  const [z = ""] = bench.keysOnTop(1);
  return { name: "stroke", id: bench.newId(), z, points: [penPoint(bench, event)] };
}

/** A stroke under way. */
export function stroke(bench: Workbench, event: InputEvent, state: Stroke): ToolState | null {
  if (event.type === "cancel") {
    bench.abandon();
    return { name: "draw" };
  }
  if (event.type === "pointer.up") {
    bench.commit(strokeOps(bench, state));
    return { name: "draw" };
  }
  if (event.type !== "pointer.move") return null;
  const point = penPoint(bench, event);
  const last = state.points.at(-1);
  if (last && distance([last[0], last[1]], [point[0], point[1]]) * bench.zoom < POINT_GAP) return state;
  // The one list grows in place: a copy for every point would cost the square of the stroke's length.
  state.points.push(point);
  bench.preview(strokeOps(bench, state));
  return state;
}

function penPoint(bench: Workbench, event: PointerInput): PenPoint {
  const [x, y] = bench.toWorld(event.x, event.y);
  return event.kind === "pen" ? [x, y, event.pressure] : [x, y];
}

function strokeOps(bench: Workbench, state: Stroke): ShapeOp[] {
  const made = strokeFromPoints(state.points);
  if (!made) return [];
  const record: DrawRecord = { kind: "draw", z: state.z, ...made, ...bench.look("draw") };
  return [[state.id, recordToPatch(record)]];
}
