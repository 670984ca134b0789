import { CLOSE } from "#shared/board-protocol";

const BASE_MS = 500;
const MAX_MS = 10_000;
/** After "too many frames": coming back at once would only earn the same. */
const RATE_LIMIT_MS = 2_000;

/**
 * Milliseconds to wait before the next attempt: exponential with full jitter, so that a thousand clients of a
 * restarted server do not return in the same instant.
 * @param attempt failures since the last working link, from 0.
 * @param chance in [0, 1).
 */
export function reconnectDelay(attempt: number, code: number, chance: number): number {
  if (code === CLOSE.restart && attempt === 0) return chance * BASE_MS;
  const ceiling = Math.min(MAX_MS, BASE_MS * 2 ** Math.min(attempt, 10));
  return (code === CLOSE.rateLimit ? RATE_LIMIT_MS : 0) + chance * ceiling;
}
