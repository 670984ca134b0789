import { randomInt } from "node:crypto";

import { sha256Hex } from "#server/kernel/crypto";

// Without 0, O, 1, I and L, which people mix up when they type from a log.
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** A new one-time code such as `K7QF-2M9D-X4TA`: twelve characters, 59 random bits. */
export function newSetupCode(): string {
  const characters = Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]!);
  return [0, 4, 8].map((start) => characters.slice(start, start + 4).join("")).join("-");
}

/** The hash that is stored and compared; spaces, hyphens and case do not matter to who types it. */
export function hashSetupCode(code: string): string {
  return sha256Hex(code.toUpperCase().replace(/[^0-9A-Z]/g, ""));
}
