import { comparable } from "#server/directory/index";
import { isId } from "#server/kernel/ids";

import { badRequest, type ScimError } from "../scim-error";
import type { AttributePath, Comparison, CompareOperator, Filter, FilterValue, Presence } from "./ast";
import type { Equality, Operand } from "./operand";
import { printPath } from "./print";
import { FALSE, joinSql, sql, TRUE, type SqlFragment } from "./sql";

/** Finds the operand of an attribute path, or undefined for a name that SCIM does not know. */
export type OperandResolver = (path: AttributePath) => Operand | undefined;

/**
 * Compiles a filter to a parameterised SQL condition. A comparison with a missing value may be NULL, which WHERE,
 * AND and OR take for false; only `not` has to turn it into false. Wrapping every comparison instead would keep
 * PostgreSQL from using its indexes.
 * @throws ScimError 400 invalidFilter for unknown attributes and comparisons that make no sense
 */
export function compileFilter(filter: Filter, resolve: OperandResolver): SqlFragment {
  const compile = (node: Filter): SqlFragment => {
    switch (node.kind) {
      case "and":
      case "or":
        return sql`(${joinSql(node.terms.map(compile), node.kind === "and" ? " AND " : " OR ")})`;
      case "not":
        return sql`NOT coalesce(${compile(node.term)}, FALSE)`;
      case "valuePath":
        return compileValuePath(node, resolve);
      case "compare":
      case "present":
        return compileCondition(node, need(resolve(node.path), node.path));
    }
  };
  return compile(filter);
}

function need(operand: Operand | undefined, path: AttributePath): Operand {
  if (operand) return operand;
  throw badRequest("invalidFilter", `The filter names "${printPath(path)}", which is not an attribute here.`);
}

function compileValuePath(
  node: Extract<Filter, { kind: "valuePath" }>,
  resolve: OperandResolver,
): SqlFragment {
  const operand = need(resolve(node.path), node.path);
  if (operand.kind === "absent") return FALSE;
  if (operand.kind !== "many") {
    throw badRequest("invalidFilter", `"${printPath(node.path)}" has only one value and takes no brackets.`);
  }
  const element: OperandResolver = (path) => (path.sub === null ? operand.element(path.name) : undefined);
  const inside = node.tail === null ? node.filter : and(node.filter, node.tail);
  return narrowed(operand, equalities(inside, true), operand.exists(compileFilter(inside, element)));
}

/** What one value must equal to meet a filter on itself; inside brackets names are the sub-attributes' own. */
function equalities(filter: Filter, inBrackets: boolean): Equality[] {
  if (filter.kind === "and") return filter.terms.flatMap((term) => equalities(term, inBrackets));
  if (filter.kind !== "compare" || filter.op !== "eq" || typeof filter.value !== "string") return [];
  const name = inBrackets ? filter.path.name : (filter.path.sub ?? "value");
  return [{ name: name.toLowerCase(), text: filter.value }];
}

function narrowed(operand: Operand, found: readonly Equality[], condition: SqlFragment): SqlFragment {
  if (found.length === 0 || !("narrow" in operand) || !operand.narrow) return condition;
  return sql`(${operand.narrow(found)} AND ${condition})`;
}

const and = (left: Filter, right: Filter): Filter => ({ kind: "and", terms: [left, right] });

function compileCondition(node: Comparison | Presence, operand: Operand): SqlFragment {
  if (node.kind === "present") return present(operand);
  const { op, value, path } = node;
  if (operand.kind === "many") {
    // A multi-valued complex attribute without a sub-attribute means its value (RFC 7644's own examples).
    const element = operand.element("value");
    if (!element) throw incomparable(path, op);
    // "ne" and "eq null" speak of all elements, the others of any one.
    if (value === null) return op === "ne" ? operand.any : sql`NOT ${operand.any}`;
    if (op === "ne") return sql`NOT ${operand.exists(compare(element, "eq", value, path))}`;
    return narrowed(operand, equalities(node, false), operand.exists(compare(element, op, value, path)));
  }
  return narrowed(operand, equalities(node, false), compare(operand, op, value, path));
}

function present(operand: Operand): SqlFragment {
  switch (operand.kind) {
    case "absent":
      return FALSE;
    case "many":
      return operand.any;
    case "complex":
      return operand.present;
    case "text":
      return sql`(coalesce(${operand.sql}, '') <> '')`;
    default:
      return sql`(${operand.sql} IS NOT NULL)`;
  }
}

function compare(
  operand: Operand,
  op: CompareOperator,
  value: FilterValue,
  path: AttributePath,
): SqlFragment {
  if (value === null) {
    if (op !== "eq" && op !== "ne") throw incomparable(path, op);
    return op === "ne" ? present(operand) : sql`NOT ${present(operand)}`;
  }
  switch (operand.kind) {
    case "absent":
      return op === "ne" ? TRUE : FALSE;
    case "boolean":
      return compareBoolean(operand.sql, op, value, path);
    case "uuid":
      return compareId(operand.sql, op, String(value));
    case "dateTime":
      return compareInstant(operand.sql, op, value, path);
    case "json":
      return compareJson(operand.sql, op, value);
    case "text":
      if (operand.caseExact) return compareText(operand.sql, op, String(value));
      return operand.folded
        ? compareText(operand.folded, op, comparable(String(value)))
        : compareText(sql`lower(${operand.sql})`, op, String(value), true);
    case "complex":
    case "many":
      throw incomparable(path, op);
  }
}

/**
 * No LIKE anywhere: `_` and `%` in a name are ordinary characters (a wildcard match would link the wrong object).
 * What is folded here compares by code point, as the folded columns do: one index serves equality, prefixes and ranges.
 */
function compareText(value: SqlFragment, op: CompareOperator, wanted: string, lower = false): SqlFragment {
  const left = lower ? sql`(${value}) COLLATE "C"` : value;
  const right = lower ? sql`lower(${wanted}::text)` : sql`${wanted}::text`;
  switch (op) {
    case "eq":
      return sql`(${left} = ${right})`;
    case "ne":
      return sql`(${left} IS DISTINCT FROM ${right})`;
    case "co":
      return sql`(strpos(${left}, ${right}) > 0)`;
    case "sw":
      return sql`starts_with(${left}, ${right})`;
    case "ew":
      return sql`(right(${left}, length(${right})) = ${right})`;
    default:
      return sql`((${value}) COLLATE "C" ${ORDER[op]} ${right})`;
  }
}

const ORDER = { gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` } as const;
const NUMERIC = { ...ORDER, eq: sql`=`, ne: sql`<>` } as const;

/** Extensions declare no caseExact, so that RFC 7643 section 2.2's default holds: letter case does not count. */
function compareJson(left: SqlFragment, op: CompareOperator, value: FilterValue): SqlFragment {
  const asText = compareText(sql`lower(${left} #>> '{}')`, op, String(value), true);
  if (typeof value !== "number" || !Object.hasOwn(NUMERIC, op)) return asText;
  const number = sql`(${left} #>> '{}')::numeric ${NUMERIC[op as keyof typeof NUMERIC]} ${String(value)}::numeric`;
  return sql`CASE jsonb_typeof(${left}) WHEN 'number' THEN ${number} ELSE ${asText} END`;
}

/** Entra writes booleans as the strings "True" and "False"; everything else is a mistake. */
function compareBoolean(
  left: SqlFragment,
  op: CompareOperator,
  value: FilterValue,
  path: AttributePath,
): SqlFragment {
  const text = String(value).toLowerCase();
  if ((op !== "eq" && op !== "ne") || (text !== "true" && text !== "false")) throw incomparable(path, op);
  const wanted = text === "true";
  return op === "eq"
    ? sql`(${left} = ${wanted}::boolean)`
    : sql`(${left} IS DISTINCT FROM ${wanted}::boolean)`;
}

function compareId(left: SqlFragment, op: CompareOperator, value: string): SqlFragment {
  if (op === "eq") return isId(value) ? sql`(${left} = ${value}::uuid)` : FALSE;
  if (op === "ne") return isId(value) ? sql`(${left} <> ${value}::uuid)` : TRUE;
  return compareText(sql`(${left})::text`, op, value);
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?$/i;

function compareInstant(
  left: SqlFragment,
  op: CompareOperator,
  value: FilterValue,
  path: AttributePath,
): SqlFragment {
  const text = String(value);
  const instant = new Date(/(?:Z|[+-]\d{2}:\d{2})$/i.test(text) ? text : `${text}Z`);
  // PostgreSQL has no year 0, and reads no year of five digits or with a sign.
  const year = instant.getUTCFullYear();
  if (!DATE_TIME.test(text) || Number.isNaN(year) || year < 1 || year > 9999) {
    throw badRequest(
      "invalidFilter",
      `"${text.slice(0, 60)}" is not a date and time for "${printPath(path)}".`,
    );
  }
  const right = sql`${instant.toISOString()}::timestamptz`;
  if (op === "eq") return sql`(${left} = ${right})`;
  if (op === "ne") return sql`(${left} <> ${right})`;
  if (op === "co" || op === "sw" || op === "ew") throw incomparable(path, op);
  return sql`(${left} ${ORDER[op]} ${right})`;
}

function incomparable(path: AttributePath, op: string): ScimError {
  return badRequest("invalidFilter", `"${printPath(path)}" cannot be compared with "${op}" and this value.`);
}
