import { existsSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startApp } from "../../support/app";
import {
  answers,
  findDebianPostgres,
  startDebianPostgres,
  startOtherCluster,
  type OrdinaryPostgres,
} from "../../support/ordinary-postgres";

const debian = findDebianPostgres();

/** The system's PostgreSQL is the oldest one we promise to work with, where it is installed. */
const servers: readonly (readonly [string, () => Promise<OrdinaryPostgres>])[] = [
  ["another embedded cluster", startOtherCluster],
  ...(debian === null
    ? []
    : [[`the system's PostgreSQL (${debian})`, () => startDebianPostgres(debian)] as const]),
];

describe.each(servers)("with DATABASE_URL on %s", (_name, start) => {
  let database: OrdinaryPostgres;
  beforeAll(async () => {
    database = await start();
  });
  afterAll(() => database.stop());

  it("the app migrates it, starts no database of its own, and finds everything at the next start", async () => {
    const env = { DATABASE_URL: database.url };
    const app = await startApp({ env });
    try {
      await app.cli(
        [
          "workspace",
          "create",
          "--slug",
          "acme",
          "--name",
          "Acme",
          "--owner-email",
          "ann@acme.example",
        ].concat(["--owner-name", "Ann", "--owner-password-stdin"]),
        "correct horse battery\n",
      );
      expect((await fetch(`${app.baseUrl}/api/health/ready`)).status).toBe(200);
      expect(existsSync(join(app.dataDir, "postgres"))).toBe(false);
      expect(await app.stop()).toBe(0);
      expect(await answers(database.url)).toBe(true);

      const again = await startApp({ env, dataDir: app.dataDir });
      expect(again.setupCode).toBeNull();
      expect(await again.cli(["member", "list", "--workspace", "acme"])).toMatchObject([{ role: "owner" }]);
      expect(await again.stop("SIGINT")).toBe(0);
    } finally {
      await app.dispose();
    }
  });
});
