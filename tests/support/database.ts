import { randomBytes } from "node:crypto";

import { Client } from "pg";
import { afterAll, beforeAll, inject } from "vitest";

import { db, disconnect } from "../../src/server/db/index";

async function onCluster(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject("clusterUrl") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * Gives the test file a database of its own, cloned from the migrated template, and points DATABASE_URL at it.
 * Call it at the top level of the file.
 */
export function useTestDatabase(): { readonly url: () => string } {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = () => {
    const target = new URL(inject("clusterUrl"));
    target.pathname = `/${name}`;
    return target.toString();
  };
  beforeAll(async () => {
    await onCluster(`CREATE DATABASE ${name} TEMPLATE template_chalkroom`);
    process.env["DATABASE_URL"] = url();
  });
  afterAll(async () => {
    await disconnect();
    await onCluster(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  return { url };
}

/** How many statements of this file's database wait for somebody's lock: the condition to wait for in a race. */
export async function countLockWaits(): Promise<number> {
  const rows = await db().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return rows[0]?.n ?? 0;
}
