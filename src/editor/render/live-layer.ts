import { boxesMeet, type Box } from "#editor/math/box";
import type { BoardIndex } from "#editor/engine/board-index";
import type { Preview } from "#editor/engine/preview";
import type { ShapeRecord } from "#editor/model/record";
import { shapeOf } from "#editor/shapes/registry";
import type { Painter2D } from "#editor/shapes/painter";
import { sceneWith, type Scene } from "#editor/shapes/scene";
import type { Theme } from "#editor/shapes/theme";

export interface LiveLayer {
  /** The scene with the preview laid over it. */
  readonly scene: Scene;
  /** True for shapes that are drawn here and therefore not in the resting picture. */
  has(id: string): boolean;
  /** Shows other records than the stored ones. Returns the boxes where the resting picture changes. */
  setPreview(preview: Preview): Box[];
  /** The shape whose words are being typed in a text field over the board. */
  setEditing(id: string | null): Box[];
  /** Draws what meets the visible box; the transform is set to world units. */
  draw(painter: Painter2D, visible: Box, theme: Theme, scale: number): void;
  /** The resting picture is complete again: what has come to rest need not be drawn here any more. */
  settle(): void;
}

/**
 * What moves: shapes of a gesture under way, here or on another screen, the connectors tied to them, and the shape
 * being typed into. They are drawn in every frame over the resting picture.
 */
export function createLiveLayer(base: Scene, index: BoardIndex): LiveLayer {
  let preview: Preview = new Map();
  let editing: string | null = null;
  let live: ReadonlySet<string> = new Set();
  /** Came to rest, but the resting picture does not show them yet: without them they would flicker. */
  let lingering: ReadonlySet<string> = new Set();

  const find = (id: string): ShapeRecord | undefined => {
    const shown = preview.get(id);
    return shown === undefined ? base.find(id) : (shown ?? undefined);
  };
  const scene = sceneWith(base, find);

  function update(): Box[] {
    const next = new Set(preview.keys());
    for (const id of preview.keys()) for (const connector of index.connectorsOf(id)) next.add(connector);
    if (editing !== null) next.add(editing);
    const moved = [...next].filter((id) => !live.has(id));
    const rested = [...live].filter((id) => !next.has(id));
    lingering = new Set([...lingering, ...rested].filter((id) => !next.has(id)));
    live = next;
    return [...moved, ...rested].map((id) => index.bounds(id)).filter((box) => box !== undefined);
  }

  return {
    scene,
    has: (id) => live.has(id),
    setPreview(next) {
      if (next.size === 0 && preview.size === 0) return [];
      preview = next;
      return update();
    },
    setEditing(id) {
      if (id === editing) return [];
      editing = id;
      return update();
    },
    draw(painter, visible, theme, scale) {
      if (live.size + lingering.size === 0) return;
      // Shapes that exist in the preview only have rank -1, yet a new shape belongs in front: they go last.
      const ids = index.order.sort([...live, ...lingering]);
      const fresh = ids.filter((id) => index.order.rank(id) < 0);
      for (const id of [...ids.slice(fresh.length), ...fresh]) {
        const record = find(id);
        if (!record) continue;
        const shape = shapeOf(record);
        if (!boxesMeet(shape.bounds(record, scene), visible)) continue;
        shape.draw(painter, record, { scene, theme, scale, hideText: id === editing });
      }
    },
    settle() {
      lingering = new Set();
    },
  };
}
