import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

import { Client } from "pg";

import { removeDataFolder, startCluster } from "../src/server/db/embedded/cluster";
import { disconnect } from "../src/server/db/index";
import { migrate } from "../src/server/db/migrate";
import { provideEnv } from "../src/server/kernel/env";
import { newDataFolder, startApp } from "../tests/support/app";
import { connectScim } from "../tests/support/scim-in-process";

import type { HttpTarget } from "./http-load";

const SECRET = "bench-secret-bench-secret-bench-secret";
/** The rate limit is per workspace; the work is spread so that it does not count. */
export const WORKSPACES = 12;

export interface Side {
  readonly pid: number;
  /** The target of one of the workspaces. */
  target(index: number): HttpTarget;
  /** The path of that workspace's users. */
  users(index: number): string;
  /** The path of that workspace's groups. */
  groups(index: number): string;
  workspaceId(index: number): string;
}

export interface Bench {
  readonly app: Side;
  readonly bare: Side;
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/** The production server and the bare one, as processes of their own on one new embedded PostgreSQL. */
export async function startBoth(appEnv: Readonly<Record<string, string>> = {}): Promise<Bench> {
  const dataDir = newDataFolder();
  const cluster = await startCluster(dataDir);
  await migrate(cluster.url, "prisma/migrations");
  provideEnv({ databaseUrl: cluster.url, appSecret: SECRET });
  const connections = await Promise.all(Array.from({ length: WORKSPACES }, () => connectScim()));
  await disconnect();
  await makeBareTable(cluster.url);
  const bare = await startBare(cluster.url);
  const app = await startApp({
    env: { ...appEnv, DATABASE_URL: cluster.url, APP_SECRET: SECRET, LOG_LEVEL: "info" },
  });
  const of = (index: number) => connections[index % WORKSPACES]!;
  return {
    databaseUrl: cluster.url,
    app: {
      pid: app.pid,
      target: (index) => ({ port: app.port, headers: { authorization: `Bearer ${of(index).target.token}` } }),
      users: () => "/public-api/scim-v2/Users",
      groups: () => "/public-api/scim-v2/Groups",
      workspaceId: (index) => of(index).scope.workspaceId,
    },
    bare: {
      pid: bare.child.pid!,
      target: () => ({ port: bare.port }),
      users: (index) => `/${of(index).scope.workspaceId}/Users`,
      groups: (index) => `/${of(index).scope.workspaceId}/Groups`,
      workspaceId: (index) => of(index).scope.workspaceId,
    },
    async close() {
      bare.child.kill();
      await app.dispose();
      await cluster.release();
      removeDataFolder(dataDir);
    },
  };
}

async function makeBareTable(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE "BareMember" (LIKE "Member" INCLUDING ALL)');
  await client.query('CREATE TABLE "BareMembership" (LIKE "GroupMembership" INCLUDING ALL)');
  await client.end();
}

function startBare(url: string): Promise<{ child: ChildProcess; port: number }> {
  const program = fileURLToPath(new URL("bare-server.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program], {
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("exit", (status) => reject(new Error(`The bare server ended with ${status}.`)));
    child.stdout.setEncoding("utf8").once("data", (text: string) => {
      resolve({ child, port: Number(/\d+/.exec(text)?.[0]) });
    });
  });
}
