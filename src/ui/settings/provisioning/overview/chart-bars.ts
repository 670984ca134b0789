/** One bar's counts; a request counts once, as refused or failed when it was. */
export interface Activity {
  readonly at: Date;
  readonly reads: number;
  readonly writes: number;
  readonly refused: number;
  readonly failed: number;
}

export type ChartDays = 1 | 7 | 30;

export interface Bar {
  readonly from: Date;
  readonly to: Date;
  readonly reads: number;
  readonly writes: number;
  readonly errors: number;
  readonly total: number;
}

const HOUR_MS = 3_600_000;
const BAR_MS: Readonly<Record<ChartDays, number>> = { 1: HOUR_MS, 7: 6 * HOUR_MS, 30: 24 * HOUR_MS };

/** The activity as the chart's bars, oldest first. */
export function chartBars(activity: readonly Activity[], days: ChartDays): Bar[] {
  return activity.map(({ at, reads, writes, refused, failed }) => ({
    from: at,
    to: new Date(at.getTime() + BAR_MS[days]),
    reads,
    writes,
    errors: refused + failed,
    total: reads + writes + refused + failed,
  }));
}

/** All bars as one, for the time that none is looked at. */
export function sumOf(bars: readonly Bar[]): Pick<Bar, "reads" | "writes" | "errors"> {
  return {
    reads: bars.reduce((sum, bar) => sum + bar.reads, 0),
    writes: bars.reduce((sum, bar) => sum + bar.writes, 0),
    errors: bars.reduce((sum, bar) => sum + bar.errors, 0),
  };
}

/** The top of the scale: the next 1, 2 or 5 with zeros, at least 4, so that one request is no tower. */
export function scaleTop(bars: readonly Bar[]): number {
  const most = Math.max(4, ...bars.map((bar) => bar.total));
  if (most === 4) return 4;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= most) ?? most;
}

/**
 * The heights of a bar's parts, from the bottom, within `height` pixels. What happened at all is at least two
 * pixels high: one refused request among thousands is the thing to see.
 */
export function stack(
  bar: Bar,
  top: number,
  height: number,
): readonly { readonly part: "reads" | "writes" | "errors"; readonly y: number; readonly height: number }[] {
  let y = height;
  return (["reads", "writes", "errors"] as const)
    .filter((part) => bar[part] > 0)
    .map((part) => {
      const size = Math.max(2, (bar[part] / top) * height);
      y = Math.max(0, y - size);
      return { part, y, height: size };
    });
}

/** "14:00 to 15:00", "Mon 23 Nov, 12:00 to 18:00", "Monday 23 November" (days of the chart are days in UTC). */
export function spanOf({ from, to }: Bar, days: ChartDays, timeZone?: string): string {
  const zone = timeZone ? { timeZone } : {};
  if (days === 30) {
    return new Intl.DateTimeFormat("en-GB", {
      weekday: "long",
      day: "numeric",
      month: "long",
      timeZone: "UTC",
    }).format(from);
  }
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", ...zone });
  const hours = `${time.format(from)} to ${time.format(to)}`;
  if (days === 1) return hours;
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", ...zone });
  return `${day.format(from)}, ${hours}`;
}
