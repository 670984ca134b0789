import type { Side } from "./record";
import { HUES, ROUTES, SHAPE_KINDS, SIDES, type ShapeKind } from "./record";
import { isShapeId, MODEL_LIMITS } from "./limits";
import { isPenPoints } from "./pen-points";
import { isStyle } from "./style";
import { isTextValue } from "./text-value";
import { isZKey } from "./z-order";

/**
 * The one table of what a record may hold. It runs for every operation in the browser and on the server, so the
 * checks are plain functions. A new property or kind is a new line here and in `record.ts`.
 */
type Check = (value: unknown) => boolean;

const isCoordinate: Check = (value) =>
  typeof value === "number" && Number.isFinite(value) && Math.abs(value) < MODEL_LIMITS.coordinate;

const isOneOf = (allowed: readonly string[]): Check => {
  const set: ReadonlySet<unknown> = new Set(allowed);
  return (value) => set.has(value);
};

const isPoint: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(isCoordinate);

const isGeometry: Check = (value) =>
  Array.isArray(value) &&
  value.length === 4 &&
  value.every(isCoordinate) &&
  (value[2] as number) >= 0 &&
  (value[3] as number) >= 0;

const isSide: Check = isOneOf(SIDES satisfies readonly Side[]);

const isEnd: Check = (value) => {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return isPoint(value);
  for (const [key, part] of Object.entries(value)) {
    if (
      key === "id" ? !isShapeId(part) : key === "side" ? !isSide(part) : key === "at" ? !isPoint(part) : true
    ) {
      return false;
    }
  }
  return Object.hasOwn(value, "id");
};

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["kind", isOneOf(SHAPE_KINDS)],
  ["g", isGeometry],
  ["z", isZKey],
  ["hue", isOneOf(HUES)],
  ["style", isStyle],
  ["text", isTextValue],
  ["from", isEnd],
  ["to", isEnd],
  ["route", isOneOf(ROUTES)],
  ["points", isPenPoints],
]);

/** Every property name, in the order in which snapshots write them. */
export const PROPERTY_NAMES: readonly string[] = [...checks.keys()];

/** The check of a property's value; undefined when there is no such property. */
export const findPropertyCheck = (name: string): Check | undefined => checks.get(name);

interface KindProperties {
  readonly required: readonly string[];
  readonly allowed: ReadonlySet<string>;
}

const kind = (required: readonly string[], optional: readonly string[]): KindProperties => ({
  required: ["kind", "z", ...required],
  allowed: new Set(["kind", "z", "hue", "style", ...required, ...optional]),
});
const box = kind(["g"], ["text"]);

const kinds: Readonly<Record<ShapeKind, KindProperties>> = {
  rectangle: box,
  ellipse: box,
  diamond: box,
  note: box,
  text: box,
  connector: kind(["from", "to"], ["route", "text"]),
  draw: kind(["g", "points"], []),
};

const propertiesByKind: ReadonlyMap<unknown, KindProperties> = new Map(Object.entries(kinds));

/** True when the object has all properties its kind needs and none that belong to other kinds. Values are not checked. */
export function isWholeRecord(candidate: { readonly [property: string]: unknown }): boolean {
  const properties = propertiesByKind.get(candidate["kind"]);
  if (!properties) return false;
  for (const name of properties.required) if (candidate[name] === undefined) return false;
  for (const name of Object.keys(candidate)) if (!properties.allowed.has(name)) return false;
  return true;
}
