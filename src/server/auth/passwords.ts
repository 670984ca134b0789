import { hash, verify } from "@node-rs/argon2";

import { AppError } from "#server/kernel/errors";

const MIN_LENGTH = 8;
const MAX_LENGTH = 256;

// Argon2id with 19 MiB, two passes, one lane: the first choice of OWASP's password storage cheat sheet.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// The hash of a password nobody knows any more: checking it takes as long as checking a real one.
let decoy: Promise<string> | undefined;

/** @throws AppError BAD_INPUT for a password that is too short, or so long that hashing it is an attack. */
export function assertUsablePassword(password: string): void {
  if (password.length < MIN_LENGTH || password.length > MAX_LENGTH) {
    throw new AppError("BAD_INPUT", `A password has ${MIN_LENGTH} to ${MAX_LENGTH} characters.`);
  }
}

/** Hashes with argon2id; the result carries its parameters and salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), COST);
}

/**
 * Whether the password is the one behind the hash. Without a hash (nobody has this address) it works as
 * long and says no, so that the time of an answer does not tell who has an account.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  if (password.length > MAX_LENGTH) return false;
  decoy ??= hashPassword(crypto.randomUUID());
  const matches = await verify(passwordHash ?? (await decoy), password.normalize("NFC"));
  return matches && passwordHash !== null;
}
