import type { Painter2D } from "#editor/shapes/painter";

export type { Painter2D };

/** A surface to draw on: a canvas element or an OffscreenCanvas, in device pixels. */
export interface PaintSurface {
  width: number;
  height: number;
}

/** A painter that can also copy another surface. */
export interface BlitPainter extends Painter2D {
  drawImage(source: unknown, x: number, y: number, w: number, h: number): void;
  imageSmoothingEnabled: boolean;
}

/** What the renderer is given by its host: a surface with its painter. */
export interface Layer {
  readonly surface: PaintSurface;
  readonly painter: BlitPainter;
}
export type CreateLayer = (width: number, height: number) => Layer;
