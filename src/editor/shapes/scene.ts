import type { Vec } from "#editor/math/vec";
import type { Path } from "#editor/geometry/path";
import { createTextLayouter, type MeasureText, type TextLayouter } from "#editor/geometry/text-layout";
import type { PenPoint } from "#editor/model/pen-points";
import type { ConnectorRecord, DrawRecord, ShapeRecord } from "#editor/model/record";

/** The way a connector takes, with what it was computed from. */
export interface CachedRoute {
  readonly from: ShapeRecord | undefined;
  readonly to: ShapeRecord | undefined;
  readonly points: readonly Vec[];
}

/**
 * What shape functions may ask beyond their own record: other shapes, and the measure of text. It also holds the
 * caches of what follows from records; records are never changed in place, so they are the keys, and a cached value
 * lives as long as its record.
 */
export interface Scene {
  /** The record as it is to be shown, which during a drag may differ from what is stored. */
  find(id: string): ShapeRecord | undefined;
  readonly text: TextLayouter;
  readonly routes: WeakMap<ConnectorRecord, CachedRoute>;
  readonly paths: WeakMap<ShapeRecord, Path>;
  readonly strokes: WeakMap<DrawRecord, readonly PenPoint[]>;
  readonly fitted: WeakMap<ShapeRecord, FittedText>;
  /** Forgets all that depends on measured text, for when the web font has arrived. */
  forgetText(): void;
}

/** A note's words at the size that fits it. */
export interface FittedText {
  readonly fontSize: number;
  readonly fits: boolean;
}

/** Makes a scene over a way to find records and a way to measure text. */
export function createScene(find: (id: string) => ShapeRecord | undefined, measure: MeasureText): Scene {
  const text = createTextLayouter(measure);
  let fitted = new WeakMap<ShapeRecord, FittedText>();
  return {
    find,
    text,
    routes: new WeakMap(),
    paths: new WeakMap(),
    strokes: new WeakMap(),
    get fitted() {
      return fitted;
    },
    forgetText() {
      text.clear();
      fitted = new WeakMap();
    },
  };
}

/** The same scene, caches included, with other eyes for records: a preview laid over a board, or a clipboard's own set. */
export const sceneWith = (scene: Scene, find: Scene["find"]): Scene => ({
  find,
  text: scene.text,
  routes: scene.routes,
  paths: scene.paths,
  strokes: scene.strokes,
  get fitted() {
    return scene.fitted;
  },
  forgetText: () => scene.forgetText(),
});
