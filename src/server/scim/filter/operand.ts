import { FALSE, rawSql, sql, TRUE, type SqlFragment } from "./sql";

/** That some sub-attribute ("value" for a simple one) equals a text. */
export interface Equality {
  readonly name: string;
  readonly text: string;
}

/** What every resource with these values meets, in words that an index answers: it stands beside comparisons that none does. */
export type Narrow = (equalities: readonly Equality[]) => SqlFragment;

/** What a filter compares: how to get at the value in SQL, and by which rules it compares. */
export type Operand =
  /** `folded` is an indexed lower-case copy, compared with `comparable(value)`; without it lower() is applied. */
  | {
      readonly kind: "text";
      readonly sql: SqlFragment;
      readonly caseExact: boolean;
      readonly folded?: SqlFragment;
      readonly narrow?: Narrow;
    }
  | { readonly kind: "uuid"; readonly sql: SqlFragment }
  | { readonly kind: "boolean"; readonly sql: SqlFragment }
  | { readonly kind: "dateTime"; readonly sql: SqlFragment }
  /** A jsonb scalar of a type that the schema does not know: numbers compare as numbers, the rest as text. */
  | { readonly kind: "json"; readonly sql: SqlFragment }
  /** A complex value as a whole: it can be present or absent, nothing else. */
  | { readonly kind: "complex"; readonly present: SqlFragment }
  /** Many values: true when one element meets the condition. */
  | {
      readonly kind: "many";
      readonly exists: (condition: SqlFragment) => SqlFragment;
      readonly any: SqlFragment;
      /** An element's sub-attribute, or undefined when there is none of that name. */
      readonly element: (name: string) => Operand | undefined;
      /** The value to sort by: the primary element's, else the first one's (RFC 7644 section 3.4.2.3). */
      readonly first?: SqlFragment;
      readonly narrow?: Narrow;
    }
  /** Known, and never has a value here. */
  | { readonly kind: "absent" };

/** A text without an indexed copy; letter case does not count unless `caseExact`. */
export const text = (value: SqlFragment, caseExact = false): Operand => ({
  kind: "text",
  sql: value,
  caseExact,
});

/** `emails.value`: any element's value. */
export function subOf(operand: Operand, subName: string): Operand | undefined {
  if (operand.kind !== "many") return undefined;
  const element = operand.element(subName);
  if (!element) return undefined;
  return {
    ...operand,
    element: (name) => (name === "value" ? element : undefined),
    any: operand.exists(notNull(element)),
  };
}

function notNull(element: Operand): SqlFragment {
  return "sql" in element ? sql`(${element.sql} IS NOT NULL)` : FALSE;
}

/** Operands for `meta.*`; both resource tables have the same columns for it. */
export function metaOperand(
  resource: "User" | "Group",
  alias: "m" | "g",
  sub: string | null,
  baseUrl: string,
): Operand | undefined {
  const column = (name: string): SqlFragment => rawSql(`${alias}."${name}"`);
  switch (sub) {
    case null:
      return { kind: "complex", present: TRUE };
    case "resourceType":
      return text(sql`${resource}::text`, true);
    case "created":
      return { kind: "dateTime", sql: column("createdAt") };
    case "lastModified":
      return { kind: "dateTime", sql: column("updatedAt") };
    case "version":
      return text(sql`('W/"' || ${column("version")} || '"')`, true);
    case "location":
      return text(sql`(${`${baseUrl}/${resource}s/`}::text || ${column("id")})`, true);
    default:
      return undefined;
  }
}
