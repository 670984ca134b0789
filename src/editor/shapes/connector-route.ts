import { boxAround } from "#editor/math/box";
import type { Vec } from "#editor/math/vec";
import { flattenPath, polylinePath, roundedPolylinePath, type Path } from "#editor/geometry/path";
import { routeElbow, type RouteEnd } from "#editor/geometry/route-elbow";
import { routeStraight } from "#editor/geometry/route-straight";
import { isBoundEnd, type ConnectorEnd, type ConnectorRecord, type ShapeRecord } from "#editor/model/record";
import type { Scene } from "./scene";

const cornerRadius = 8;

/** Gives the outline of a shape a connector is tied to. Passed in by the registry's owner, as kinds do not know each other. */
export type OutlineOf = (record: ShapeRecord, scene: Scene) => Path;

const boundRecord = (end: ConnectorEnd, scene: Scene): ShapeRecord | undefined =>
  isBoundEnd(end) ? scene.find(end.id) : undefined;

function routeEnd(
  end: ConnectorEnd,
  record: ShapeRecord | undefined,
  scene: Scene,
  outlineOf: OutlineOf,
): RouteEnd | null {
  if (!isBoundEnd(end)) return { point: end };
  if (!record || record.kind === "connector") return end.at ? { point: end.at } : null;
  return {
    box: record.g,
    side: end.side ?? null,
    outline: flattenPath(outlineOf(record, scene))[0] ?? [],
  };
}

/**
 * The points of the way a connector takes, in world units, at least two of them. An end whose shape is gone stays
 * where it was last seen; when that is not known either, the connector shrinks to its other end.
 */
export function connectorPoints(record: ConnectorRecord, scene: Scene, outlineOf: OutlineOf): readonly Vec[] {
  const from = boundRecord(record.from, scene);
  const to = boundRecord(record.to, scene);
  const known = scene.routes.get(record);
  if (known && known.from === from && known.to === to) return known.points;
  const start = routeEnd(record.from, from, scene, outlineOf);
  const end = routeEnd(record.to, to, scene, outlineOf);
  const lost: RouteEnd = { point: [0, 0] };
  const points = routeBetween(record, start ?? shrunk(end) ?? lost, end ?? shrunk(start) ?? lost);
  scene.routes.set(record, { from, to, points });
  return points;
}

function shrunk(end: RouteEnd | null): RouteEnd | null {
  if (!end) return null;
  return "point" in end ? end : { point: [end.box[0] + end.box[2] / 2, end.box[1] + end.box[3] / 2] };
}

const routeBetween = (record: ConnectorRecord, a: RouteEnd, b: RouteEnd): Vec[] =>
  record.route === "straight" ? routeStraight(a, b) : routeElbow(a, b);

/** The line as it is drawn: elbows have round corners. */
export const connectorPath = (record: ConnectorRecord, points: readonly Vec[]): Path =>
  record.route === "straight" ? polylinePath(points) : roundedPolylinePath(points, cornerRadius);

/** The point halfway along the way, where the label stands. */
export function halfway(points: readonly Vec[]): Vec {
  const lengths = points
    .slice(1)
    .map((p, i) => Math.hypot(p[0] - (points[i] as Vec)[0], p[1] - (points[i] as Vec)[1]));
  let rest = lengths.reduce((sum, size) => sum + size, 0) / 2;
  for (let i = 0; i < lengths.length; i++) {
    const size = lengths[i] as number;
    if (rest <= size && size > 0) {
      const [a, b] = [points[i] as Vec, points[i + 1] as Vec];
      return [a[0] + ((b[0] - a[0]) * rest) / size, a[1] + ((b[1] - a[1]) * rest) / size];
    }
    rest -= size;
  }
  return points[0] ?? [0, 0];
}

export const pointsBounds = (points: readonly Vec[]) => boxAround(points) ?? ([0, 0, 0, 0] as const);
