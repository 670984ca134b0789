import type { Pool, PoolClient } from "pg";

import { processSlot } from "#server/kernel/slot";

import { pool } from "./pool";

/**
 * Runs one statement without Prisma; a template tag whose holes become parameters. For the statements that run with
 * every SCIM request (docs/decisions/0011-sql-on-the-hot-path.md): everything else stays with Prisma.
 * Rows come as PostgreSQL's columns: timestamps as Date, jsonb parsed, bigint as text. Every parameter is cast in the
 * text (`${id}::uuid`); JSON goes in as text.
 */
export type SqlRunner = <Row>(strings: readonly string[], ...values: readonly unknown[]) => Promise<Row[]>;

/** Statements that PostgreSQL keeps parsed, per connection. Filters can have any shape, so there is an end to them. */
const MAX_PREPARED = 200;

interface Prepared {
  readonly text: string;
  readonly name: string | undefined;
}

const byTemplate = new WeakMap<readonly string[], Prepared>();

/** The names are the process's: both bundles use the same connections, where one name means one text. */
const names = () => processSlot("db.statement-names", () => new Map<string, string>());

function prepare(strings: readonly string[]): Prepared {
  const known = byTemplate.get(strings);
  if (known) return known;
  const text = strings.reduce((joined, part, index) => `${joined}$${index}${part}`);
  const prepared = { text, name: nameOf(text) };
  byTemplate.set(strings, prepared);
  return prepared;
}

function nameOf(text: string): string | undefined {
  const known = names().get(text);
  if (known !== undefined || names().size >= MAX_PREPARED) return known;
  const name = `chalkroom_${names().size}`;
  names().set(text, name);
  return name;
}

/** A runner on one connection, or on whichever one of the pool is free. */
export function sqlOn(client: Pool | PoolClient): SqlRunner {
  return async <Row>(strings: readonly string[], ...values: readonly unknown[]) => {
    const { text, name } = prepare(strings);
    // pg's own type of a name does not allow undefined, its code does.
    const result = await client.query({
      text,
      values: values as unknown[],
      ...(name === undefined ? {} : { name }),
    });
    return result.rows as Row[];
  };
}

/** Statements outside a transaction. */
export function sqlOnPool(): SqlRunner {
  return processSlot("db.sql", () => sqlOn(pool()));
}
