import type { AttributePath } from "../filter/ast";
import {
  ENTERPRISE_URN,
  findCoreAttribute,
  findEnterpriseAttribute,
  findSubAttribute,
  GROUP_URN,
  isCoreUrn,
  USER_URN,
  type AttributeDefinition,
  type ResourceType,
} from "./attributes";

/** What an attribute path means for a resource type. */
export type ResolvedPath =
  | {
      readonly kind: "attribute";
      readonly schema: "core" | "enterprise";
      readonly attribute: AttributeDefinition;
      readonly sub: AttributeDefinition | null;
    }
  /** A whole extension (`urn:…:enterprise:2.0:User` without an attribute). */
  | { readonly kind: "extension"; readonly urn: string }
  /** An attribute of an extension that is the customer's own: kept as it comes. */
  | { readonly kind: "custom"; readonly urn: string; readonly name: string; readonly sub: string | null }
  /** Attributes of the other resource type, or of an extension that this type does not have. */
  | { readonly kind: "foreign" }
  | { readonly kind: "unknown" };

const unknown = { kind: "unknown" } as const;

/** Finds what a path names; letter case counts nowhere in names and URNs. */
export function resolvePath(resource: ResourceType, path: AttributePath): ResolvedPath {
  if (path.urn === null) return resolvePlain(resource, path);
  const urn = path.urn.toLowerCase();
  if (isCoreUrn(urn)) {
    const own = urn === (resource === "User" ? USER_URN : GROUP_URN).toLowerCase();
    return own ? resolveCore(resource, path) : { kind: "foreign" };
  }
  const schemaUrn = bareSchemaUrn(path);
  if (schemaUrn !== null) return resolveSchema(resource, schemaUrn);
  if (urn === ENTERPRISE_URN.toLowerCase()) {
    return resource === "User" ? resolveEnterprise(path) : { kind: "foreign" };
  }
  if (resource === "Group") return { kind: "foreign" };
  return { kind: "custom", urn: path.urn, name: path.name, sub: path.sub };
}

/**
 * The URN that a path is when it names a schema and no attribute; its last colon then stands before its own last
 * word (`…:2.0` and `User`). Null for every other path.
 */
export function bareSchemaUrn({ urn, name, sub }: AttributePath): string | null {
  return urn !== null && sub === null && /:\d+\.\d+$/.test(urn) ? `${urn}:${name}` : null;
}

function resolveSchema(resource: ResourceType, urn: string): ResolvedPath {
  if (isCoreUrn(urn)) return { kind: "extension", urn };
  if (resource === "Group") return { kind: "foreign" };
  return {
    kind: "extension",
    urn: urn.toLowerCase() === ENTERPRISE_URN.toLowerCase() ? ENTERPRISE_URN : urn,
  };
}

/** Old Entra mappings say plain `manager` or `department`, so the enterprise names work without their URN too. */
function resolvePlain(resource: ResourceType, path: AttributePath): ResolvedPath {
  const core = resolveCore(resource, path);
  if (core.kind !== "unknown") return core;
  if (resource === "User") {
    const enterprise = resolveEnterprise(path);
    if (enterprise.kind !== "unknown") return enterprise;
  }
  const other = resource === "User" ? "Group" : "User";
  if (findCoreAttribute(other, path.name)) return { kind: "foreign" };
  return resource === "Group" && findEnterpriseAttribute(path.name) ? { kind: "foreign" } : unknown;
}

function resolveCore(resource: ResourceType, path: AttributePath): ResolvedPath {
  return withSub("core", findCoreAttribute(resource, path.name), path.sub);
}

function resolveEnterprise(path: AttributePath): ResolvedPath {
  return withSub("enterprise", findEnterpriseAttribute(path.name), path.sub);
}

function withSub(
  schema: "core" | "enterprise",
  attribute: AttributeDefinition | undefined,
  subName: string | null,
): ResolvedPath {
  if (!attribute) return unknown;
  if (subName === null) return { kind: "attribute", schema, attribute, sub: null };
  if (attribute.ignored) return { kind: "attribute", schema, attribute, sub: null };
  const sub = findSubAttribute(attribute, subName);
  return sub ? { kind: "attribute", schema, attribute, sub } : unknown;
}
