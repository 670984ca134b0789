import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The installation's secret: made on the first start and kept readable for its owner only. */
export function readOrMakeAppSecret(dataDir: string): string {
  const path = join(dataDir, "app-secret");
  if (!existsSync(path)) {
    try {
      writeFileSync(path, randomBytes(48).toString("base64url"), { mode: 0o600, flag: "wx" });
    } catch (error) {
      // Another process of this installation was quicker; its secret is the one.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return readFileSync(path, "utf8").trim();
}
