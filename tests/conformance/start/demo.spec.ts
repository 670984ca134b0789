import { createServer } from "node:net";

import { afterAll, expect, it } from "vitest";

import { removeDataFolder } from "../../../src/server/db/embedded/cluster";
import { findPostmaster, newDataFolder, runNode } from "../../support/app";

const dataDir = newDataFolder();
afterAll(() => removeDataFolder(dataDir));

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

/** The demo checks each of its own sentences and fails when one is not true; here only that it gets to its end, twice. */
it(
  "the demo runs from the start to the cut-off, and again on the same folder",
  { timeout: 300_000 },
  async () => {
    for (let run = 1; run <= 2; run++) {
      const [port, idpPort] = [await freePort(), await freePort()];
      const { status, stdout, stderr } = await runNode(["scripts/demo.mjs", "--once"], {
        env: { PORT: String(port), IDP_PORT: String(idpPort), DATA_DIR: dataDir },
      });
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/her socket was closed with 4403, [\d.]+ ms after Entra sent the PATCH/);
      expect(stdout).toMatch(/From the SCIM PATCH to the closed socket: [\d.]+ ms/);
      expect(findPostmaster(dataDir)).toBeNull();
      await expect(fetch(`http://localhost:${port}/api/health/live`)).rejects.toThrow();
    }
  },
);
