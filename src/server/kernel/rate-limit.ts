import { processSlot } from "./slot";

interface Bucket {
  tokens: number;
  at: number;
}

export interface RateLimit {
  /** The burst that is allowed at once. */
  readonly capacity: number;
  readonly refillPerSecond: number;
}

const MAX_KEYS = 50_000;

/**
 * A token bucket per (name, key), in this process's memory.
 * @returns 0 when the call may go on, else the whole seconds to wait (for Retry-After).
 */
export function takeToken(name: string, key: string, limit: RateLimit, nowMs: number = Date.now()): number {
  const tokens = tokensLeft(name, key, limit, nowMs);
  if (tokens < 1) {
    keep(name, key, { tokens, at: nowMs });
    return Math.ceil((1 - tokens) / limit.refillPerSecond);
  }
  keep(name, key, { tokens: tokens - 1, at: nowMs });
  return 0;
}

/**
 * Takes one more token for a call that was let through and turned out to be many. The bucket may go into debt, so
 * that nothing stops half-way and whoever comes next waits.
 */
export function chargeToken(name: string, key: string, limit: RateLimit, nowMs: number = Date.now()): void {
  keep(name, key, { tokens: tokensLeft(name, key, limit, nowMs) - 1, at: nowMs });
}

const bucketsOf = (name: string) => processSlot(`rate-limit.${name}`, () => new Map<string, Bucket>());

function tokensLeft(name: string, key: string, limit: RateLimit, nowMs: number): number {
  const bucket = bucketsOf(name).get(key) ?? { tokens: limit.capacity, at: nowMs };
  return Math.min(limit.capacity, bucket.tokens + ((nowMs - bucket.at) / 1000) * limit.refillPerSecond);
}

/** Re-inserting keeps the map in order of last use, so the oldest key is the first one when room is needed. */
function keep(name: string, key: string, bucket: Bucket): void {
  const buckets = bucketsOf(name);
  buckets.delete(key);
  if (buckets.size >= MAX_KEYS) buckets.delete(buckets.keys().next().value!);
  buckets.set(key, bucket);
}
