import { Pool } from "pg";

import { env } from "#server/kernel/env";
import { AppError } from "#server/kernel/errors";
import { log } from "#server/kernel/logger";
import { processSlot } from "#server/kernel/slot";

const POOL_SIZE = 20;
/** How long a request may wait for a free connection. */
const CONNECT_TIMEOUT_MS = 10_000;

/** The process's one pool of connections: Prisma and the SQL beside it share it, so that neither can starve the other. */
export function pool(): Pool {
  return processSlot("pool", () => {
    const url = env().databaseUrl;
    if (url === undefined) throw new AppError("INTERNAL", "DATABASE_URL is not set");
    const made = new Pool({
      connectionString: url,
      max: POOL_SIZE,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    // An idle connection that the database closes is replaced by the next query; without a listener it ends the process.
    // The error carries the whole client with it, which is no line for a log.
    made.on("error", (error) =>
      log().warn({ reason: error.message }, "an idle database connection was lost"),
    );
    return made;
  });
}
