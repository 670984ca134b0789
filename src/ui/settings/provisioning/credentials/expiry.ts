import { formatDay } from "../../../components/format-time";
import type { Tone } from "../../../components/badge";
import { countOf } from "../count-of";

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;
const NOW_DAYS = 7;

/** When a credential ends, in words, and how urgent that is. Null for one that never does. */
export function expiryOf(
  expiresAt: Date | null,
  now: Date,
): { readonly tone: Tone; readonly words: string } | null {
  if (!expiresAt) return null;
  const left = expiresAt.getTime() - now.getTime();
  if (left <= 0) return { tone: "danger", words: "Has expired" };
  const days = Math.floor(left / DAY_MS);
  const hours = Math.max(1, Math.round(left / 3_600_000));
  if (days < 2) return { tone: "danger", words: `Ends in ${countOf(hours, "hour", "hours")}` };
  const tone = days <= NOW_DAYS ? "danger" : days <= SOON_DAYS ? "caution" : "plain";
  const words = days <= SOON_DAYS ? `Ends in ${days} days` : `Ends on ${formatDay(expiresAt, "UTC")}`;
  return { tone, words };
}
