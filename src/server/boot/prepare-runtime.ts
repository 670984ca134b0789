import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { disconnect } from "#server/db/index";
import { startCluster } from "#server/db/embedded/cluster";
import { migrate } from "#server/db/migrate";
import { env, provideEnv } from "#server/kernel/env";

import { readOrMakeAppSecret } from "./app-secret";

/** What a process that has been prepared gives back at its end. */
export interface Runtime {
  readonly migrations: readonly string[];
  /** Closes the pool and leaves the embedded database (stopping it when nobody else uses it). */
  release(): Promise<void>;
}

/**
 * Everything a server or a command needs before its first query: a checked environment, the secret, a database
 * that runs and is up to date.
 * @param root the folder with prisma/migrations.
 * @throws EnvError with all problems of the environment; Error when the database cannot be reached or migrated.
 */
export async function prepareRuntime(root: string): Promise<Runtime> {
  const { dataDir, appSecret, databaseUrl } = env();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (appSecret === undefined) provideEnv({ appSecret: readOrMakeAppSecret(dataDir) });
  const cluster = databaseUrl === undefined ? await startCluster(dataDir) : null;
  if (cluster) provideEnv({ databaseUrl: cluster.url });
  try {
    const migrations = await migrate(cluster?.url ?? databaseUrl!, join(root, "prisma", "migrations"));
    return {
      migrations,
      async release() {
        await disconnect();
        await cluster?.release();
      },
    };
  } catch (error) {
    await cluster?.release();
    throw error;
  }
}
