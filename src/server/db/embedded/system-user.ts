import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";

import type { PostgresBinaries } from "./binaries";

/** The user under whom PostgreSQL runs when we are root, because it refuses to run as root. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const USER = "chalkroom";
const SHARED_ROOT = "/var/lib/chalkroom";

/** Null for an ordinary user, who runs PostgreSQL as himself. As root: a system user of our own, made when missing. */
export function databaseUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  return findUser(USER) ?? makeUser() ?? findUser("postgres") ?? findUser("nobody") ?? fail();
}

function findUser(name: string): SystemUser | null {
  try {
    const id = (flag: string) =>
      Number(
        execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] })
          .toString()
          .trim(),
      );
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return null;
  }
}

function makeUser(): SystemUser | null {
  const attempts: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", USER]],
    ["adduser", ["-S", "-D", "-H", USER]],
  ];
  for (const [command, args] of attempts) {
    try {
      execFileSync(command, args, { stdio: "ignore" });
      return findUser(USER);
    } catch {
      // The next command, or the next existing user, may do.
    }
  }
  return null;
}

function fail(): never {
  throw new Error(
    "PostgreSQL does not run as root and no other user could be found or made. " +
      "Start Chalkroom as an ordinary user, or set DATABASE_URL.",
  );
}

/** Whether the user may walk down to this folder: every folder above it needs its execute bit for him. */
function canReach(user: SystemUser, path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat) {
      const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
      if ((stat.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Where the cluster's files go. Under a folder that the database's user cannot enter (a 0700 home), no
 * permission on the last folder helps: `wanted` is then a link to a folder of its own in /var/lib/chalkroom.
 * The link decides, so that a data folder that was deleted and made anew never meets its old cluster.
 */
export function reachableFolder(user: SystemUser | null, wanted: string): string {
  if (lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink()) return readlinkSync(wanted);
  if (user === null || existsSync(wanted) || canReach(user, dirname(wanted))) return wanted;
  const target = join(openFolder(SHARED_ROOT), `cluster-${randomBytes(8).toString("hex")}`);
  symlinkSync(target, wanted);
  return target;
}

/** The binaries themselves, or a copy of them where the database's user can read them. */
export function reachableBinaries(user: SystemUser | null, binaries: PostgresBinaries): PostgresBinaries {
  if (user === null || canReach(user, binaries.postgres)) return binaries;
  const stat = statSync(binaries.postgres);
  const key = createHash("sha256")
    .update(`${stat.size}:${Math.trunc(stat.mtimeMs)}:${binaries.root}`)
    .digest("hex");
  const copy = join(openFolder(SHARED_ROOT), `postgresql-${key.slice(0, 12)}`);
  if (!existsSync(copy)) {
    // Copied beside and renamed, so that a killed copy is never taken for a whole one.
    const partial = `${copy}.${process.pid}`;
    rmSync(partial, { recursive: true, force: true });
    cpSync(binaries.root, partial, { recursive: true, verbatimSymlinks: true });
    execFileSync("chmod", ["-R", "a+rX", partial]);
    renameInto(partial, copy);
  }
  return {
    root: copy,
    postgres: join(copy, "bin", "postgres"),
    initdb: join(copy, "bin", "initdb"),
  };
}

function renameInto(partial: string, target: string): void {
  try {
    renameSync(partial, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(partial, { recursive: true, force: true });
  }
}

function openFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
  accessSync(path, constants.W_OK);
  return path;
}
