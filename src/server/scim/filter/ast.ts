/** `urn:…:User:name.givenName` → urn, name, sub. The last colon ends the URN; dots inside `2.0` are its own. */
export interface AttributePath {
  readonly urn: string | null;
  readonly name: string;
  readonly sub: string | null;
}

export type CompareOperator = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";
export type FilterValue = string | number | boolean | null;

export interface Comparison {
  readonly kind: "compare";
  readonly path: AttributePath;
  readonly op: CompareOperator;
  readonly value: FilterValue;
}

export interface Presence {
  readonly kind: "present";
  readonly path: AttributePath;
}

/** A filter expression of RFC 7644 section 3.4.2.2. */
export type Filter =
  | Comparison
  | Presence
  | { readonly kind: "and"; readonly terms: readonly Filter[] }
  | { readonly kind: "or"; readonly terms: readonly Filter[] }
  | { readonly kind: "not"; readonly term: Filter }
  /** `emails[type eq "work"]`, with Microsoft's `.value eq "x"` behind it in `tail`: one element must meet both. */
  | {
      readonly kind: "valuePath";
      readonly path: AttributePath;
      readonly filter: Filter;
      readonly tail: Comparison | Presence | null;
    };

/** The target of a PATCH operation (RFC 7644 section 3.5.2): `attr`, `attr.sub`, `attr[filter]`, `attr[filter].sub`. */
export interface PatchPath {
  readonly path: AttributePath;
  readonly filter: Filter | null;
  /** The sub-attribute behind the brackets; without brackets it is in `path.sub`. */
  readonly sub: string | null;
}
