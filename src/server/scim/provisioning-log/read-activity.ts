import type { WorkspaceScope } from "#server/db/index";
import { now } from "#server/kernel/clock";

import { findHours, findLastTimes, type HourCounts } from "./activity.repo";
import { findLastAction } from "./exchanges.repo";

const HOUR_MS = 3_600_000;
/** Entra comes about every 40 minutes; after several missed rounds somebody should look. */
const QUIET_MS = 3 * HOUR_MS;

/** Length of a bar of the chart, by the days it spans. */
const BUCKET_MS = { 1: HOUR_MS, 7: 6 * HOUR_MS, 30: 24 * HOUR_MS } as const;

export type ActivityDays = keyof typeof BUCKET_MS;

/** One bar of the chart: `at` is its first moment; each request counts in one of the four. */
export interface ActivityBucket {
  readonly at: Date;
  readonly reads: number;
  readonly writes: number;
  readonly refused: number;
  readonly failed: number;
}

/** The chart's bars, oldest first, without gaps; they start at whole hours, quarter days or days in UTC. */
export async function readActivity(scope: WorkspaceScope, days: ActivityDays): Promise<ActivityBucket[]> {
  const size = BUCKET_MS[days];
  const newest = Math.floor(now().getTime() / size) * size;
  const count = (days * 24 * HOUR_MS) / size;
  const first = newest - (count - 1) * size;
  const sums = Array.from({ length: count }, (_, index) => emptySum(new Date(first + index * size)));
  for (const hour of await findHours(scope, new Date(first))) {
    const sum = sums[Math.floor((hour.hour.getTime() - first) / size)];
    if (sum) add(sum, hour);
  }
  return sums;
}

interface Sum {
  at: Date;
  reads: number;
  writes: number;
  refused: number;
  failed: number;
}

const emptySum = (at: Date): Sum => ({ at, reads: 0, writes: 0, refused: 0, failed: 0 });

function add(sum: Sum, hour: HourCounts): void {
  sum.reads += hour.reads;
  sum.writes += hour.writes;
  sum.refused += hour.refused;
  sum.failed += hour.failed;
}

export type ScimHealth = "waiting" | "connected" | "quiet" | "failing";

/** How the identity provider is doing; the self-test's requests do not count. */
export interface ScimPulse {
  readonly lastRequestAt: Date | null;
  readonly lastSuccessAt: Date | null;
  /** Refused and failed requests since this hour of yesterday. */
  readonly errorsLastDay: number;
  readonly health: ScimHealth;
}

/** The connection's pulse, from the hourly counters. */
export async function readPulse(scope: WorkspaceScope): Promise<ScimPulse> {
  const at = now().getTime();
  const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
  const [times, hours, lastAction] = await Promise.all([
    findLastTimes(scope),
    findHours(scope, new Date(hour - 23 * HOUR_MS)),
    findLastAction(scope),
  ]);
  const day = emptySum(new Date(hour));
  const recent = emptySum(new Date(hour));
  for (const each of hours) {
    add(day, each);
    if (each.hour.getTime() >= hour - HOUR_MS) add(recent, each);
  }
  return {
    ...times,
    errorsLastDay: day.refused + day.failed,
    health: judge(times, recent, lastAction === "token.refused"),
  };

  function judge(
    { lastRequestAt, lastSuccessAt }: typeof times,
    { reads, writes, refused, failed }: Sum,
    lockedOut: boolean,
  ): ScimHealth {
    if (lastRequestAt === null) return "waiting";
    if (lockedOut || refused + failed > reads + writes) return "failing";
    return lastSuccessAt === null || at - lastSuccessAt.getTime() > QUIET_MS ? "quiet" : "connected";
  }
}
