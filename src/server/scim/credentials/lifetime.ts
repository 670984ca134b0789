import { now } from "#server/kernel/clock";

/** A month to change a credential over is plenty; a longer overlap is a second credential that nobody watches. */
export const MAX_OVERLAP_HOURS = 720;
export const MAX_TOKEN_DAYS = 730;
/** Entra's gallery takes client secrets that live one to three years. */
export const MAX_SECRET_DAYS = 1095;
export const DEFAULT_SECRET_DAYS = 730;

const HOUR_MS = 3_600_000;

/** How a new credential follows an old one. */
export interface Succession {
  /** How long the present one goes on working beside the new one; 0 or nothing ends it at once. */
  readonly overlapHours?: number | undefined;
  /** When the new one ends by itself; null or nothing is never. */
  readonly expiresInDays?: number | null | undefined;
}

/** A credential's beginning and end. One reading of the clock: its length is to the millisecond what was chosen. */
export interface Lifetime {
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

/** From now on for so many milliseconds. */
export function lastingMs(ms: number): Lifetime {
  const createdAt = now();
  return { createdAt, expiresAt: new Date(createdAt.getTime() + ms) };
}

/** From now on for so many days; null or nothing is for ever. */
export function lastingDays(days: number | null | undefined): Lifetime {
  return days == null ? { createdAt: now(), expiresAt: null } : lastingMs(days * 24 * HOUR_MS);
}

/** The ids of credentials that end at a moment. */
export interface Ending {
  readonly ids: readonly string[];
  readonly at: Date;
}

/**
 * What ends when a new credential comes: the newest lives on through the overlap, and everything older ends at once,
 * so that never more than two are alive.
 */
export function endingsFor(newestFirst: readonly { readonly id: string }[], overlapHours = 0): Ending[] {
  const [newest, ...older] = newestFirst.map(({ id }) => id);
  const at = now();
  const endings: Ending[] = [{ ids: older, at }];
  if (newest !== undefined) {
    endings.push({ ids: [newest], at: new Date(at.getTime() + overlapHours * HOUR_MS) });
  }
  return endings.filter(({ ids }) => ids.length > 0);
}
