import type { InputEvent, PointerInput } from "../events";
import type { GestureState, RestingState, ToolState } from "../tool-state";
import type { Workbench } from "../workbench";

/** A press of the middle or right button, or any press while Space is held, pans in every tool. */
export function startPan(bench: Workbench, event: PointerInput, back: RestingState): GestureState | null {
  if (event.button === "main" && !bench.panning) return null;
  bench.cursor("grabbing");
  return { name: "pan", x: event.x, y: event.y, back };
}

/** The board follows the pointer until it is released. */
export function pan(
  bench: Workbench,
  event: InputEvent,
  state: GestureState & { name: "pan" },
): ToolState | null {
  if (event.type === "pointer.move") {
    bench.panBy(event.x - state.x, event.y - state.y);
    return { ...state, x: event.x, y: event.y };
  }
  if (event.type !== "pointer.up" && event.type !== "cancel") return null;
  bench.cursor(restingCursor(state.back, bench.panning));
  return state.back;
}

/** The cursor of a tool at rest. */
export function restingCursor(state: RestingState, panning: boolean): string {
  if (panning || state.name === "hand") return "grab";
  return state.name === "select" ? "default" : "crosshair";
}

/** The hand: every press pans. */
export function hand(
  bench: Workbench,
  event: InputEvent,
  state: RestingState & { name: "hand" },
): ToolState | null {
  if (event.type !== "pointer.down") return null;
  bench.cursor("grabbing");
  return { name: "pan", x: event.x, y: event.y, back: state };
}
