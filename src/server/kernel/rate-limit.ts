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
  const buckets = processSlot(`rate-limit.${name}`, () => new Map<string, Bucket>());
  const bucket = buckets.get(key) ?? { tokens: limit.capacity, at: nowMs };
  const tokens = Math.min(
    limit.capacity,
    bucket.tokens + ((nowMs - bucket.at) / 1000) * limit.refillPerSecond,
  );
  // Re-inserting keeps the map in order of last use, so the oldest key is the first one when room is needed.
  buckets.delete(key);
  if (buckets.size >= MAX_KEYS) buckets.delete(buckets.keys().next().value!);
  if (tokens < 1) {
    buckets.set(key, { tokens, at: nowMs });
    return Math.ceil((1 - tokens) / limit.refillPerSecond);
  }
  buckets.set(key, { tokens: tokens - 1, at: nowMs });
  return 0;
}
