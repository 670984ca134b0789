import { PrismaPg } from "@prisma/adapter-pg";

import { PrismaClient } from "#generated/prisma/client";
import { env } from "#server/kernel/env";
import { AppError } from "#server/kernel/errors";
import { clearProcessSlot, processSlot } from "#server/kernel/slot";

const POOL_SIZE = 20;

/** The process's one Prisma client and pool, shared by both bundles. Only this folder and `*.repo.ts` use it. */
export function db(): PrismaClient {
  return processSlot("prisma", () => {
    const url = env().databaseUrl;
    if (url === undefined) throw new AppError("INTERNAL", "DATABASE_URL is not set");
    const adapter = new PrismaPg({ connectionString: url, max: POOL_SIZE, idleTimeoutMillis: 30_000 });
    return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 20_000 } });
  });
}

/** Closes the pool; the next `db()` opens a new one. */
export async function disconnect(): Promise<void> {
  await db().$disconnect();
  clearProcessSlot("prisma");
}
