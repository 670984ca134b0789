import { PrismaPg } from "@prisma/adapter-pg";

import { PrismaClient } from "#generated/prisma/client";
import { clearProcessSlot, processSlot } from "#server/kernel/slot";

import { pool } from "./pool";

/** The process's one Prisma client, shared by both bundles. Only this folder and `*.repo.ts` use it. */
export function db(): PrismaClient {
  return processSlot("prisma", () => {
    const adapter = new PrismaPg(pool());
    return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 20_000 } });
  });
}

/** Closes the pool; the next `db()` opens a new one. */
export async function disconnect(): Promise<void> {
  await db().$disconnect();
  await pool().end();
  for (const slot of ["prisma", "pool", "db.sql"]) clearProcessSlot(slot);
}
