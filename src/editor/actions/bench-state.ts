import type { ToolName } from "#editor/editor-view";
import type { Preview } from "#editor/engine/preview";
import type { TextSession } from "#editor/input/text-session";
import type { Guides } from "#editor/input/workbench";
import type { ShapeOp } from "#editor/model/ops";

/** What is true on this screen only, now. Nothing of it is stored or undone. */
export interface BenchState {
  readOnly: boolean;
  tool: ToolName;
  cursor: string;
  /** Space is held. */
  panning: boolean;
  guides: Guides;
  /** The own gesture's operations, shown but not written. */
  drag: readonly ShapeOp[];
  /** The same of other people. */
  remoteDrags: readonly ShapeOp[];
  preview: Preview;
  session: TextSession | null;
  announcement: string;
  /** The help sheet is open. */
  help: boolean;
}

export function createBenchState(readOnly: boolean): BenchState {
  return {
    readOnly,
    tool: "select",
    cursor: "default",
    panning: false,
    guides: {},
    drag: [],
    remoteDrags: [],
    preview: new Map(),
    session: null,
    announcement: "",
    help: false,
  };
}
