import type { SqlFragment } from "./sql";

/** What a filter compares: how to get at the value in SQL, and by which rules it compares. */
export type Operand =
  /** `folded` is an indexed lower-case copy, compared with `fold(value)`; without it lower() is applied. */
  | {
      readonly kind: "text";
      readonly sql: SqlFragment;
      readonly caseExact: boolean;
      readonly folded?: SqlFragment;
    }
  | { readonly kind: "uuid"; readonly sql: SqlFragment }
  | { readonly kind: "boolean"; readonly sql: SqlFragment }
  | { readonly kind: "dateTime"; readonly sql: SqlFragment }
  /** A jsonb scalar of a type that the schema does not know. */
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
    }
  /** Known, and never has a value here. */
  | { readonly kind: "absent" };
