import type { ToolName } from "#editor/editor-view";
import type { Workbench } from "#editor/input/workbench";
import type { Vec } from "#editor/math/vec";
import type { Hue } from "#editor/model/record";

/** The headings of the help sheet, in its order. */
export const ACTION_GROUPS = ["Tools", "Edit", "Arrange", "View"] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

/** What actions may do beyond what tools may. */
export interface ActionBench extends Workbench {
  readonly tool: ToolName;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
  /** Scales the camera around the middle of the view. */
  zoomBy(factor: number): void;
  /** Shows the whole board, the selection, or the board at a given scale. */
  zoomTo(target: "fit" | "selection" | number): void;
  /** The world point in the middle of the view. */
  middleOfView(): Vec;
  /** Moves the camera, when needed, so that the shape is in view. */
  reveal(id: string): void;
  /** Remembers the hue for the next shapes of the selected kinds. */
  rememberHue(hue: Hue): void;
  /** Gives up what is under way; else puts the tool down; else selects nothing. */
  cancel(): void;
  toggleHelp(): void;
}

/**
 * One thing a person can do. The same entry feeds the toolbar, the shortcuts, the help sheet and the tests, so that
 * a shortcut which is shown is one that works.
 */
export interface Action {
  readonly id: string;
  readonly label: string;
  readonly group: ActionGroup;
  /** Shortcuts as `parseChord` reads them, the one to show first. */
  readonly keys: readonly string[];
  /** The browser's own event runs it (copy, cut, paste), not the key: only that event may touch the clipboard. */
  readonly byBrowser?: boolean;
  /** How the help sheet lists it when it stands for its neighbours too; null keeps it out, as a neighbour stands for it. */
  readonly help?: { readonly label: string; readonly keys: readonly string[] } | null;
  readonly when: (bench: ActionBench) => boolean;
  readonly run: (bench: ActionBench) => void;
}

export const always = (): boolean => true;
export const canWrite = (bench: ActionBench): boolean => !bench.readOnly;
export const hasSelection = (bench: ActionBench): boolean => bench.selection.length > 0;
export const canChange = (bench: ActionBench): boolean => !bench.readOnly && bench.selection.length > 0;
