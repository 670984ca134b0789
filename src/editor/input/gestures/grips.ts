import { boxUnion } from "#editor/math/box";
import type { Box } from "#editor/math/box";
import { distance } from "#editor/math/vec";
import type { Vec } from "#editor/math/vec";
import { isBoxRecord, isConnector, SIDES } from "#editor/model/record";
import type { ConnectorRecord, Side } from "#editor/model/record";
import type { Scene } from "#editor/shapes/scene";
import { connectorShape } from "#editor/shapes/registry";
import type { Grip } from "../tool-state";
import type { Workbench } from "../workbench";
import { HANDLES, handlePlace } from "./resize";

/** How near a pointer must come, in CSS pixels; fingers get more. */
const REACH = { mouse: 8, pen: 10, touch: 18 } as const;
/** The quick-add buttons stand this far outside the shape, in CSS pixels. */
const PLUS_DISTANCE = 26;
/** Around smaller shapes, in CSS pixels, the buttons would hide more than they offer. */
const PLUS_LEAST = 56;

/** What the selection's frame offers to the hand. Positions are CSS pixels of the canvas. */
export interface Frame {
  readonly box: Box;
  readonly handles: boolean;
  readonly plus: readonly { readonly side: Side; readonly at: Vec }[];
  /** The two ends of the one selected connector. */
  readonly ends: { readonly from: Vec; readonly to: Vec } | null;
}

/** The two ends of a connector as drawn, world units. */
export function connectorEnds(record: ConnectorRecord, scene: Scene): { from: Vec; to: Vec } | null {
  const points = connectorShape.points(record, scene);
  const from = points[0];
  const to = points.at(-1);
  return from && to ? { from, to } : null;
}

/** The frame of the present selection, null without one. Viewers get a frame without grips. */
export function selectionFrame(bench: Workbench): Frame | null {
  const boxes: Box[] = [];
  for (const id of bench.selection) {
    const box = bench.frameBox(id);
    if (box) boxes.push(box);
  }
  const union = boxUnion(boxes);
  if (!union) return null;
  const [left, top] = bench.toScreen([union[0], union[1]]);
  const box: Box = [left, top, union[2] * bench.zoom, union[3] * bench.zoom];
  const only = bench.selection.length === 1 ? bench.scene.find(bench.selection[0] ?? "") : undefined;
  const plain: Frame = { box, handles: false, plus: [], ends: null };
  if (bench.readOnly) return plain;
  if (only && isConnector(only)) {
    const ends = connectorEnds(only, bench.scene);
    return { ...plain, ends: ends && { from: bench.toScreen(ends.from), to: bench.toScreen(ends.to) } };
  }
  const roomy = Math.min(box[2], box[3]) >= PLUS_LEAST;
  const canPlus = roomy && only !== undefined && isBoxRecord(only) && only.kind !== "text";
  return { ...plain, handles: true, plus: canPlus ? plusPlaces(box) : [] };
}

function plusPlaces([x, y, w, h]: Box): Frame["plus"] {
  const at: Readonly<Record<Side, Vec>> = {
    top: [x + w / 2, y - PLUS_DISTANCE],
    right: [x + w + PLUS_DISTANCE, y + h / 2],
    bottom: [x + w / 2, y + h + PLUS_DISTANCE],
    left: [x - PLUS_DISTANCE, y + h / 2],
  };
  return SIDES.map((side) => ({ side, at: at[side] }));
}

/** What of the selection's frame lies under the pointer. */
export function gripAt(bench: Workbench, x: number, y: number, kind: keyof typeof REACH): Grip | null {
  const frame = selectionFrame(bench);
  const id = bench.selection[0];
  if (!frame || id === undefined) return null;
  const reach = REACH[kind];
  const near = (at: Vec, within: number = reach) => distance(at, [x, y]) <= within;
  if (frame.ends && near(frame.ends.from)) return { type: "end", id, end: "from" };
  if (frame.ends && near(frame.ends.to)) return { type: "end", id, end: "to" };
  for (const { side, at } of frame.plus) if (near(at, Math.max(reach, 11))) return { type: "plus", id, side };
  return frame.handles ? handleAt(frame.box, x, y, reach) : null;
}

function handleAt([left, top, w, h]: Box, x: number, y: number, reach: number): Grip | null {
  // On a small shape the handles would cover it whole: what lies inside belongs to moving then.
  const inner = Math.min(reach, w / 4, h / 4);
  const px = x < left + inner ? 0 : x > left + w - inner ? 1 : 0.5;
  const py = y < top + inner ? 0 : y > top + h - inner ? 1 : 0.5;
  const outside = x < left - reach || x > left + w + reach || y < top - reach || y > top + h + reach;
  if (outside || (px === 0.5 && py === 0.5)) return null;
  const handle = HANDLES.find((name) => handlePlace(name)[0] === px && handlePlace(name)[1] === py);
  return handle ? { type: "handle", handle } : null;
}

/** The CSS cursor that tells what a grip does. */
export function gripCursor(grip: Grip): string {
  if (grip.type === "plus") return "pointer";
  if (grip.type === "end") return "crosshair";
  const cursors = {
    nw: "nwse",
    se: "nwse",
    ne: "nesw",
    sw: "nesw",
    n: "ns",
    s: "ns",
    e: "ew",
    w: "ew",
  } as const;
  return `${cursors[grip.handle]}-resize`;
}
