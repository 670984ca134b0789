import type { Vec } from "./math/vec";
import type { ShapeOp } from "./model/ops";

/** What this screen tells others while nothing is written: pointer, selection, and the shapes being dragged. */
export interface PresenceUpdate {
  readonly cursor: Vec | null;
  readonly selection: readonly string[];
  readonly drag: readonly ShapeOp[];
}

/** What one other person has selected, in their colour. */
export interface RemoteSelection {
  readonly colour: string;
  readonly ids: readonly string[];
}
