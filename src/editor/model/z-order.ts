import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import { MODEL_LIMITS } from "./limits";

const zPattern = /^[A-Za-z][0-9A-Za-z]*$/;
const smallest = `A${"0".repeat(26)}`;

/**
 * True for a key that the fractional-indexing package can work with later. Checked on entry because one bad key
 * from a hostile client would make every insertion beside it throw, for everybody.
 */
export function isZKey(value: unknown): value is string {
  if (typeof value !== "string" || value.length > MODEL_LIMITS.zLength || !zPattern.test(value)) return false;
  const head = value.charCodeAt(0);
  const integerLength = head >= 97 ? head - 97 + 2 : 90 - head + 2;
  if (value.length < integerLength || value === smallest) return false;
  return value.length === integerLength || !value.endsWith("0");
}

/** Back to front: by key, then by id, so that two shapes made at the same moment stand in the same order everywhere. */
export function compareZ(a: { z: string; id: string }, b: { z: string; id: string }): number {
  if (a.z !== b.z) return a.z < b.z ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * `count` keys in rising order strictly between `below` and `above` (null: no neighbour).
 * When the neighbours share one key nothing fits between them, and the keys come right above `below` instead.
 * `suffix` (a few digits of the client's own, not ending in 0) keeps two people who insert at the same place
 * at the same moment from getting the same key; it is left out where it would jump over `above`.
 */
export function zKeysBetween(
  below: string | null,
  above: string | null,
  count: number,
  suffix = "",
): string[] {
  const upper = below !== null && above !== null && below >= above ? null : above;
  const keys = generateNKeysBetween(below, upper, count);
  if (suffix === "" || suffix.endsWith("0")) return keys;
  return keys.map((key, index) => {
    const next = keys[index + 1] ?? upper;
    const own = key + suffix;
    return own.length <= MODEL_LIMITS.zLength && (next === null || own < next) ? own : key;
  });
}

/** One key between two neighbours; see `zKeysBetween`. */
export function zKeyBetween(below: string | null, above: string | null, suffix = ""): string {
  return zKeysBetween(below, above, 1, suffix)[0] ?? generateKeyBetween(below, null);
}
