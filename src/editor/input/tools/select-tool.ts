import { distance } from "#editor/math/vec";
import { isConnector } from "#editor/model/record";
import { connectorEnds, gripAt, gripCursor } from "../gestures/grips";
import { inOrder } from "../gestures/copy";
import { boundEnd } from "../gestures/connect";
import { commonBox } from "../gestures/resize";
import type { Again } from "../machine";
import type { InputEvent, PointerInput } from "../events";
import type { GestureState, Grip, RestingState, ToolState } from "../tool-state";
import type { Workbench } from "../workbench";
import { restingCursor, startPan } from "./panning";

/** A press becomes a drag after this many CSS pixels, so that a trembling hand does not move what it clicks. */
export const DRAG_START = 4;

const SELECT: RestingState = { name: "select" };
type Pressed = Extract<GestureState, { name: "pressed" }>;

/** The select tool at rest. */
export function select(
  bench: Workbench,
  event: InputEvent,
  state: RestingState & { name: "select" },
): ToolState | null {
  if (event.type === "pointer.move") {
    hover(bench, event);
    return state;
  }
  if (event.type !== "pointer.down") return null;
  return startPan(bench, event, state) ?? press(bench, event);
}

function hover(bench: Workbench, event: PointerInput): void {
  const grip = gripAt(bench, event.x, event.y, event.kind);
  if (grip) {
    bench.guide(grip.type === "plus" ? { plus: grip.side } : {});
    return bench.cursor(gripCursor(grip));
  }
  const over = bench.hit(bench.toWorld(event.x, event.y));
  bench.guide(over === null ? {} : { hover: over });
  bench.cursor(over !== null && !bench.readOnly ? "move" : restingCursor(SELECT, bench.panning));
}

function press(bench: Workbench, event: PointerInput): Pressed {
  const { x, y, clicks, shift } = event;
  bench.guide({});
  const grip = gripAt(bench, x, y, event.kind);
  if (grip) return { name: "pressed", x, y, id: null, grip, clicks, settled: true };
  const id = bench.hit(bench.toWorld(x, y));
  const selected = id !== null && bench.selection.includes(id);
  const settled = !selected;
  if (id === null && !shift) bench.select([]);
  if (id !== null && !selected) bench.select(shift ? [...bench.selection, id] : [id]);
  return { name: "pressed", x, y, id, grip: null, clicks, settled };
}

/** Pressed and not yet moved: a click, or the beginning of one of the gestures. */
export function pressed(
  bench: Workbench,
  event: InputEvent,
  state: Pressed,
): ToolState | Again<ToolState> | null {
  if (event.type === "cancel") return SELECT;
  if (event.type === "pointer.up") return click(bench, event, state);
  if (event.type !== "pointer.move") return null;
  if (distance([event.x, event.y], [state.x, state.y]) < DRAG_START) return state;
  return { again: beginDrag(bench, state) };
}

function click(bench: Workbench, event: PointerInput, state: Pressed): ToolState {
  const { id, grip } = state;
  if (grip?.type === "plus") bench.quickAdd(grip.id, grip.side);
  else if (state.clicks === 2 && !event.shift) openText(bench, state);
  else if (id !== null && !state.settled) {
    // A click on one of several selected shapes picks it; with Shift it leaves the selection.
    bench.select(event.shift ? bench.selection.filter((other) => other !== id) : [id]);
  }
  return SELECT;
}

function openText(bench: Workbench, state: Pressed): void {
  const at = bench.toWorld(state.x, state.y);
  const id = state.id ?? bench.hit(at) ?? bench.bindable(at);
  if (id !== null) bench.editText(id);
  else if (state.grip === null) bench.writeAt(at);
}

function beginDrag(bench: Workbench, state: Pressed): ToolState {
  const from = bench.toWorld(state.x, state.y);
  if (state.grip) return dragGrip(bench, state, state.grip);
  if (state.id === null) return { name: "brush", from, base: bench.selection };
  if (bench.readOnly) return SELECT;
  const ids = inOrder(bench.records, bench.selection);
  const fresh = new Map(ids.map((id) => [id, bench.newId()]));
  return { name: "move", from, ids, copies: { ids: fresh, keys: bench.keysOnTop(ids.length) } };
}

function dragGrip(bench: Workbench, state: Pressed, grip: Grip): ToolState {
  const { x, y } = state;
  if (grip.type === "handle") {
    const box = commonBox(bench.selection, (id) => bench.frameBox(id));
    if (!box) return SELECT;
    return { name: "resize", handle: grip.handle, from: bench.toWorld(x, y), box, ids: bench.selection };
  }
  if (grip.type === "plus") {
    const [z = null] = bench.keysOnTop(1);
    const other = boundEnd(bench, grip.id, grip.side);
    return { name: "connect", id: bench.newId(), z, end: "to", other };
  }
  const record = bench.records.get(grip.id);
  if (!record || !isConnector(record) || !connectorEnds(record, bench.scene)) return SELECT;
  const other = grip.end === "from" ? record.to : record.from;
  return { name: "connect", id: grip.id, z: null, end: grip.end, other };
}
