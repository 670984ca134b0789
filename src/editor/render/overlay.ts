import type { Box } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import { tracePath } from "#editor/geometry/path";
import { sidePoint } from "#editor/geometry/sides";
import { isBoxRecord, type Side } from "#editor/model/record";
import { shapeOf } from "#editor/shapes/registry";
import type { Painter2D } from "#editor/shapes/painter";
import type { Scene } from "#editor/shapes/scene";
import type { Theme } from "#editor/shapes/theme";

/** The frame around the selection. All places are CSS pixels of the canvas. */
export interface OverlayFrame {
  readonly box: Box;
  readonly handles: boolean;
  /** The quick-add buttons. */
  readonly plus: readonly { readonly side: Side; readonly at: Vec }[];
  /** The two ends of the one selected connector. */
  readonly ends: { readonly from: Vec; readonly to: Vec } | null;
}

/** What lies over the shapes. Boxes and points are world units, save for the frame. */
export interface OverlayState {
  readonly selected: readonly string[];
  readonly frame: OverlayFrame | null;
  readonly hover: string | null;
  /** The quick-add button under the pointer. */
  readonly hotPlus: Side | null;
  readonly brush: Box | null;
  /** The shape that a connector's end would be tied to, and at which side. */
  readonly target: { readonly id: string; readonly side: Side | null } | null;
  readonly guides: readonly (readonly [Vec, Vec])[];
  /** What others have selected, each in their colour. */
  readonly remote: readonly { readonly colour: string; readonly ids: readonly string[] }[];
}

export const EMPTY_OVERLAY: OverlayState = {
  selected: [],
  frame: null,
  hover: null,
  hotPlus: null,
  brush: null,
  target: null,
  guides: [],
  remote: [],
};

/** More outlines than this say nothing that the frame does not say. */
const MAX_OUTLINES = 300;
const handleSize = 8;
const plusRadius = 9;

export interface OverlayView {
  readonly scene: Scene;
  readonly theme: Theme;
  /** CSS pixels per world unit. */
  readonly zoom: number;
  /** Sets the transform to world units, or to CSS pixels. */
  readonly toWorld: () => void;
  readonly toScreen: () => void;
}

function outline(painter: Painter2D, id: string, colour: string, width: number, view: OverlayView): void {
  const record = view.scene.find(id);
  if (!record) return;
  painter.beginPath();
  if (record.kind === "draw") painter.rect(...record.g);
  else tracePath(painter, shapeOf(record).path(record, view.scene));
  painter.strokeStyle = colour;
  painter.lineWidth = width / view.zoom;
  painter.setLineDash([]);
  painter.stroke();
}

function drawOutlines(painter: Painter2D, state: OverlayState, view: OverlayView): void {
  view.toWorld();
  painter.lineJoin = "round";
  painter.lineCap = "butt";
  for (const { colour, ids } of state.remote) {
    for (const id of ids.slice(0, MAX_OUTLINES)) outline(painter, id, colour, 2, view);
  }
  const { accent } = view.theme;
  if (state.hover !== null && !state.selected.includes(state.hover))
    outline(painter, state.hover, accent, 1.5, view);
  if (state.selected.length <= MAX_OUTLINES) {
    for (const id of state.selected) outline(painter, id, accent, 1.5, view);
  }
  if (state.target) drawTarget(painter, state.target, view);
}

function drawTarget(
  painter: Painter2D,
  target: NonNullable<OverlayState["target"]>,
  view: OverlayView,
): void {
  outline(painter, target.id, view.theme.accent, 2.5, view);
  const record = view.scene.find(target.id);
  if (!record) return;
  for (const { side, point } of shapeOf(record).ports(record)) {
    painter.beginPath();
    painter.arc(point[0], point[1], (side === target.side ? 6 : 3.5) / view.zoom, 0, Math.PI * 2);
    painter.fillStyle = side === target.side ? view.theme.accent : view.theme.surface;
    painter.fill();
    painter.stroke();
  }
  if (target.side && isBoxRecord(record)) {
    const [x, y] = sidePoint(record.g, target.side);
    painter.beginPath();
    painter.arc(x, y, 6 / view.zoom, 0, Math.PI * 2);
    painter.fill();
  }
}

/** Corners always; the middles of the sides only where there is room between them. */
function handlePlaces([x, y, w, h]: Box): Vec[] {
  const places: Vec[] = [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ];
  if (w > 5 * handleSize) places.push([x + w / 2, y], [x + w / 2, y + h]);
  if (h > 5 * handleSize) places.push([x, y + h / 2], [x + w, y + h / 2]);
  return places;
}

function drawFrame(painter: Painter2D, frame: OverlayFrame, state: OverlayState, theme: Theme): void {
  painter.setLineDash([]);
  painter.strokeStyle = theme.accent;
  painter.lineWidth = 1;
  if (!frame.ends) painter.strokeRect(...frame.box);
  painter.lineWidth = 1.5;
  painter.fillStyle = theme.surface;
  if (frame.handles) {
    for (const [x, y] of handlePlaces(frame.box)) {
      painter.fillRect(x - handleSize / 2, y - handleSize / 2, handleSize, handleSize);
      painter.strokeRect(x - handleSize / 2, y - handleSize / 2, handleSize, handleSize);
    }
  }
  for (const at of frame.ends ? [frame.ends.from, frame.ends.to] : []) {
    painter.beginPath();
    painter.arc(at[0], at[1], handleSize / 2 + 1, 0, Math.PI * 2);
    painter.fill();
    painter.stroke();
  }
  for (const plus of frame.plus) drawPlus(painter, plus.at, plus.side === state.hotPlus, theme);
}

function drawPlus(painter: Painter2D, [x, y]: Vec, isHot: boolean, theme: Theme): void {
  painter.beginPath();
  painter.arc(x, y, isHot ? plusRadius + 2 : plusRadius, 0, Math.PI * 2);
  painter.fillStyle = isHot ? theme.accent : theme.surface;
  painter.fill();
  painter.strokeStyle = theme.accent;
  painter.lineWidth = 1;
  painter.stroke();
  painter.beginPath();
  painter.moveTo(x - 4, y);
  painter.lineTo(x + 4, y);
  painter.moveTo(x, y - 4);
  painter.lineTo(x, y + 4);
  painter.strokeStyle = isHot ? theme.onAccent : theme.accent;
  painter.lineWidth = 1.5;
  painter.stroke();
}

function drawBrush(painter: Painter2D, brush: Box, view: OverlayView): void {
  painter.globalAlpha = 0.12;
  painter.fillStyle = view.theme.accent;
  painter.fillRect(...brush);
  painter.globalAlpha = 1;
  painter.strokeStyle = view.theme.accent;
  painter.lineWidth = 1 / view.zoom;
  painter.setLineDash([]);
  painter.strokeRect(...brush);
}

/** Draws selection, handles, hover, targets, guides, brush and what others have selected. */
export function drawOverlay(painter: Painter2D, state: OverlayState, view: OverlayView): void {
  drawOutlines(painter, state, view);
  for (const [from, to] of state.guides) {
    painter.beginPath();
    painter.moveTo(from[0], from[1]);
    painter.lineTo(to[0], to[1]);
    painter.strokeStyle = view.theme.accent;
    painter.lineWidth = 1 / view.zoom;
    painter.stroke();
  }
  if (state.brush) drawBrush(painter, state.brush, view);
  view.toScreen();
  if (state.frame) drawFrame(painter, state.frame, state, view.theme);
}
