import { boxCentre } from "#editor/math/box";
import { polygonExit } from "#editor/math/segment";
import type { Vec } from "#editor/math/vec";
import type { RouteEnd } from "./route-elbow";
import { sidePoint } from "./sides";

const aim = (end: RouteEnd): Vec => {
  if (!("box" in end)) return end.point;
  return end.side ? sidePoint(end.box, end.side) : boxCentre(end.box);
};

/** One straight line. Ends on a shape without a chosen side point at its centre and stop at its true outline. */
export function routeStraight(a: RouteEnd, b: RouteEnd): Vec[] {
  const [from, to] = [aim(a), aim(b)];
  const start = "box" in a && !a.side ? (polygonExit(a.outline, from, to) ?? from) : from;
  const end = "box" in b && !b.side ? (polygonExit(b.outline, to, from) ?? to) : to;
  return [start, end];
}
