import { env } from "./env";

/**
 * Whether a request was made by a page of ours, by a person's own hand (a typed address) or by no browser at all.
 * Sec-Fetch-Site cannot be set by scripts; browsers without it send Origin with every POST.
 * @param site the Sec-Fetch-Site header (Fetch Metadata), or null
 * @param origin the Origin header, or null
 */
export function isSameOrigin(site: string | null, origin: string | null): boolean {
  if (site !== null) return site === "same-origin" || site === "none";
  return origin === null || origin === new URL(env().publicUrl).origin;
}
