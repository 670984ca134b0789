/** Lengths of time that a filter offers, in hours. */
const RANGE_HOURS = { "1h": 1, "24h": 24, "7d": 168, "30d": 720 } as const;

export type LogRange = keyof typeof RANGE_HOURS;

/** "problems" is refused and failed together. */
export type LogOutcome = "done" | "unchanged" | "refused" | "failed" | "problems";

/** What of the log is shown; everything when nothing is set. As it stands in the page's address. */
export interface LogFilters {
  /** A member's or group's id. */
  readonly who: string | null;
  readonly outcome: LogOutcome | null;
  readonly changesOnly: boolean;
  readonly range: LogRange | null;
  /** A fixed span, from the chart; it and `range` exclude each other. */
  readonly span: { readonly from: Date; readonly to: Date } | null;
}

export const NO_FILTERS: LogFilters = {
  who: null,
  outcome: null,
  changesOnly: false,
  range: null,
  span: null,
};

const OUTCOMES: readonly string[] = ["done", "unchanged", "refused", "failed", "problems"];
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Filters from the page's address. What is not understood is left out: an old link shows more, never an error. */
export function parseFilters(query: { get(name: string): string | null }): LogFilters {
  const who = query.get("who");
  const outcome = query.get("outcome");
  const range = query.get("range");
  const span = parseSpan(query.get("from"), query.get("to"));
  return {
    who: who !== null && UUID.test(who) ? who : null,
    outcome: outcome !== null && OUTCOMES.includes(outcome) ? (outcome as LogOutcome) : null,
    changesOnly: query.get("changes") === "1",
    range: span === null && range !== null && Object.hasOwn(RANGE_HOURS, range) ? (range as LogRange) : null,
    span,
  };
}

function parseSpan(from: string | null, to: string | null): LogFilters["span"] {
  if (from === null || to === null) return null;
  const span = { from: new Date(from), to: new Date(to) };
  return span.from < span.to ? span : null;
}

/** The filters as the address's query, without "?"; empty without filters. */
export function printFilters(filters: LogFilters): string {
  const query = new URLSearchParams();
  if (filters.who !== null) query.set("who", filters.who);
  if (filters.outcome !== null) query.set("outcome", filters.outcome);
  if (filters.changesOnly) query.set("changes", "1");
  if (filters.range !== null) query.set("range", filters.range);
  if (filters.span !== null) {
    query.set("from", filters.span.from.toISOString());
    query.set("to", filters.span.to.toISOString());
  }
  return query.toString();
}

/** The filters as the server takes them. A range ends now, and stays where it began while one reads on. */
export function toLogQuery(filters: LogFilters, now: Date) {
  const { who, outcome, changesOnly, range, span } = filters;
  return {
    ...(who === null ? {} : { subjectId: who }),
    ...(outcome === null
      ? {}
      : { outcome: outcome === "problems" ? (["refused", "failed"] as ("refused" | "failed")[]) : outcome }),
    ...(changesOnly ? { writesOnly: true } : {}),
    ...(range === null ? {} : { from: new Date(now.getTime() - RANGE_HOURS[range] * 3_600_000) }),
    ...span,
  };
}
