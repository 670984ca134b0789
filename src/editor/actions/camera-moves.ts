import { cameraBetween, fittedTo } from "#editor/engine/camera";
import type { Camera, CameraControl } from "#editor/engine/camera";
import type { Box } from "#editor/math/box";
import { boxContains, boxCentre } from "#editor/math/box";

/** Milliseconds that a flight takes; long enough to follow with the eye, short enough not to wait for. */
const FLIGHT_MS = 240;
/** CSS pixels left free around what is shown: the bars at the edges need them. Less where there is little room. */
const PADDING = 72;
const PADDING_SHARE = 0.16;
const MAX_FIT_ZOOM = 1;

export interface CameraMoves {
  /** Scales around the middle of the view. */
  zoomBy(factor: number): void;
  /** Shows a whole box. */
  show(box: Box, options?: { readonly atOnce?: boolean }): void;
  zoomTo(zoom: number, options?: { readonly atOnce?: boolean }): void;
  /** Brings a box into view, when it is not, without changing the scale. */
  reveal(box: Box): void;
  /** Ends a flight where it is: the hand has the camera again. */
  stop(): void;
}

/** Moves of the camera that are not the hand's own: they fly, and any touch of the hand ends them. */
export function createCameraMoves(parts: {
  readonly camera: CameraControl;
  readonly now: () => number;
  readonly requestFrame: (callback: () => void) => () => void;
  /** True when the person wants no motion. */
  readonly still: () => boolean;
}): CameraMoves {
  const { camera } = parts;
  let callOff: (() => void) | null = null;

  function stop(): void {
    callOff?.();
    callOff = null;
  }

  function fly(target: Camera, atOnce = false): void {
    stop();
    if (atOnce || parts.still()) return camera.set(target);
    const from = camera.state.get();
    const start = parts.now();
    const step = () => {
      const share = Math.min(1, (parts.now() - start) / FLIGHT_MS);
      const eased = 1 - (1 - share) ** 3;
      camera.set(cameraBetween(from, target, camera.viewport.get(), eased));
      callOff = share < 1 ? parts.requestFrame(step) : null;
    };
    callOff = parts.requestFrame(step);
  }

  function zoomed(zoom: number): Camera {
    const { width, height } = camera.viewport.get();
    const [cx, cy] = boxCentre(camera.visible());
    return { x: cx - width / 2 / zoom, y: cy - height / 2 / zoom, zoom };
  }

  return {
    stop,
    zoomBy(factor) {
      stop();
      camera.zoomTo(camera.state.get().zoom * factor);
    },
    zoomTo: (zoom, options) => fly(zoomed(zoom), options?.atOnce),
    show(box, options) {
      const viewport = camera.viewport.get();
      const padding = Math.min(PADDING, viewport.width * PADDING_SHARE);
      fly(fittedTo(box, viewport, padding, MAX_FIT_ZOOM), options?.atOnce);
    },
    reveal(box) {
      if (boxContains(camera.visible(), box)) return;
      const { zoom } = camera.state.get();
      const { width, height } = camera.viewport.get();
      const [cx, cy] = boxCentre(box);
      fly({ x: cx - width / 2 / zoom, y: cy - height / 2 / zoom, zoom });
    },
  };
}
