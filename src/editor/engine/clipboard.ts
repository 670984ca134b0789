import { boxCentre, boxUnion, type Box } from "#editor/math/box";
import { sub, type Vec } from "#editor/math/vec";
import {
  isBoundEnd,
  type BoardRecords,
  type BoundEnd,
  type ConnectorEnd,
  type ConnectorRecord,
  type ShapeRecord,
} from "#editor/model/record";
import { ModelError } from "#editor/model/errors";
import { recordToPatch, type ShapeOp } from "#editor/model/ops";
import { parseRecords, serializeRecords } from "#editor/model/snapshot";
import { compareZ } from "#editor/model/z-order";
import { connectorShape, shapeOf } from "#editor/shapes/registry";
import { sceneWith, type Scene } from "#editor/shapes/scene";

/** Told apart from any other JSON on the system's clipboard by this. */
const mark = "chalkroom/shapes";

/**
 * Shapes as text for the system's clipboard. Ends of connectors whose shape is not among the copied ones become
 * free ends where they are seen.
 */
export function copyShapes(ids: Iterable<string>, scene: Scene): string {
  const chosen = new Set(ids);
  const records: BoardRecords = new Map();
  for (const id of chosen) {
    const record = scene.find(id);
    if (record) records.set(id, record.kind === "connector" ? freeOutside(record, chosen, scene) : record);
  }
  return JSON.stringify({ type: mark, board: serializeRecords(records) });
}

function freeOutside(record: ConnectorRecord, inside: ReadonlySet<string>, scene: Scene): ConnectorRecord {
  const points = connectorShape.points(record, scene);
  const keep = (end: ConnectorEnd, seen: Vec | undefined): ConnectorEnd =>
    isBoundEnd(end) && !inside.has(end.id) ? (seen ?? [0, 0]) : end;
  return { ...record, from: keep(record.from, points[0]), to: keep(record.to, points.at(-1)) };
}

export interface PasteOptions {
  readonly newId: () => string;
  /** Where the middle of the pasted shapes goes, in world units. */
  readonly at: Vec;
  /** Makes keys in front of everything on the board, back to front. */
  readonly keysOnTop: (count: number) => readonly string[];
  readonly scene: Scene;
}

/**
 * The operations that paste what `copyShapes` wrote: new ids, connectors tied within the set as before, the order
 * kept. Null when the text is something else. Anything may stand on a clipboard, so it is checked like any input.
 */
export function pasteShapes(text: string, options: PasteOptions): { ops: ShapeOp[]; ids: string[] } | null {
  const records = readClipboard(text);
  if (!records || records.size === 0) return null;
  const by = sub(options.at, boxCentre(boundsOfAll(records, options.scene)));
  const ids = new Map([...records.keys()].map((id) => [id, options.newId()]));
  const ordered = [...records].map(([id, record]) => ({ id, record, z: record.z })).sort(compareZ);
  const zs = options.keysOnTop(ordered.length);
  const ops = ordered.map(({ id, record }, position): ShapeOp => {
    const moved = { ...record, ...shapeOf(record).move(record, by) } as ShapeRecord;
    const own = moved.kind === "connector" ? retie(moved, ids) : moved;
    return [ids.get(id) ?? id, { ...recordToPatch(own), z: zs[position] ?? record.z }];
  });
  return { ops, ids: ops.map(([id]) => id) };
}

function readClipboard(text: string): BoardRecords | null {
  try {
    const body = JSON.parse(text) as { type?: unknown; board?: unknown } | null;
    if (body?.type !== mark || typeof body.board !== "string") return null;
    return parseRecords(body.board);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ModelError) return null;
    throw error;
  }
}

/** The bounds of records that are not on the board: they find each other, not the board's shapes. */
function boundsOfAll(records: BoardRecords, scene: Scene): Box {
  const own = sceneWith(scene, (id) => records.get(id));
  return boxUnion([...records.values()].map((record) => shapeOf(record).bounds(record, own))) ?? [0, 0, 0, 0];
}

function retie(record: ConnectorRecord, ids: ReadonlyMap<string, string>): ConnectorRecord {
  const tie = (end: ConnectorEnd): ConnectorEnd => {
    if (!isBoundEnd(end)) return end;
    const id = ids.get(end.id);
    const tied: BoundEnd | undefined = id === undefined ? undefined : { ...end, id };
    return tied ?? end.at ?? [0, 0];
  };
  return { ...record, from: tie(record.from), to: tie(record.to) };
}
