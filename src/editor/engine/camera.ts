import type { Box } from "#editor/math/box";
import { boxCentre } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import { createSignal, type ReadSignal } from "./signal";

/** `x`, `y`: the world point at the screen's top left corner. `zoom`: CSS pixels per world unit. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The size of the board's part of the screen, in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

const MIN_ZOOM = 0.02;
const MAX_ZOOM = 8;

const clampZoom = (zoom: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));

export const worldToScreen = (camera: Camera, p: Vec): Vec => [
  (p[0] - camera.x) * camera.zoom,
  (p[1] - camera.y) * camera.zoom,
];
export const screenToWorld = (camera: Camera, p: Vec): Vec => [
  p[0] / camera.zoom + camera.x,
  p[1] / camera.zoom + camera.y,
];

/** A world box on the screen. */
export const boxToScreen = (camera: Camera, b: Box): Box => [
  ...(worldToScreen(camera, [b[0], b[1]]) as [number, number]),
  b[2] * camera.zoom,
  b[3] * camera.zoom,
];

/** The part of the world that a viewport shows. */
export const visibleBox = (camera: Camera, viewport: Viewport): Box => [
  camera.x,
  camera.y,
  viewport.width / camera.zoom,
  viewport.height / camera.zoom,
];

/** The camera after zooming to `zoom` (clamped) with the world point under `screen` held in place. */
export function zoomedAt(camera: Camera, screen: Vec, zoom: number): Camera {
  const next = clampZoom(zoom);
  const [x, y] = screenToWorld(camera, screen);
  return { x: x - screen[0] / next, y: y - screen[1] / next, zoom: next };
}

/** The camera that shows the whole box in the middle, `padding` CSS pixels from the edges, no nearer than `maxZoom`. */
export function fittedTo(box: Box, viewport: Viewport, padding = 48, maxZoom = 1): Camera {
  const room = {
    width: Math.max(1, viewport.width - 2 * padding),
    height: Math.max(1, viewport.height - 2 * padding),
  };
  const zoom = clampZoom(
    Math.min(maxZoom, room.width / Math.max(1e-6, box[2]), room.height / Math.max(1e-6, box[3])),
  );
  const [cx, cy] = boxCentre(box);
  return { x: cx - viewport.width / 2 / zoom, y: cy - viewport.height / 2 / zoom, zoom };
}

/** A camera on the way between two: zoom grows evenly to the eye (in powers), the middle of the screen moves with it. */
export function cameraBetween(a: Camera, b: Camera, viewport: Viewport, t: number): Camera {
  if (t >= 1) return b;
  const zoom = a.zoom * (b.zoom / a.zoom) ** t;
  const middle = (c: Camera): Vec => [c.x + viewport.width / 2 / c.zoom, c.y + viewport.height / 2 / c.zoom];
  // With changing zoom a straight run of the middle would swing; weight it by what the eye sees.
  const share = Math.abs(b.zoom - a.zoom) < 1e-9 ? t : (1 / zoom - 1 / a.zoom) / (1 / b.zoom - 1 / a.zoom);
  const [from, to] = [middle(a), middle(b)];
  const [cx, cy] = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  return { x: cx - viewport.width / 2 / zoom, y: cy - viewport.height / 2 / zoom, zoom };
}

export interface CameraControl {
  readonly state: ReadSignal<Camera>;
  readonly viewport: ReadSignal<Viewport>;
  set(camera: Camera): void;
  resize(viewport: Viewport): void;
  /** Moves the view by CSS pixels: positive values look further to the right and down. */
  pan(dx: number, dy: number): void;
  /** Multiplies the zoom, the point under `screen` stays. */
  zoomAt(screen: Vec, factor: number): void;
  /** Sets the zoom, by default around the middle of the screen. */
  zoomTo(zoom: number, screen?: Vec): void;
  fit(box: Box, padding?: number, maxZoom?: number): void;
  toWorld(screen: Vec): Vec;
  toScreen(world: Vec): Vec;
  visible(): Box;
}

const sameCamera = (a: Camera, b: Camera): boolean => a.x === b.x && a.y === b.y && a.zoom === b.zoom;

/** Where this screen looks. */
export function createCamera(initial: Camera = { x: 0, y: 0, zoom: 1 }): CameraControl {
  const state = createSignal(initial, sameCamera);
  const viewport = createSignal<Viewport>(
    { width: 1, height: 1 },
    (a, b) => a.width === b.width && a.height === b.height,
  );
  const set = (camera: Camera) => state.set({ ...camera, zoom: clampZoom(camera.zoom) });
  const middle = (): Vec => [viewport.get().width / 2, viewport.get().height / 2];
  return {
    state,
    viewport,
    set,
    resize: viewport.set,
    pan(dx, dy) {
      const { x, y, zoom } = state.get();
      state.set({ x: x + dx / zoom, y: y + dy / zoom, zoom });
    },
    zoomAt: (screen, factor) => state.set(zoomedAt(state.get(), screen, state.get().zoom * factor)),
    zoomTo: (zoom, screen = middle()) => state.set(zoomedAt(state.get(), screen, zoom)),
    fit: (box, padding, maxZoom) => state.set(fittedTo(box, viewport.get(), padding, maxZoom)),
    toWorld: (screen) => screenToWorld(state.get(), screen),
    toScreen: (world) => worldToScreen(state.get(), world),
    visible: () => visibleBox(state.get(), viewport.get()),
  };
}
