import type { Box } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import type { BoxKind, ConnectorEnd, Side } from "#editor/model/record";
import type { PenPoint } from "#editor/model/pen-points";
import type { Handle } from "./gestures/resize";

/** What lies under the pointer on the selection's frame. */
export type Grip =
  | { readonly type: "handle"; readonly handle: Handle }
  | { readonly type: "end"; readonly id: string; readonly end: "from" | "to" }
  | { readonly type: "plus"; readonly id: string; readonly side: Side };

/** A tool at rest: nothing is pressed. */
export type RestingState =
  | { readonly name: "select" }
  | { readonly name: "hand" }
  | { readonly name: "shape"; readonly kind: BoxKind }
  | { readonly name: "connector" }
  | { readonly name: "draw" };

/** Something is pressed. Everything a gesture needs to finish or to be given up is in its state. */
export type GestureState =
  | {
      readonly name: "pressed";
      readonly x: number;
      readonly y: number;
      readonly id: string | null;
      readonly grip: Grip | null;
      readonly clicks: number;
      /** The press itself selected the shape, so releasing it changes nothing more. */
      readonly settled: boolean;
    }
  | { readonly name: "move"; readonly from: Vec; readonly ids: readonly string[]; readonly copies: CopyPlan }
  | {
      readonly name: "resize";
      readonly handle: Handle;
      readonly from: Vec;
      readonly box: Box;
      readonly ids: readonly string[];
    }
  | { readonly name: "brush"; readonly from: Vec; readonly base: readonly string[] }
  | { readonly name: "pan"; readonly x: number; readonly y: number; readonly back: RestingState }
  | {
      readonly name: "shape.drag";
      readonly kind: BoxKind;
      readonly id: string;
      readonly z: string;
      readonly from: Vec;
      readonly x: number;
      readonly y: number;
    }
  | { readonly name: "connect.pressed"; readonly x: number; readonly y: number }
  | {
      readonly name: "connect";
      readonly id: string;
      /** The key of a connector that is being made; null while the end of an old one is dragged. */
      readonly z: string | null;
      readonly end: "from" | "to";
      readonly other: ConnectorEnd;
    }
  | { readonly name: "stroke"; readonly id: string; readonly z: string; readonly points: PenPoint[] };

/** Ids and keys of the copies that Alt makes while dragging: chosen once, so that the preview does not flicker. */
export interface CopyPlan {
  readonly ids: ReadonlyMap<string, string>;
  readonly keys: readonly string[];
}

export type ToolState = RestingState | GestureState;

const RESTING: ReadonlySet<string> = new Set(["select", "hand", "shape", "connector", "draw"]);

/** True while nothing is pressed. */
export function isResting(state: ToolState): state is RestingState {
  return RESTING.has(state.name);
}
