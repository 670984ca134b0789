import type { PatchPath } from "../filter/ast";
import { parseAttributePath, parsePatchPath } from "../filter/parser";
import { emptyObject, isObject, keyOf, type JsonObject, type JsonValue } from "../json";
import { ENTERPRISE_URN, isCoreUrn, type ResourceType } from "../schema/attributes";
import { resolvePath, type ResolvedPath } from "../schema/resolve";
import { badRequest } from "../scim-error";
import { applyCustom } from "./custom";
import { editExtension, setOrClear } from "./extension";
import type { MembersPlan } from "./members-plan";
import { changeList } from "./multi-valued";
import type { PatchOperation, PatchVerb } from "./operations";
import { getSubAttribute, isEmpty, readManager, readSimple, readSubAttributes, unwrapSingle } from "./values";

/** What an operation works on and by which rules. */
export interface PatchTarget {
  readonly resource: ResourceType;
  /** The resource's attributes in canonical spelling, changed in place; the caller throws it away when an operation fails. */
  readonly document: JsonObject;
  /** Changes of group members are collected here: a group's list is never loaded. */
  readonly members: MembersPlan | null;
  /** The resource's id; writing the same one is no error. */
  readonly id: string | null;
  /** Told about every attribute that was accepted and not kept. */
  readonly onIgnored: (attribute: string) => void;
}

interface Change {
  readonly op: PatchVerb;
  readonly value: JsonValue | undefined;
  /** By path (or by key of a PATCH value) an unknown name is an error; in a whole resource it is passed over. */
  readonly unknownNames: "refuse" | "ignore";
  /** A read-only attribute is an error only when a path names it. */
  readonly readOnly: "refuse" | "ignore";
}

/**
 * Applies one operation (RFC 7644 section 3.5.2, and both dialects of Entra).
 * @throws ScimError 400 invalidPath, invalidValue, mutability, noTarget, tooMany
 */
export function applyOperation(target: PatchTarget, operation: PatchOperation): void {
  const { op, path, value } = operation;
  if (path !== undefined) {
    applyAt(target, parsePatchPath(path), { op, value, unknownNames: "refuse", readOnly: "refuse" });
    return;
  }
  if (!isObject(value)) {
    throw op === "remove"
      ? badRequest("noTarget", "A remove operation needs a path.")
      : badRequest("invalidValue", `An operation without a path needs an object as its value.`);
  }
  applyKeys(target, value, op, "refuse");
}

/** Applies a whole resource (POST, PUT) to an empty document: every key replaces, unknown ones are passed over. */
export function applyResource(target: PatchTarget, body: JsonObject): void {
  applyKeys(target, body, "replace", "ignore");
}

function applyKeys(
  target: PatchTarget,
  values: JsonObject,
  op: PatchVerb,
  unknownNames: "refuse" | "ignore",
): void {
  for (const key of Object.keys(values)) {
    // Foreign schemas such as http://schemas.microsoft.com/… carry nothing that we keep.
    if (/^https?:/i.test(key)) {
      target.onIgnored(key);
      continue;
    }
    const change: Change = { op, value: values[key], unknownNames, readOnly: "ignore" };
    if (unknownNames === "ignore" && !parseAttributePath(key)) target.onIgnored(key);
    else applyAt(target, parsePatchPath(key), change);
  }
}

function applyAt(target: PatchTarget, path: PatchPath, change: Change): void {
  const resolved = resolvePath(target.resource, path.path);
  const name = path.path.name;
  switch (resolved.kind) {
    case "unknown":
      if (change.unknownNames === "ignore") return target.onIgnored(name);
      throw badRequest("invalidPath", `"${name.slice(0, 100)}" is not an attribute of a ${target.resource}.`);
    case "foreign":
      return target.onIgnored(name);
    case "extension":
      return applyExtension(target, resolved.urn, change);
    case "custom":
      return applyCustom(target.document, resolved, path, change);
    case "attribute":
      return applyAttribute(target, resolved, path, change);
  }
}

function applyExtension(target: PatchTarget, urn: string, change: Change): void {
  const { document } = target;
  if (isEmpty(change.value)) {
    if (!isCoreUrn(urn)) delete document[keyOf(document, urn) ?? urn];
    return;
  }
  if (!isObject(change.value)) throw badRequest("invalidValue", `The value of "${urn}" must be an object.`);
  for (const key of Object.keys(change.value)) {
    const path = parseAttributePath(`${urn}:${key}`);
    if (!path) throw badRequest("invalidPath", `"${key.slice(0, 100)}" is not an attribute name.`);
    applyAt(target, { path, filter: null, sub: null }, { ...change, value: change.value[key] });
  }
}

function applyAttribute(
  target: PatchTarget,
  resolved: Extract<ResolvedPath, { kind: "attribute" }>,
  path: PatchPath,
  change: Change,
): void {
  const { attribute } = resolved;
  if (attribute.ignored || attribute.name === "schemas") return target.onIgnored(attribute.name);
  if (attribute.mutability === "readOnly") return refuseReadOnly(target, attribute.name, change);
  if (attribute.name === "members" && target.members)
    return target.members.apply(path, change.op, change.value);
  if (resolved.schema === "enterprise") {
    return editExtension(target.document, ENTERPRISE_URN, (extension) =>
      applyTo(extension, resolved, path, change, target),
    );
  }
  applyTo(target.document, resolved, path, change, target);
}

function refuseReadOnly(target: PatchTarget, name: string, change: Change): void {
  if (change.readOnly === "ignore" || (name === "id" && change.value === target.id))
    return target.onIgnored(name);
  throw badRequest("mutability", `"${name}" is read-only.`);
}

function applyTo(
  holder: JsonObject,
  resolved: Extract<ResolvedPath, { kind: "attribute" }>,
  path: PatchPath,
  change: Change,
  target: PatchTarget,
): void {
  const { attribute, sub } = resolved;
  if (attribute.multiValued) {
    const stored = holder[attribute.name];
    const list = Array.isArray(stored) ? stored.filter(isObject) : [];
    const subAttribute = path.sub === null ? sub : getSubAttribute(attribute, path.sub);
    const changed = changeList(attribute, list, { ...change, filter: path.filter, sub: subAttribute });
    return setOrClear(holder, attribute.name, changed.length === 0 ? null : changed);
  }
  if (path.filter !== null)
    throw badRequest("invalidPath", `"${attribute.name}" has a single value; brackets do not apply.`);
  if (attribute.type !== "complex") return applySimple(holder, resolved, change);
  if (sub?.mutability === "readOnly") return target.onIgnored(`${attribute.name}.${sub.name}`);
  const clears = change.op === "remove" || isEmpty(change.value);
  if (attribute.name === "manager") {
    return setOrClear(holder, "manager", clears ? null : readManager(change.value!));
  }
  applyComplex(holder, resolved, change, clears);
}

function applySimple(
  holder: JsonObject,
  resolved: Extract<ResolvedPath, { kind: "attribute" }>,
  change: Change,
): void {
  const { attribute } = resolved;
  if (attribute.required && change.op === "remove") {
    throw badRequest("mutability", `"${attribute.name}" is required and cannot be removed.`);
  }
  const value = change.op === "remove" || isEmpty(change.value) ? null : readSimple(attribute, change.value!);
  if (attribute.required && (value === null || (typeof value === "string" && value.trim() === ""))) {
    throw badRequest("invalidValue", `"${attribute.name}" is required and cannot be empty.`);
  }
  // A member is always active or not: "no value" leaves what is there, because neither guess would be safe.
  if (attribute.name === "active" && value === null) return;
  setOrClear(holder, attribute.name, value);
}

/** A complex value is merged: sub-attributes that the request does not name stay (RFC 7644 section 3.5.2.3). */
function applyComplex(
  holder: JsonObject,
  resolved: Extract<ResolvedPath, { kind: "attribute" }>,
  change: Change,
  clears: boolean,
): void {
  const { attribute, sub } = resolved;
  if (clears && sub === null) return setOrClear(holder, attribute.name, null);
  const stored = holder[attribute.name];
  const parent: JsonObject = Object.assign(emptyObject(), isObject(stored) ? stored : {});
  if (sub !== null) {
    setOrClear(parent, sub.name, clears ? null : readSimple(sub, change.value!));
  } else {
    const value = unwrapSingle(attribute.name, change.value!);
    if (!isObject(value))
      throw badRequest("invalidValue", `The value of "${attribute.name}" must be an object.`);
    for (const key of Object.keys(value)) {
      if (isEmpty(value[key])) delete parent[keyOf(parent, key) ?? key];
    }
    Object.assign(parent, readSubAttributes(attribute, value));
  }
  setOrClear(holder, attribute.name, Object.keys(parent).length === 0 ? null : parent);
}
