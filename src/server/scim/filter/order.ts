import { badRequest } from "../scim-error";
import type { Order } from "../search.repo";
import type { OperandResolver } from "./compile";
import type { Operand } from "./operand";
import { parseAttributePath } from "./parser";
import { sql, type SqlFragment } from "./sql";

/**
 * What sortBy orders by (RFC 7644 section 3.4.2.3): letter case as the attribute compares, resources without the
 * attribute last when ascending and first when descending.
 * @throws ScimError 400 invalidPath for what is no attribute or cannot be ordered
 */
export function compileOrder(sortBy: string, resolve: OperandResolver): Order {
  const path = parseAttributePath(sortBy.trim());
  const operand = path && resolve(path);
  const expression = operand && expressionOf(operand);
  if (!expression)
    throw badRequest("invalidPath", `It is not possible to sort by "${sortBy.slice(0, 100)}".`);
  return { expression, type: TYPES[operand.kind] ?? "text" };
}

const TYPES: Partial<Record<Operand["kind"], Order["type"]>> = {
  uuid: "uuid",
  boolean: "boolean",
  dateTime: "timestamptz",
};

function expressionOf(operand: Operand): SqlFragment | undefined {
  switch (operand.kind) {
    case "text":
      if (operand.caseExact) return sql`(${operand.sql}) COLLATE "C"`;
      return sql`(${operand.folded ?? sql`lower(${operand.sql})`}) COLLATE "C"`;
    case "json":
      return sql`(${operand.sql} #>> '{}')`;
    case "many":
      return operand.first;
    case "absent":
      return sql`NULL::text`;
    case "complex":
      return undefined;
    default:
      return operand.sql;
  }
}
