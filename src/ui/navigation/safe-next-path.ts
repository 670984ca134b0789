/**
 * A path on this server that came in through `?next=`, or null. Anything a browser could read as another
 * host ("//evil", "/\evil", "https:…", tabs inside) is refused, so that sign-in is no open redirect.
 */
export function safeNextPath(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 2_000 || !/^\/(?![/\\])[^\\\p{C}]*$/u.test(value))
    return null;
  const url = new URL(value, "http://same.invalid");
  const isSameOrigin = url.origin === "http://same.invalid" && !url.pathname.startsWith("//");
  const leadsBack = /^\/(?:signin|setup|api)(?:\/|$)/.test(url.pathname);
  return isSameOrigin && !leadsBack ? url.pathname + url.search + url.hash : null;
}
