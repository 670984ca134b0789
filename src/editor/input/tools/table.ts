import type { ToolName } from "#editor/editor-view";
import type { InputEvent } from "../events";
import type { TransitionTable } from "../machine";
import type { RestingState, ToolState } from "../tool-state";
import type { Workbench } from "../workbench";
import { brush, connect, move, resize } from "./drag-tools";
import { draw, stroke } from "./draw-tool";
import { connector, connectPressed, shape, shapeDrag } from "./make-tools";
import { hand, pan } from "./panning";
import { pressed, select } from "./select-tool";

/** Every state of every tool. A new tool adds its states here and in `tool-state.ts`. */
export const TOOL_TABLE: TransitionTable<ToolState, Workbench, InputEvent> = {
  select,
  pressed,
  move,
  resize,
  brush,
  hand,
  pan,
  shape,
  "shape.drag": shapeDrag,
  connector,
  "connect.pressed": connectPressed,
  connect,
  draw,
  stroke,
};

/** The state in which a tool waits. */
export function restingState(tool: ToolName): RestingState {
  if (tool === "select" || tool === "hand" || tool === "connector" || tool === "draw") return { name: tool };
  return { name: "shape", kind: tool };
}
