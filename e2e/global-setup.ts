import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { startWorld } from "../tests/support/world";

/**
 * Starts the built app and the test identity provider for all journeys. What they need to know lies in a file
 * whose path is in CHALKROOM_E2E_WORLD; Playwright's workers inherit the variable (`world.ts` reads it).
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const { world, dispose } = await startWorld();
  const file = join(world.dataDir, "e2e-world.json");
  writeFileSync(file, JSON.stringify(world), { mode: 0o600 });
  process.env["CHALKROOM_E2E_WORLD"] = file;
  return dispose;
}
