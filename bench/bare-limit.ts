import { randomUUID } from "node:crypto";

import { Pool } from "pg";

/**
 * The least that a create and a match must cost on this database: one committed row by plain SQL, and one
 * indexed look-up, without HTTP forms, validation, audit or a token. Everything above it is ours to answer for.
 */
export interface BareLimit {
  insert(index: number): Promise<number>;
  select(index: number): Promise<number>;
  close(): Promise<void>;
}

/** @param parallel as many connections as the measured work has workers. */
export async function openBareLimit(databaseUrl: string, parallel: number): Promise<BareLimit> {
  const pool = new Pool({ connectionString: databaseUrl, max: parallel });
  pool.on("error", () => {
    // Connections that are closing when the database stops: the run is over by then.
  });
  await pool.query('CREATE TABLE "BenchRow" (id uuid PRIMARY KEY, name text UNIQUE, body jsonb)');
  const timed = async (sql: string, values: readonly unknown[]) => {
    const startedAt = performance.now();
    await pool.query(sql, [...values]);
    return performance.now() - startedAt;
  };
  return {
    insert: (index) =>
      timed('INSERT INTO "BenchRow" VALUES ($1, $2, $3)', [randomUUID(), `person.${index}`, { index }]),
    select: (index) => timed('SELECT * FROM "BenchRow" WHERE name = $1', [`person.${index}`]),
    close: () => pool.end(),
  };
}
