import { comparable } from "#server/directory/index";

import { emptyObject, type JsonObject, textOf } from "../json";
import type { AttributeDefinition } from "../schema/attributes";
import { badRequest } from "../scim-error";
import type { Comparison, Filter } from "../filter/ast";
import { getSubAttribute, readSimple } from "./values";

/** Whether one element of a multi-valued attribute meets the filter of a PATCH path. */
export function elementMatches(attribute: AttributeDefinition, filter: Filter, element: JsonObject): boolean {
  switch (filter.kind) {
    case "and":
      return filter.terms.every((term) => elementMatches(attribute, term, element));
    case "or":
      return filter.terms.some((term) => elementMatches(attribute, term, element));
    case "not":
      return !elementMatches(attribute, filter.term, element);
    case "present":
      return element[getSubAttribute(attribute, filter.path.name).name] !== undefined;
    case "compare":
      return compare(attribute, filter, element);
    case "valuePath":
      throw badRequest("invalidPath", "Brackets cannot stand inside brackets.");
  }
}

function compare(attribute: AttributeDefinition, filter: Comparison, element: JsonObject): boolean {
  const { name } = getSubAttribute(attribute, filter.path.name);
  // An absent primary is not true.
  const stored = element[name] ?? (name === "primary" ? false : undefined);
  // Booleans arrive as true, "True" or "true": one text for all.
  const left = stored === undefined ? null : comparable(textOf(stored));
  if (filter.value === null) return (left === null) === (filter.op === "eq");
  const right = comparable(String(filter.value));
  if (left === null) return filter.op === "ne";
  switch (filter.op) {
    case "eq":
      return left === right;
    case "ne":
      return left !== right;
    case "co":
      return left.includes(right);
    case "sw":
      return left.startsWith(right);
    case "ew":
      return left.endsWith(right);
    case "gt":
      return left > right;
    case "ge":
      return left >= right;
    case "lt":
      return left < right;
    case "le":
      return left <= right;
  }
}

/**
 * The element that a filter describes: `type eq "work"` → {type: "work"}. Entra expects a value path on a missing
 * element to create it. Null when the filter is more than equalities joined by "and".
 */
export function elementFromFilter(attribute: AttributeDefinition, filter: Filter): JsonObject | null {
  const terms = filter.kind === "and" ? filter.terms : [filter];
  const element = emptyObject();
  for (const term of terms) {
    if (term.kind !== "compare" || term.op !== "eq" || term.value === null) return null;
    const sub = getSubAttribute(attribute, term.path.name);
    const value = readSimple(sub, term.value);
    if (value !== null) element[sub.name] = value;
  }
  return element;
}
