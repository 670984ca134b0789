import { db } from "./client";

/** Whether the database answers a trivial query within two seconds. */
export async function isDatabaseReady(): Promise<boolean> {
  const timeout = new Promise<false>((resolve) => setTimeout(() => resolve(false), 2_000).unref());
  const query = db().$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
  return Promise.race([query, timeout]);
}
