import { boxFromPoints } from "#editor/math/box";
import { sub } from "#editor/math/vec";
import { isBoundEnd } from "#editor/model/record";
import type { ShapeOp } from "#editor/model/ops";
import { copyOps } from "../gestures/copy";
import { connectorOp, endAt, endPatch } from "../gestures/connect";
import { alongAxis, moveOps } from "../gestures/move";
import { resizeBox, resizeOps } from "../gestures/resize";
import type { InputEvent, PointerInput } from "../events";
import type { GestureState, RestingState, ToolState } from "../tool-state";
import type { Workbench } from "../workbench";

const SELECT: RestingState = { name: "select" };

/** Runs one gesture: a preview at every move, one commit at release, nothing at all when it is given up. */
function transaction(
  bench: Workbench,
  event: InputEvent,
  state: GestureState,
  gesture: {
    readonly back: RestingState;
    readonly ops: (event: PointerInput) => readonly ShapeOp[];
    readonly select?: (event: PointerInput) => readonly string[];
    readonly said: (event: PointerInput) => string;
  },
): ToolState | null {
  if (event.type === "cancel") {
    bench.abandon();
    return gesture.back;
  }
  if (event.type === "pointer.move") {
    bench.preview(gesture.ops(event));
    return state;
  }
  if (event.type !== "pointer.up") return null;
  const select = gesture.select?.(event);
  bench.commit(gesture.ops(event), select && { select });
  bench.announce(gesture.said(event));
  return gesture.back;
}

/** Moves the selection; with Alt it leaves the originals and moves copies. Shift keeps to one axis. */
export function move(
  bench: Workbench,
  event: InputEvent,
  state: GestureState & { name: "move" },
): ToolState | null {
  const { ids, copies } = state;
  return transaction(bench, event, state, {
    back: SELECT,
    ops: (at) => {
      const free = sub(bench.toWorld(at.x, at.y), state.from);
      const by = at.shift ? alongAxis(free) : free;
      return at.alt
        ? copyOps(bench.records, { ids, fresh: copies.ids, keys: copies.keys }, by)
        : moveOps(bench.records, ids, by);
    },
    select: (at) => (at.alt ? [...copies.ids.values()] : ids),
    said: (at) => countOf(ids.length, at.alt ? "copied" : "moved"),
  });
}

/** Resizes the selection. Shift keeps the proportions, Alt the centre. */
export function resize(
  bench: Workbench,
  event: InputEvent,
  state: GestureState & { name: "resize" },
): ToolState | null {
  return transaction(bench, event, state, {
    back: SELECT,
    ops: (at) => {
      const by = sub(bench.toWorld(at.x, at.y), state.from);
      const box = resizeBox(state.box, state.handle, by, { keepRatio: at.shift, fromCentre: at.alt });
      return resizeOps(bench.records, state.ids, state.box, box, bench.scene);
    },
    said: () => countOf(state.ids.length, "resized"),
  });
}

/** Selects what the rectangle touches; with Shift on top of what was selected. */
export function brush(
  bench: Workbench,
  event: InputEvent,
  state: GestureState & { name: "brush" },
): ToolState | null {
  if (event.type === "cancel") {
    bench.abandon();
    bench.select(state.base);
    return SELECT;
  }
  if (event.type === "pointer.move") {
    const box = boxFromPoints(state.from, bench.toWorld(event.x, event.y));
    const caught = bench.within(box);
    bench.guide({ brush: box });
    bench.select(event.shift ? [...new Set([...state.base, ...caught])] : caught);
    return state;
  }
  if (event.type !== "pointer.up") return null;
  bench.abandon();
  return SELECT;
}

/** Drags one end of a connector, new or old. The shape it would be tied to is shown. */
export function connect(
  bench: Workbench,
  event: InputEvent,
  state: GestureState & { name: "connect" },
): ToolState | null {
  const except = isBoundEnd(state.other) ? state.other.id : undefined;
  const ops = (at: PointerInput): ShapeOp[] => {
    const end = endAt(bench, bench.toWorld(at.x, at.y), except);
    bench.guide(isBoundEnd(end) ? { target: { id: end.id, side: end.side ?? null } } : {});
    if (state.z === null) return [[state.id, { [state.end]: endPatch(end) }]];
    return [connectorOp(bench, state.id, state.z, state.other, end)];
  };
  const next = transaction(bench, event, state, {
    back: SELECT,
    ops,
    select: () => [state.id],
    said: () => "Connector placed",
  });
  if (next?.name === "select") bench.useTool("select");
  return next;
}

function countOf(count: number, done: string): string {
  return count === 1 ? `1 shape ${done}` : `${count} shapes ${done}`;
}
