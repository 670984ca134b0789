/**
 * What a board is made of: a flat map of small records. A record keeps few, packed properties, because
 * "last writer wins" is decided per property: the four numbers of a place belong together, so they are one value.
 */

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Kinds of today. Section, mind, image, icon and table join here and in `properties.ts` when they come. */
export const SHAPE_KINDS = ["rectangle", "ellipse", "diamond", "note", "text", "connector", "draw"] as const;
export type ShapeKind = (typeof SHAPE_KINDS)[number];

/** Kinds that are a box with words in it. One may be turned into another by patching `kind`. */
export const BOX_KINDS = ["rectangle", "ellipse", "diamond", "note", "text"] as const;
export type BoxKind = (typeof BOX_KINDS)[number];

/** Names, never colours: the theme decides what "red" looks like, so a board follows light and dark. */
export const HUES = ["gray", "red", "orange", "yellow", "green", "teal", "blue", "violet", "pink"] as const;
export type Hue = (typeof HUES)[number];

export const SIDES = ["top", "right", "bottom", "left"] as const;
export type Side = (typeof SIDES)[number];

export const ROUTES = ["elbow", "straight"] as const;
export type Route = (typeof ROUTES)[number];

/** `[x, y, width, height]` in world units, x to the right, y downwards. */
export type Geometry = readonly [x: number, y: number, w: number, h: number];
export type Point = readonly [x: number, y: number];

/**
 * An end tied to a shape. Without `side` the side is chosen anew whenever the ends move. `at` is where the end
 * was last seen, used when the shape is gone (somebody deleted it while somebody else tied the connector to it).
 */
export interface BoundEnd {
  readonly id: string;
  readonly side?: Side;
  readonly at?: Point;
}
export type ConnectorEnd = BoundEnd | Point;

interface Common {
  /** Fractional index; higher is nearer to the eye, ties are broken by the shape's id. */
  readonly z: string;
  readonly hue?: Hue;
  /** Packed choices of look, see `style.ts`; absent means 0, the defaults. */
  readonly style?: number;
}

export interface BoxRecord extends Common {
  readonly kind: BoxKind;
  readonly g: Geometry;
  readonly text?: string;
}

/** The path is never stored: it follows from the ends. `text` is the label. */
export interface ConnectorRecord extends Common {
  readonly kind: "connector";
  readonly from: ConnectorEnd;
  readonly to: ConnectorEnd;
  /** Absent means "elbow". */
  readonly route?: Route;
  readonly text?: string;
}

/** A pen stroke: `points` (see `pen-points.ts`) are relative to `g`, and are stretched when `g` is resized. */
export interface DrawRecord extends Common {
  readonly kind: "draw";
  readonly g: Geometry;
  readonly points: string;
}

export type ShapeRecord = BoxRecord | ConnectorRecord | DrawRecord;
export type BoardRecords = Map<string, ShapeRecord>;

const boxKinds: ReadonlySet<string> = new Set(BOX_KINDS);

export const isBoxRecord = (record: ShapeRecord): record is BoxRecord => boxKinds.has(record.kind);
export const isConnector = (record: ShapeRecord): record is ConnectorRecord => record.kind === "connector";
export const isBoundEnd = (end: ConnectorEnd): end is BoundEnd => !Array.isArray(end);
