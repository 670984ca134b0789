import type { Filter } from "../filter/ast";
import { emptyObject, isObject, type JsonObject, type JsonValue, textOf } from "../json";
import { findSubAttribute, type AttributeDefinition } from "../schema/attributes";
import { badRequest } from "../scim-error";
import { elementFromFilter, elementMatches } from "./element-filter";
import type { PatchVerb } from "./operations";
import {
  isEmpty,
  MAX_ELEMENTS,
  readElements,
  readSimple,
  readSubAttributes,
  tooManyElements,
} from "./values";

export interface ListChange {
  readonly op: PatchVerb;
  readonly filter: Filter | null;
  readonly sub: AttributeDefinition | null;
  readonly value: JsonValue | undefined;
}

/** The list after one operation; never changes the elements it was given. */
export function changeList(
  attribute: AttributeDefinition,
  list: readonly JsonObject[],
  change: ListChange,
): JsonObject[] {
  if (change.filter !== null) return changeMatching(attribute, list, change, change.filter);
  if (change.sub !== null) return changeSubOfAll(attribute, list, change, change.sub);
  if (change.op === "remove") return removeListed(attribute, list, change.value);
  if (change.op === "replace")
    return onePrimary(isEmpty(change.value) ? [] : readElements(attribute, change.value!), 0);
  return addElements(attribute, list, change.value ?? null);
}

/** What tells two elements apart: all but primary and display. */
function sameElement(a: JsonObject, b: JsonObject): boolean {
  // Nearly always decides; a request may ask for millions of these comparisons.
  if (textOf(a["value"]).toLowerCase() !== textOf(b["value"]).toLowerCase()) return false;
  const keys = new Set(
    [...Object.keys(a), ...Object.keys(b)].filter((key) => key !== "primary" && key !== "display"),
  );
  return [...keys].every((key) => textOf(a[key]).toLowerCase() === textOf(b[key]).toLowerCase());
}

function addElements(
  attribute: AttributeDefinition,
  list: readonly JsonObject[],
  value: JsonValue,
): JsonObject[] {
  const result = [...list];
  let newPrimary = -1;
  for (const element of isEmpty(value) ? [] : readElements(attribute, value)) {
    const known = result.findIndex((item) => sameElement(item, element));
    const at = known < 0 ? result.length : known;
    result[at] = known < 0 ? element : merge(result[known]!, element);
    if (element["primary"] === true) newPrimary = at;
    if (result.length > MAX_ELEMENTS) throw tooManyElements(attribute.name);
  }
  return newPrimary < 0 ? result : onePrimary(result, newPrimary);
}

/** A `remove` with values takes away only those; without any, all (RFC 7644 section 3.5.2.2). */
function removeListed(
  attribute: AttributeDefinition,
  list: readonly JsonObject[],
  value: JsonValue | undefined,
): JsonObject[] {
  if (value === undefined || value === null) return [];
  const gone = readElements(attribute, value);
  return list.filter((item) => !gone.some((element) => isPartOf(element, item)));
}

function isPartOf(part: JsonObject, whole: JsonObject): boolean {
  return Object.keys(part).every(
    (key) => textOf(part[key]).toLowerCase() === textOf(whole[key]).toLowerCase(),
  );
}

function changeSubOfAll(
  attribute: AttributeDefinition,
  list: readonly JsonObject[],
  change: ListChange,
  sub: AttributeDefinition,
): JsonObject[] {
  const value = change.op === "remove" || isEmpty(change.value) ? null : readSimple(sub, change.value!);
  if (list.length === 0 && value !== null)
    return [withPrimary(attribute, setSub(emptyObject(), sub.name, value), [])];
  return dropEmpty(list.map((element) => setSub(element, sub.name, value)));
}

function changeMatching(
  attribute: AttributeDefinition,
  list: readonly JsonObject[],
  change: ListChange,
  filter: Filter,
): JsonObject[] {
  const matches = list.map((element) => elementMatches(attribute, filter, element));
  const clears = change.op === "remove" || isEmpty(change.value);
  if (clears && change.sub === null) return list.filter((_, index) => !matches[index]);
  if (!clears && !matches.includes(true)) return createMatching(attribute, list, change, filter);
  const apply = (element: JsonObject) => applyToElement(attribute, element, change, clears);
  const changed = list.map((element, index) => (matches[index] ? apply(element) : element));
  const winner = changed.findIndex((element, index) => matches[index] && element["primary"] === true);
  return dropEmpty(winner < 0 ? changed : onePrimary(changed, winner));
}

function applyToElement(
  attribute: AttributeDefinition,
  element: JsonObject,
  change: ListChange,
  clears: boolean,
): JsonObject {
  if (change.sub !== null)
    return setSub(element, change.sub.name, clears ? null : readSimple(change.sub, change.value!));
  const value = change.value!;
  if (isObject(value)) return merge(element, readSubAttributes(attribute, value));
  return merge(element, readElements(attribute, value)[0] ?? emptyObject());
}

/** RFC 7644 asks for 400 noTarget here; Entra needs the element to be made, with the properties of the filter. */
function createMatching(
  attribute: AttributeDefinition,
  list: readonly JsonObject[],
  change: ListChange,
  filter: Filter,
): JsonObject[] {
  const described = elementFromFilter(attribute, filter);
  if (!described) throw badRequest("noTarget", `No value of "${attribute.name}" meets the path's filter.`);
  const element = withPrimary(attribute, applyToElement(attribute, described, change, false), list);
  const result = [...list, element];
  return element["primary"] === true ? onePrimary(result, result.length - 1) : result;
}

/** The first element of its kind becomes the primary one. */
function withPrimary(
  attribute: AttributeDefinition,
  element: JsonObject,
  others: readonly JsonObject[],
): JsonObject {
  if (!findSubAttribute(attribute, "primary") || element["primary"] !== undefined) return element;
  return others.some((other) => other["primary"] === true) ? element : setSub(element, "primary", true);
}

function merge(element: JsonObject, changes: JsonObject): JsonObject {
  return Object.assign(emptyObject(), element, changes);
}

function setSub(element: JsonObject, name: string, value: string | boolean | null): JsonObject {
  const copy = merge(element, emptyObject());
  if (value === null) delete copy[name];
  else copy[name] = value;
  return copy;
}

/** Elements that only say what they would be (type, primary) but hold no value any more. */
function dropEmpty(list: readonly JsonObject[]): JsonObject[] {
  return list.filter((element) => Object.keys(element).some((key) => key !== "type" && key !== "primary"));
}

/** At most one primary: of several, the one at `winner`, else the first (RFC 7643 section 2.4). */
function onePrimary(list: readonly JsonObject[], winner: number): JsonObject[] {
  const keep =
    list[winner]?.["primary"] === true ? winner : list.findIndex((element) => element["primary"] === true);
  return list.map((element, index) =>
    index !== keep && element["primary"] === true ? setSub(element, "primary", false) : element,
  );
}
