import type { Box } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import type { Side } from "#editor/model/record";

const outward: Readonly<Record<Side, Vec>> = { top: [0, -1], right: [1, 0], bottom: [0, 1], left: [-1, 0] };
const opposites: Readonly<Record<Side, Side>> = {
  top: "bottom",
  right: "left",
  bottom: "top",
  left: "right",
};

/** The direction in which a connector leaves a side. */
export const sideDirection = (side: Side): Vec => outward[side];
export const oppositeSide = (side: Side): Side => opposites[side];

/** The middle of a box's side, where connectors attach. */
export function sidePoint(box: Box, side: Side): Vec {
  const [dx, dy] = outward[side];
  return [box[0] + (box[2] * (1 + dx)) / 2, box[1] + (box[3] * (1 + dy)) / 2];
}
