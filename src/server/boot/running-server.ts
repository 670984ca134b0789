import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILE = "server.json";

/** Notes where the server of this data folder answers, so that the command line prints the right URLs. */
export function announceServer(dataDir: string, publicUrl: string): void {
  writeFileSync(join(dataDir, FILE), JSON.stringify({ pid: process.pid, publicUrl }));
}

export function withdrawServer(dataDir: string): void {
  rmSync(join(dataDir, FILE), { force: true });
}

/** The public URL of the server that uses this data folder, or used it last; null when none ever did. */
export function findServerUrl(dataDir: string): string | null {
  try {
    const { publicUrl } = JSON.parse(readFileSync(join(dataDir, FILE), "utf8")) as { publicUrl: string };
    return publicUrl;
  } catch {
    return null;
  }
}
