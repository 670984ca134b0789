import type { Box } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import type { Path } from "#editor/geometry/path";
import type { Geometry, ShapeKind, ShapeRecord, Side } from "#editor/model/record";
import type { ShapePatch } from "#editor/model/ops";
import type { Painter2D } from "./painter";
import type { Scene } from "./scene";
import type { Theme } from "./theme";

/** A place where connectors attach and where the quick-add buttons stand. */
export interface Port {
  readonly side: Side;
  readonly point: Vec;
}

/** Where and how a shape's text is edited; the text field laid over the canvas takes it as it is. */
export interface TextBox {
  readonly box: Box;
  readonly fontSize: number;
  readonly fontWeight: number;
  readonly italic: boolean;
  readonly align: "left" | "centre" | "right";
  readonly valign: "top" | "middle" | "bottom";
  /** False when the width follows the words (a text without a width of its own, a connector's label). */
  readonly wraps: boolean;
}

/** What drawing depends on besides the record. */
export interface DrawView {
  readonly scene: Scene;
  readonly theme: Theme;
  /** Device pixels per world unit, from which the level of detail follows. */
  readonly scale: number;
  /** Leave the words out, because a text field stands in their place. */
  readonly hideText?: boolean;
}

/**
 * One kind of shape: a plain object of pure functions over its record. Nothing here knows about tools, selection
 * or screens; everything that needs to know a kind's geometry asks here, so a new kind is one new object.
 */
export interface ShapeDefinition<R extends ShapeRecord = ShapeRecord> {
  readonly kind: ShapeKind;
  /** The width and height of a new shape that is placed by a click. */
  readonly defaultSize: readonly [w: number, h: number];
  /** A whole new record, with the given box (connectors run from its top left to its bottom right corner). */
  defaults(g: Geometry, z: string): R;
  /** The box around everything that is drawn, thick lines included. */
  bounds(record: R, scene: Scene): Box;
  /** The outline; for lines, the line itself. */
  path(record: R, scene: Scene): Path;
  /** Whether a pointer here is on the shape. `tolerance` in world units grows thin lines to a size a hand can hit. */
  hit(record: R, point: Vec, tolerance: number, scene: Scene): boolean;
  /** Whether the shape is touched by a selection rectangle. */
  meets(record: R, box: Box, scene: Scene): boolean;
  /** Draws in world units; the caller has set the transform. */
  draw(painter: Painter2D, record: R, view: DrawView): void;
  /** The shape as SVG elements in world units. */
  svg(record: R, view: DrawView): string;
  ports(record: R): readonly Port[];
  /** The patch that makes the shape fill another box; null when the kind cannot be resized. */
  resize(record: R, box: Box, scene: Scene): ShapePatch | null;
  /** The patch that moves the shape. Ends tied to shapes do not move with it. */
  move(record: R, by: Vec): ShapePatch | null;
  /** Null for kinds without words. */
  textBox(record: R, scene: Scene): TextBox | null;
  /** The box the shape needs so that its words fit, when that is not the one it has; null otherwise. */
  growWithText(record: R, scene: Scene): Geometry | null;
}
