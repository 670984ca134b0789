import type { ToolName } from "#editor/editor-view";
import type { Box } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import type { ShapeOp } from "#editor/model/ops";
import type { Scene } from "#editor/shapes/scene";
import type { Hue, ShapeKind, ShapeRecord, Side } from "#editor/model/record";

/** What a gesture shows besides the shapes themselves; an absent part is not shown. */
export interface Guides {
  /** The brush rectangle, world units. */
  readonly brush?: Box;
  /** The shape that a connector's end would be tied to, and the side when it is near a port. */
  readonly target?: { readonly id: string; readonly side: Side | null };
  /** The shape under the pointer. */
  readonly hover?: string;
  /** The quick-add button under the pointer. */
  readonly plus?: Side;
}

/** What follows a commit and belongs to the same step of undo. */
export interface AfterCommit {
  readonly select?: readonly string[];
  /** Begin to write in the one selected shape; what is written joins the step. */
  readonly write?: boolean;
}

/**
 * What tools and gestures may do. It is all they see of the editor, so that a test can drive them with the real
 * thing and a later tool needs no new access.
 */
export interface Workbench {
  readonly readOnly: boolean;
  /** Screen pixels for one world unit. */
  readonly zoom: number;
  /** The stored records, without the preview of a gesture under way. */
  readonly records: ReadonlyMap<string, ShapeRecord>;
  /** The records as shown, with the preview on top; what shape functions ask. */
  readonly scene: Scene;
  readonly selection: readonly string[];
  /** True while Space is held: every press pans. */
  readonly panning: boolean;

  toWorld(x: number, y: number): Vec;
  toScreen(at: Vec): Vec;
  /** The topmost shape under a point of the world, within a few screen pixels. */
  hit(at: Vec, slack?: number): string | null;
  /** The topmost shape at a point whose box can take a connector's end; its inside counts even when it has no fill. */
  bindable(at: Vec, except?: string): string | null;
  bounds(id: string): Box | null;
  /** The box that the handles stand on: a shape's geometry without the width of its lines. */
  frameBox(id: string): Box | null;
  /** The shapes that a brush rectangle catches, in no particular order. */
  within(box: Box): string[];

  select(ids: readonly string[]): void;
  /** Shows operations as if they were written, here and as a drag on other screens. Replaces the preview before. */
  preview(ops: readonly ShapeOp[]): void;
  /** Takes the preview and the guides away: nothing was written. */
  abandon(): void;
  /** Writes operations as one step of undo, and takes preview and guides away. */
  commit(ops: readonly ShapeOp[], after?: AfterCommit): void;
  guide(guides: Guides): void;

  newId(): string;
  /** Keys for new shapes in front of everything. */
  keysOnTop(count: number): string[];
  /** The look that new shapes of this kind get: what was chosen last. */
  look(kind: ShapeKind): { readonly hue?: Hue; readonly style?: number };
  /** The operations that delete shapes, and loosen the connectors that were tied to them. */
  deletion(ids: readonly string[]): ShapeOp[];
  /** Lays the text field over a shape. `startWith` replaces its words: somebody just began to type. */
  editText(id: string, startWith?: string): void;
  /** Puts a text at a point of the world and begins to edit it. */
  writeAt(at: Vec): void;
  /** Adds a shape like this one at its side, tied to it, and begins to edit its text. */
  quickAdd(id: string, side: Side): void;
  useTool(tool: ToolName): void;
  cursor(css: string): void;
  panBy(dx: number, dy: number): void;
  announce(sentence: string): void;
}
