const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "just now", "3 minutes ago", "yesterday" within a week either way; "14 March 2026" beyond it. */
export function formatWhen(at: Date, now: Date, timeZone?: string): string {
  const delta = at.getTime() - now.getTime();
  const distance = Math.abs(delta);
  if (distance < 45_000) return "just now";
  if (distance < HOUR) return relative.format(Math.round(delta / MINUTE), "minute");
  if (distance < DAY) return relative.format(Math.round(delta / HOUR), "hour");
  if (distance < 7 * DAY) return relative.format(Math.round(delta / DAY), "day");
  return formatDay(at, timeZone);
}

/** "14 March 2026". */
export function formatDay(at: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", ...(timeZone ? { timeZone } : {}) }).format(
    at,
  );
}

/** "14 March 2026 at 16:05:09 CET", for hovering over a short form. */
export function formatFull(at: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    dateStyle: "long",
    timeStyle: "long",
    ...(timeZone ? { timeZone } : {}),
  }).format(at);
}
