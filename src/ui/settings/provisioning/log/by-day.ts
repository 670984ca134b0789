/** A local day's rows, under their heading. */
export interface Day<T> {
  /** "Today", "Yesterday", "Monday 23 November". */
  readonly name: string;
  readonly entries: readonly T[];
}

/** Rows, newest first, under the days of the reader's time zone. */
export function byDay<T extends { readonly at: Date }>(
  entries: readonly T[],
  now: Date,
  timeZone?: string,
): Day<T>[] {
  const zone = timeZone ? { timeZone } : {};
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", ...zone });
  const today = day.format(now);
  const yesterday = day.format(new Date(now.getTime() - 86_400_000));
  const days: { name: string; entries: T[] }[] = [];
  for (const entry of entries) {
    const written = day.format(entry.at);
    const name = written === today ? "Today" : written === yesterday ? "Yesterday" : written;
    const last = days.at(-1);
    if (last?.name === name) last.entries.push(entry);
    else days.push({ name, entries: [entry] });
  }
  return days;
}
