/** How far the provider's clock and ours may differ, in milliseconds. Entra adds no buffer of its own. */
export const SKEW_MS = 60_000;

/** xs:dateTime in UTC, as SAML core 1.3.3 demands; fractions may have any length. */
const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,12}))?(?:Z|\+00:00)$/;

/** A SAML instant, or null for anything that is not one (local times and other offsets included). */
export function parseInstant(value: string | null): Date | null {
  const match = INSTANT.exec(value ?? "");
  if (!match) return null;
  const parsed = new Date(`${match[1]}.${(match[2] ?? "").padEnd(3, "0").slice(0, 3)}Z`);
  return Number.isNaN(parsed.getTime()) ? null : parsed;
}
