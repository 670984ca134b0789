import type { Camera, Viewport } from "#editor/engine/camera";
import type { Box } from "#editor/math/box";

/**
 * What a surface shows, in device pixels. The origin is whole, so that two pictures of the same scale can be laid
 * over each other without a seam or a blur.
 */
export interface PixelView {
  /** The device pixel, counted from the world's origin, at the surface's top left. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Device pixels per world unit. */
  readonly scale: number;
}

/** What the screen shows. @param pixelRatio device pixels per CSS pixel */
export function screenView(camera: Camera, viewport: Viewport, pixelRatio: number): PixelView {
  const scale = camera.zoom * pixelRatio;
  return {
    x: Math.round(camera.x * scale),
    y: Math.round(camera.y * scale),
    width: Math.max(1, Math.round(viewport.width * pixelRatio)),
    height: Math.max(1, Math.round(viewport.height * pixelRatio)),
    scale,
  };
}

/** The view with a margin around it, in device pixels. */
export const withMargin = (view: PixelView, marginX: number, marginY: number): PixelView => ({
  ...view,
  x: view.x - marginX,
  y: view.y - marginY,
  width: view.width + 2 * marginX,
  height: view.height + 2 * marginY,
});

/** The part of the world a view shows. */
export const worldOf = (view: PixelView): Box => [
  view.x / view.scale,
  view.y / view.scale,
  view.width / view.scale,
  view.height / view.scale,
];

/** True when `outer` shows everything that `inner` shows, whatever their scales. */
export function viewCovers(outer: PixelView, inner: PixelView): boolean {
  const [a, b] = [worldOf(outer), worldOf(inner)];
  // A hair of slack: at unequal scales the same edge is computed with different rounding.
  const slack = 1 / outer.scale;
  return (
    a[0] <= b[0] + slack &&
    a[1] <= b[1] + slack &&
    a[0] + a[2] >= b[0] + b[2] - slack &&
    a[1] + a[3] >= b[1] + b[3] - slack
  );
}
