import type { JsonValue } from "./record";

/** New values by property; null clears the property. */
export type ShapePatch = { readonly [property: string]: JsonValue };

/** One operation: a patch, or null to delete the shape. */
export type ShapeOp = readonly [id: string, patch: ShapePatch | null];
