import type { BoardIndex } from "#editor/engine/board-index";
import type { CameraControl } from "#editor/engine/camera";
import type { Preview } from "#editor/engine/preview";
import type { Scene } from "#editor/shapes/scene";
import type { Theme } from "#editor/shapes/theme";
import { createLiveLayer } from "./live-layer";
import { drawOverlay, EMPTY_OVERLAY, type OverlayState } from "./overlay";
import type { CreateLayer, Layer } from "./painter";
import { createRestingBitmap } from "./resting-bitmap";
import { drawResting } from "./draw-resting";
import { screenView, worldOf } from "./view";

export interface RendererOptions {
  /** Shows the stored records. */
  readonly scene: Scene;
  readonly index: BoardIndex;
  readonly camera: CameraControl;
  readonly theme: Theme;
  /** Makes the surfaces of the cached picture. */
  readonly createLayer: CreateLayer;
  /** Calls back once before the next repaint of the screen; returns the way to call it off. */
  readonly requestFrame: (callback: () => void) => () => void;
  /** Milliseconds of any clock that only moves forwards. */
  readonly now: () => number;
}

export interface Renderer {
  /** The scene with the running gesture's preview on top: what is seen. */
  readonly scene: Scene;
  /** Gives the screen's surface. Returns the way to take it back. */
  attach(layer: Layer): () => void;
  /** Sets the surface to the camera's viewport. @param pixelRatio device pixels per CSS pixel */
  resize(pixelRatio: number): void;
  setTheme(theme: Theme): void;
  /** Shows these records instead of the stored ones until the next call; an empty map ends it. */
  setPreview(preview: Preview): void;
  /** Leaves out the words of the shape that a text field lies over. */
  setEditing(id: string | null): void;
  setOverlay(state: OverlayState): void;
  /** Asks for a frame. Store, camera and the setters do so by themselves. */
  invalidate(): void;
  /** Draws all anew, for when fonts have arrived. The index has to be rebuilt before. */
  redrawAll(): void;
  /** Resolves once a frame has shown everything complete and sharp. */
  whenSettled(): Promise<void>;
  dispose(): void;
}

/** Time in each frame for drawing the resting picture; the rest of 16 ms is left to the browser and the gesture. */
const sliceBudget = 6;

/** Draws the board: resting picture, what moves, overlay. It knows no DOM: surfaces, frames and clock are given to it. */
export function createRenderer(options: RendererOptions): Renderer {
  const { index, camera } = options;
  let { theme } = options;
  let screen: Layer | null = null;
  let pixelRatio = 1;
  let overlay: OverlayState = EMPTY_OVERLAY;
  let cancelFrame: (() => void) | null = null;
  let waiting: (() => void)[] = [];

  const live = createLiveLayer(options.scene, index);
  const resting = createRestingBitmap({
    createLayer: options.createLayer,
    now: options.now,
    paper: () => theme.paper,
    query: index.query,
    draw(painter, id, scale) {
      if (!live.has(id)) drawResting(painter, id, { scene: options.scene, theme, scale }, index);
    },
  });

  function invalidate(): void {
    if (cancelFrame || !screen) return;
    cancelFrame = options.requestFrame(() => {
      cancelFrame = null;
      frame();
    });
  }

  function frame(): void {
    if (!screen) return;
    const { painter } = screen;
    const view = screenView(camera.state.get(), camera.viewport.get(), pixelRatio);
    const isSettled = resting.prepare(view, sliceBudget);
    painter.setTransform(1, 0, 0, 1, 0, 0);
    painter.fillStyle = theme.paper;
    painter.fillRect(0, 0, view.width, view.height);
    resting.blit(painter, view);
    if (isSettled) live.settle();
    const toWorld = () => painter.setTransform(view.scale, 0, 0, view.scale, -view.x, -view.y);
    const toScreen = () => painter.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    toWorld();
    live.draw(painter, worldOf(view), theme, view.scale);
    drawOverlay(painter, overlay, {
      scene: live.scene,
      theme,
      zoom: camera.state.get().zoom,
      toWorld,
      toScreen,
    });
    if (!isSettled) invalidate();
    // Until the page has told the real size, a complete picture of one pixel is no first paint.
    else if (view.width * view.height > 1) for (const resolve of waiting.splice(0)) resolve();
  }

  function touch(boxes: Parameters<typeof resting.markDirty>[0]): void {
    resting.markDirty(boxes);
    invalidate();
  }

  function fitSurface(): void {
    if (!screen) return;
    const { width, height } = screenView(camera.state.get(), camera.viewport.get(), pixelRatio);
    if (screen.surface.width !== width) screen.surface.width = width;
    if (screen.surface.height !== height) screen.surface.height = height;
    // Setting a size empties the surface; without a frame at once it would flash.
    cancelFrame?.();
    cancelFrame = null;
    frame();
  }

  const stops = [
    index.onChange(({ dirty }) => touch(dirty)),
    camera.state.subscribe(invalidate),
    camera.viewport.subscribe(fitSurface),
  ];

  return {
    scene: live.scene,
    attach(layer) {
      screen = layer;
      fitSurface();
      return () => {
        if (screen !== layer) return;
        screen = null;
        cancelFrame?.();
        cancelFrame = null;
      };
    },
    resize(ratio) {
      if (ratio === pixelRatio) return;
      pixelRatio = ratio;
      fitSurface();
    },
    setTheme(next) {
      theme = next;
      resting.markAllDirty();
      invalidate();
    },
    setPreview(preview) {
      touch(live.setPreview(preview));
    },
    setEditing(id) {
      touch(live.setEditing(id));
    },
    setOverlay(state) {
      overlay = state;
      invalidate();
    },
    invalidate,
    redrawAll() {
      resting.markAllDirty();
      invalidate();
    },
    whenSettled() {
      return new Promise((resolve) => {
        waiting.push(resolve);
        invalidate();
      });
    },
    dispose() {
      for (const stop of stops) stop();
      cancelFrame?.();
      screen = null;
      waiting = [];
    },
  };
}
