import type { MeasureText } from "#editor/geometry/text-layout";
import type { CreateLayer, Layer } from "#editor/render/painter";
import { cssFont } from "#editor/shapes/look";

/** A canvas element as the renderer wants it. @throws Error when the browser gives no 2D context */
export function layerOf(canvas: HTMLCanvasElement): Layer {
  const painter = canvas.getContext("2d");
  if (!painter) throw new Error("This browser gives no canvas to draw on.");
  return { surface: canvas, painter };
}

/** Makes surfaces beside the screen for the renderer's cached picture. */
export const createCanvasLayer: CreateLayer = (width, height) => {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return layerOf(canvas);
};

/** Measures text with the browser's own shaping, in the family that the board draws with. */
export function createMeasure(family: string): MeasureText {
  const painter = document.createElement("canvas").getContext("2d");
  if (!painter) throw new Error("This browser gives no canvas to draw on.");
  let last = "";
  return (text, font) => {
    const css = cssFont(font, family);
    if (css !== last) painter.font = css;
    last = css;
    return painter.measureText(text).width;
  };
}
