import type { Json } from "../entra-sim/index";
import { ENTERPRISE, GROUP, USER, type Resource } from "./service";

/** The target attributes that a provisioning schema of the generic application maps. */
export const MAPPED_USER_ATTRIBUTES = [
  "userName",
  "active",
  "displayName",
  "externalId",
  "title",
  "preferredLanguage",
  'emails[type eq "work"].value',
  "name.givenName",
  "name.familyName",
  "name.formatted",
  'addresses[type eq "work"].formatted',
  'addresses[type eq "work"].streetAddress',
  'addresses[type eq "work"].locality',
  'addresses[type eq "work"].region',
  'addresses[type eq "work"].postalCode',
  'addresses[type eq "work"].country',
  'phoneNumbers[type eq "work"].value',
  'phoneNumbers[type eq "mobile"].value',
  'phoneNumbers[type eq "fax"].value',
  'roles[primary eq "True"].value',
  `${ENTERPRISE}:employeeNumber`,
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:manager`,
] as const;

export const MAPPED_GROUP_ATTRIBUTES = ["displayName", "externalId", "members"] as const;

interface SchemaAttribute {
  readonly name: string;
  readonly type?: string;
  readonly multiValued?: boolean;
  readonly required?: boolean;
  readonly canonicalValues?: readonly string[];
  readonly subAttributes?: readonly SchemaAttribute[];
}

export interface Schema {
  readonly id: string;
  readonly attributes: readonly SchemaAttribute[];
}

/** The schemas of a ListResponse. */
export const schemasIn = (list: Resource): readonly Schema[] =>
  Array.isArray(list["Resources"]) ? (list["Resources"] as Json as unknown as Schema[]) : [];

/** Names of everything a resource type can map, as the validation writes them: with value paths, dots and URNs. */
export function discoverableNames(schemas: readonly Schema[], type: "User" | "Group"): Set<string> {
  const core = type === "User" ? USER : GROUP;
  const names = schemas
    .filter(({ id }) => id === core)
    .flatMap(({ attributes }) => attributes.flatMap(flatten));
  const extensions =
    type === "User"
      ? schemas
          .filter(({ id }) => id !== USER && id !== GROUP)
          .flatMap(({ id, attributes }) => attributes.map(({ name }) => `${id}:${name}`))
      : [];
  return new Set([...names, ...extensions].map((name) => name.toLowerCase()));
}

function flatten(attribute: SchemaAttribute): string[] {
  const { name, type = "string", multiValued = false, subAttributes = [] } = attribute;
  if (name === "manager" || name === "members") return [name];
  if (type === "complex" && multiValued) return flattenList(name, subAttributes);
  if (type === "complex") {
    return subAttributes
      .filter((sub) => sub.type !== "complex" && sub.type !== "reference")
      .map((sub) => `${name}.${sub.name}`);
  }
  return type === "reference" ? [] : [name];
}

/** With published types one path for each type and sub-attribute, else the paths of the primary element. */
function flattenList(name: string, subAttributes: readonly SchemaAttribute[]): string[] {
  const types = subAttributes.find((sub) => sub.name === "type")?.canonicalValues ?? [];
  const others = subAttributes.map((sub) => sub.name).filter((sub) => sub !== "primary");
  if (types.length === 0) return others.map((sub) => `${name}[primary eq "True"].${sub}`);
  return types.flatMap((type) =>
    others.filter((sub) => sub !== "type").map((sub) => `${name}[type eq "${type}"].${sub}`),
  );
}
