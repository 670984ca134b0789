import { emptyObject, type JsonObject, textOf } from "../json";
import { findSubAttribute, type AttributeDefinition } from "../schema/attributes";
import { badRequest } from "../scim-error";
import type { Comparison, Filter, FilterValue } from "../filter/ast";
import { readSimple } from "./values";

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
      return element[subName(attribute, filter.path.name)] !== undefined;
    case "compare":
      return compare(attribute, filter, element);
    case "valuePath":
      throw badRequest("invalidPath", "Brackets cannot stand inside brackets.");
  }
}

function subName(attribute: AttributeDefinition, name: string): string {
  const sub = findSubAttribute(attribute, name);
  if (!sub) throw badRequest("invalidPath", `"${attribute.name}" has no sub-attribute "${name}".`);
  return sub.name;
}

function compare(attribute: AttributeDefinition, filter: Comparison, element: JsonObject): boolean {
  const stored = element[subName(attribute, filter.path.name)];
  // Booleans arrive as true, "True" or "true": one text for all. An absent primary is not true.
  const left =
    stored === undefined || stored === null
      ? filter.path.name.toLowerCase() === "primary"
        ? "false"
        : null
      : fold(textOf(stored));
  if (filter.value === null) return (left === null) === (filter.op === "eq");
  const right = fold(String(filter.value));
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

const fold = (text: string): string => text.normalize("NFC").toLowerCase();

/**
 * The element that a filter describes: `type eq "work"` → {type: "work"}. Entra expects a value path on a missing
 * element to create it. Null when the filter is more than equalities joined by "and".
 */
export function elementFromFilter(attribute: AttributeDefinition, filter: Filter): JsonObject | null {
  const terms = filter.kind === "and" ? filter.terms : [filter];
  const element = emptyObject();
  for (const term of terms) {
    if (term.kind !== "compare" || term.op !== "eq" || term.value === null) return null;
    const sub = findSubAttribute(attribute, term.path.name);
    if (!sub)
      throw badRequest("invalidPath", `"${attribute.name}" has no sub-attribute "${term.path.name}".`);
    const value = readSimple(sub, term.value satisfies FilterValue);
    if (value !== null) element[sub.name] = value;
  }
  return element;
}
