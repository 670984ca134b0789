import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, expect, it } from "vitest";

import { runNode } from "../../support/app";

const parent = mkdtempSync(join(tmpdir(), "chalkroom-env-"));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

it("a wrong environment is refused with all problems at once, and nothing is made", async () => {
  const dataDir = join(parent, "data");
  const { status, stdout, stderr } = await runNode(["scripts/start.mjs"], {
    env: {
      PORT: "http",
      PUBLIC_URL: "boards.example.com",
      DATABASE_URL: "mysql://db",
      APP_SECRET: "short",
      METRICS_TOKEN: "short",
      LOG_LEVEL: "loud",
      DATA_DIR: dataDir,
    },
  });
  expect(status).toBe(1);
  for (const name of ["PORT", "PUBLIC_URL", "DATABASE_URL", "APP_SECRET", "METRICS_TOKEN", "LOG_LEVEL"]) {
    expect(stderr).toContain(`- ${name} `);
  }
  expect(stderr).not.toContain("    at ");
  expect(stdout).not.toContain("ready");
  expect(existsSync(dataDir)).toBe(false);
});

it("a database that does not answer is named as the reason, without its password", async () => {
  const { status, stderr } = await runNode(["scripts/start.mjs"], {
    env: {
      DATABASE_URL: "postgresql://chalkroom:hunter2hunter2@127.0.0.1:1/chalkroom",
      DATA_DIR: parent,
      PORT: "0",
    },
  });
  expect(status).toBe(1);
  expect(stderr).toContain("Chalkroom could not start");
  expect(stderr).not.toContain("hunter2");
  expect(stderr).not.toContain("    at ");
});

it("a taken port ends the start with a reason and leaves no database behind", async () => {
  const { createServer } = await import("node:http");
  const blocker = createServer();
  const port = await new Promise<number>((done) =>
    blocker.listen(0, "0.0.0.0", () => done((blocker.address() as { port: number }).port)),
  );
  try {
    const { status, stderr } = await runNode(["scripts/start.mjs"], {
      env: { PORT: String(port), DATA_DIR: parent },
    });
    expect(status).toBe(1);
    expect(stderr).toContain(String(port));
    expect(existsSync(join(parent, "postgres", "postmaster.pid"))).toBe(false);
  } finally {
    blocker.close();
  }
});
