import type { Path } from "#editor/geometry/path";
import type {
  BoxKind,
  BoxRecord,
  ConnectorRecord,
  DrawRecord,
  ShapeKind,
  ShapeRecord,
} from "#editor/model/record";
import { diamondShape, ellipseShape, rectangleShape } from "./box-shapes";
import { makeConnectorShape } from "./connector";
import type { ShapeDefinition } from "./definition";
import { drawShape } from "./draw";
import { noteShape } from "./note";
import type { Scene } from "./scene";
import { textShape } from "./text";

/** The connector's definition, which also gives the points of its way. */
export const connectorShape = makeConnectorShape((record, scene): Path => outlineOf(record, scene));

type Registry = { readonly [K in BoxKind]: ShapeDefinition<BoxRecord> } & {
  readonly connector: ShapeDefinition<ConnectorRecord>;
  readonly draw: ShapeDefinition<DrawRecord>;
};

/** Every kind that can stand on a board. */
const registry: Registry = {
  rectangle: rectangleShape,
  ellipse: ellipseShape,
  diamond: diamondShape,
  note: noteShape,
  text: textShape,
  connector: connectorShape,
  draw: drawShape,
};

/** The definition of a record's kind, typed for that record. The table above guarantees that they match. */
export const shapeOf = <R extends ShapeRecord>(record: R): ShapeDefinition<R> =>
  registry[record.kind] as unknown as ShapeDefinition<R>;

/** The definition of a kind, for making new records. */
export const shapeByKind = (kind: ShapeKind): ShapeDefinition => registry[kind];

const outlineOf = (record: ShapeRecord, scene: Scene): Path => shapeOf(record).path(record, scene);
