import type { ScimOutcome } from "#generated/prisma/enums";
import { processSlot } from "#server/kernel/slot";

/** Upper bounds in seconds; a match takes about 2 ms, a change of 2,000 members may take a second. */
export const DURATION_BOUNDS = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const;

const METHODS: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Finished requests of one method and outcome since the process started. */
export interface RequestCounts {
  readonly method: string;
  readonly outcome: ScimOutcome;
  count: number;
  seconds: number;
  /** How many fell below each bound and above the one before; the last is for the rest. */
  readonly buckets: number[];
}

const counts = () => processSlot("scim.request-metrics", () => new Map<string, RequestCounts>());

/** Counts one finished request, whoever sent it. Unusual methods are one, so that nobody can make up labels. */
export function countRequest(method: string, outcome: ScimOutcome, durationMs: number): void {
  const known = METHODS.includes(method) ? method : "other";
  const key = `${known} ${outcome}`;
  const all = counts();
  let entry = all.get(key);
  if (!entry) {
    const buckets = Array.from({ length: DURATION_BOUNDS.length + 1 }, () => 0);
    entry = { method: known, outcome, count: 0, seconds: 0, buckets };
    all.set(key, entry);
  }
  const seconds = durationMs / 1_000;
  const bucket = DURATION_BOUNDS.findIndex((bound) => seconds <= bound);
  entry.count += 1;
  entry.seconds += seconds;
  entry.buckets[bucket < 0 ? DURATION_BOUNDS.length : bucket]! += 1;
}

/** All counts so far, for a scrape. */
export function requestCounts(): readonly RequestCounts[] {
  return [...counts().values()];
}
