import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import type { SystemUser } from "./system-user";

/** The cluster's only role. */
export const SUPERUSER = "chalkroom";

/** initdb works beside the final place and is renamed into it: a killed initdb leaves nothing that looks whole. */
export function initialise(initdb: string, folder: string, password: string, user: SystemUser | null): void {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  const partial = join(parent, `${basename(folder)}.new`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  const passwordFile = join(partial, "..", `${basename(folder)}.pw`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== null) {
    chownSync(partial, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  try {
    execFileSync(
      initdb,
      [
        `--pgdata=${partial}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // Letters beyond ASCII fold by Unicode, the same on every machine; the C locale's lower() leaves "Ä" alone.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
      ],
      { cwd: partial, stdio: "pipe", env: cleanEnvironment(), ...user },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  chmodSync(partial, 0o700);
  renameSync(partial, folder);
}

/** Another installation's PG* variables and LD_LIBRARY_PATH must not reach ours. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    LC_ALL: "C",
    NODE_ENV: "production",
  };
}
