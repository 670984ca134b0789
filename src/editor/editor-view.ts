import type { Box } from "./math/box";
import type { Hue } from "./model/record";

/** The tools by name, in the order the toolbar shows them. */
export const TOOLS = [
  "select",
  "hand",
  "note",
  "rectangle",
  "ellipse",
  "diamond",
  "text",
  "connector",
  "draw",
] as const;
export type ToolName = (typeof TOOLS)[number];

/** The text field that lies over a shape while its text is edited. */
export interface TextEditing {
  readonly id: string;
  /** Where the text may stand, CSS pixels from the canvas's top left corner. */
  readonly box: Box;
  readonly text: string;
  /** CSS pixels at the present zoom. */
  readonly fontSize: number;
  readonly lineHeight: number;
  readonly fontFamily: string;
  readonly fontWeight: number;
  readonly italic: boolean;
  readonly align: "left" | "center" | "right";
  readonly vertical: "top" | "middle" | "bottom";
  readonly color: string;
  /** The box grows with its text instead of wrapping it. */
  readonly grows: boolean;
  /** Begun by typing or with an empty shape: the caret goes to the end instead of selecting everything. */
  readonly fresh: boolean;
}

/** Everything the chrome around the canvas shows. A new object whenever any of it changed. */
export interface EditorView {
  readonly tool: ToolName;
  readonly cursor: string;
  readonly readOnly: boolean;
  readonly selection: readonly string[];
  /** Around the selection, CSS pixels from the canvas's top left corner; null without a selection. */
  readonly selectionBox: Box | null;
  /** The hue that all selected shapes share; null when they differ or none is selected. */
  readonly hue: Hue | null;
  /** The world point at the canvas's top left corner, and CSS pixels for one world unit. */
  readonly camera: { readonly x: number; readonly y: number; readonly zoom: number };
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** A gesture is under way: what floats over the canvas steps aside. */
  readonly busy: boolean;
  readonly editing: TextEditing | null;
  readonly empty: boolean;
  readonly helpOpen: boolean;
  /** One sentence for screen readers about what just happened to the selection. */
  readonly announcement: string;
}
