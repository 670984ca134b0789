import type { PoolClient } from "pg";

import { pool } from "./pool";
import { sqlOn, type SqlRunner } from "./sql";

/** How long a transaction may take before its connection is closed, which rolls it back. As Prisma's. */
const MAX_TRANSACTION_MS = 20_000;

/**
 * One transaction on one connection of the pool.
 * @throws what `work` throws, after the rollback; pg's DatabaseError with its SQLSTATE in `code`.
 */
export async function inSqlTransaction<T>(work: (sql: SqlRunner) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  const overdue = setTimeout(() => void client.end(), MAX_TRANSACTION_MS);
  // A connection that breaks between two statements tells so by an event; the next statement then fails by itself.
  client.on("error", ignore);
  try {
    await client.query("BEGIN");
    const result = await work(sqlOn(client));
    const { command } = await client.query("COMMIT");
    // PostgreSQL answers the COMMIT of a transaction in which a statement failed by rolling it back, without an error.
    if (command !== "COMMIT") throw new Error("The transaction was rolled back at its end.");
    release(client, overdue);
    return result;
  } catch (error) {
    const lost = await client.query("ROLLBACK").then(
      () => false,
      () => true,
    );
    release(client, overdue, lost);
    throw error;
  }
}

/** @param broken a connection that cannot even roll back is not used again. */
function release(client: PoolClient, overdue: NodeJS.Timeout, broken = false): void {
  clearTimeout(overdue);
  client.off("error", ignore);
  client.release(broken);
}

function ignore(): void {}
