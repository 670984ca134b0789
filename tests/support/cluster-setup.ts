import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Client } from "pg";
import type { TestProject } from "vitest/node";

import { removeDataFolder, startCluster } from "../../src/server/db/embedded/cluster";
import { migrate } from "../../src/server/db/migrate";

declare module "vitest" {
  interface ProvidedContext {
    clusterUrl: string;
  }
}

/** One embedded PostgreSQL a run, with a migrated template that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "chalkroom-test-"));
  const cluster = await startCluster(dataDir, {
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" },
  });
  const client = new Client({ connectionString: cluster.url });
  await client.connect();
  await client.query("CREATE DATABASE template_chalkroom");
  await client.end();
  const template = new URL(cluster.url);
  template.pathname = "/template_chalkroom";
  await migrate(template.toString(), "prisma/migrations");
  project.provide("clusterUrl", cluster.url);
  return async () => {
    await cluster.release();
    removeDataFolder(dataDir);
  };
}
