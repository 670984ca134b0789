import { boxFromPoints } from "#editor/math/box";
import type { Box } from "#editor/math/box";
import { distance } from "#editor/math/vec";
import type { Vec } from "#editor/math/vec";
import { recordToPatch } from "#editor/model/ops";
import type { ShapeOp } from "#editor/model/ops";
import { isBoundEnd } from "#editor/model/record";
import type { BoxKind } from "#editor/model/record";
import { withStyle } from "#editor/model/style";
import { shapeByKind } from "#editor/shapes/registry";
import { endAt } from "../gestures/connect";
import { freePlace, PLACE_GAP } from "../gestures/free-place";
import { tidy } from "../gestures/move";
import type { Again } from "../machine";
import type { InputEvent, PointerInput } from "../events";
import type { GestureState, RestingState, ToolState } from "../tool-state";
import type { Workbench } from "../workbench";
import { startPan } from "./panning";
import { DRAG_START } from "./select-tool";

type Armed = Extract<RestingState, { name: "shape" }>;
type Dragging = Extract<GestureState, { name: "shape.drag" }>;

/** Drawn shapes are at least this large, world units; a shorter drag counts as a click. */
const LEAST = 16;
const SELECT: RestingState = { name: "select" };

/** A tool that makes a box is armed: press to begin one. */
export function shape(bench: Workbench, event: InputEvent, state: Armed): ToolState | null {
  if (event.type === "cancel") return toSelect(bench);
  if (event.type !== "pointer.down") return null;
  const panned = startPan(bench, event, state);
  if (panned) return panned;
  const { x, y } = event;
  const [z = ""] = bench.keysOnTop(1);
  return { name: "shape.drag", kind: state.kind, id: bench.newId(), z, from: bench.toWorld(x, y), x, y };
}

/** The box grows from the first corner; Shift makes it even-sided, Alt grows it from its centre. A click makes the usual size. */
export function shapeDrag(bench: Workbench, event: InputEvent, state: Dragging): ToolState | null {
  if (event.type === "cancel") {
    bench.abandon();
    return toSelect(bench);
  }
  if (event.type === "pointer.move") {
    const box = dragBox(bench, event, state);
    if (box) bench.preview([makeOp(bench, state, box, true)]);
    return state;
  }
  if (event.type !== "pointer.up") return null;
  const dragged = dragBox(bench, event, state);
  const box = dragged ?? clickBox(state.kind, state.from);
  const write = state.kind === "note" || state.kind === "text";
  bench.useTool("select");
  bench.commit([makeOp(bench, state, box, dragged !== null)], { select: [state.id], write });
  bench.announce(`${state.kind} placed`);
  return SELECT;
}

function dragBox(bench: Workbench, event: PointerInput, state: Dragging): Box | null {
  if (distance([event.x, event.y], [state.x, state.y]) < DRAG_START) return null;
  const at = bench.toWorld(event.x, event.y);
  let [dx, dy]: Vec = [at[0] - state.from[0], at[1] - state.from[1]];
  if (event.shift) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    [dx, dy] = [dx < 0 ? -side : side, dy < 0 ? -side : side];
  }
  const [x, y] = state.from;
  const box = boxFromPoints(event.alt ? [x - dx, y - dy] : state.from, [x + dx, y + dy]);
  if (box[2] < LEAST && box[3] < LEAST) return null;
  return [tidy(box[0]), tidy(box[1]), tidy(Math.max(LEAST, box[2])), tidy(Math.max(LEAST, box[3]))];
}

/** The usual size around the point that was clicked; a text begins where the caret is expected, at the point. */
function clickBox(kind: BoxKind, [x, y]: Vec): Box {
  const [w, h] = shapeByKind(kind).defaultSize;
  return kind === "text" ? [tidy(x), tidy(y - h / 2), w, h] : [tidy(x - w / 2), tidy(y - h / 2), w, h];
}

function makeOp(
  bench: Workbench,
  state: { kind: BoxKind; id: string; z: string },
  box: Box,
  sized: boolean,
): ShapeOp {
  const record = { ...shapeByKind(state.kind).defaults(box, state.z), ...bench.look(state.kind) };
  // A text that was drawn has a width of its own; one that was clicked is as wide as its words.
  const style = state.kind === "text" && sized ? withStyle(record.style, { wrap: "fixed" }) : record.style;
  return [state.id, recordToPatch({ ...record, ...(style !== undefined && { style }) })];
}

/** The operation for a shape of the usual size around a point. */
export function shapeAt(bench: Workbench, kind: BoxKind, at: Vec): ShapeOp {
  const [z = ""] = bench.keysOnTop(1);
  return makeOp(bench, { kind, id: bench.newId(), z }, clickBox(kind, at), false);
}

/** The same, stepping sideways from shapes that are in the way. */
export function shapeNear(bench: Workbench, kind: BoxKind, at: Vec): ShapeOp {
  const [z = ""] = bench.keysOnTop(1);
  const first = clickBox(kind, at);
  const box = freePlace(bench, first, [first[2] + PLACE_GAP / 2, 0]);
  return makeOp(bench, { kind, id: bench.newId(), z }, box, false);
}

/** The connector tool: press on a shape or anywhere, release at the other end. */
export function connector(
  bench: Workbench,
  event: InputEvent,
  state: RestingState & { name: "connector" },
): ToolState | null {
  if (event.type === "cancel") return toSelect(bench);
  if (event.type === "pointer.move") {
    const end = endAt(bench, bench.toWorld(event.x, event.y));
    bench.guide(isBoundEnd(end) ? { target: { id: end.id, side: end.side ?? null } } : {});
    return state;
  }
  if (event.type !== "pointer.down") return null;
  const panned = startPan(bench, event, state);
  if (panned) return panned;
  return { name: "connect.pressed", x: event.x, y: event.y };
}

/** A connector begins once the pointer moved: a mere click leaves nothing behind. */
export function connectPressed(
  bench: Workbench,
  event: InputEvent,
  state: GestureState & { name: "connect.pressed" },
): ToolState | Again<ToolState> | null {
  if (event.type === "cancel" || event.type === "pointer.up") return { name: "connector" };
  if (event.type !== "pointer.move") return null;
  if (distance([event.x, event.y], [state.x, state.y]) < DRAG_START) return state;
  const other = endAt(bench, bench.toWorld(state.x, state.y));
  const [z = ""] = bench.keysOnTop(1);
  return { again: { name: "connect", id: bench.newId(), z, end: "to", other } };
}

function toSelect(bench: Workbench): RestingState {
  bench.useTool("select");
  return SELECT;
}
