/** The path under which SCIM is served; clients may spell it in any letter case. */
export const SCIM_BASE_PATH = "/public-api/scim-v2";

/** Entra's feature flags. Guides misprint the first one (`aadOptscim0620200`), so trailing word characters belong to it. */
const FLAG = /^(?:aadoptscim062020|azureadscimpatch2017)\w*/i;
const FLAG_ONLY = /^(?:aadoptscim062020|azureadscimpatch2017)\w*(?:=[^&]*)?$/i;

const CANONICAL_SEGMENTS = new Map(
  ["Users", "Groups", "Schemas", "ResourceTypes", "ServiceProviderConfig", "Bulk", "Me"].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/**
 * Rewrites every spelling that Entra's tenant URL can produce to the plain resource URL, so that no router
 * behind it answers with a redirect (a redirect makes the client drop its Authorization header).
 * URLs outside the SCIM prefix come back unchanged. Pure, and stable when applied twice.
 *
 * @param rawUrl path and query as in a request line, still percent-encoded
 */
export function normalizeScimUrl(rawUrl: string): string {
  const { path, query } = splitAtQuery(rawUrl);
  const base = collapse(path);
  const lower = base.toLowerCase();
  if (lower !== SCIM_BASE_PATH && !lower.startsWith(`${SCIM_BASE_PATH}/`)) return rawUrl;
  const unflagged = liftPathOutOfFlag(query);
  const resource = collapse(`${base.slice(SCIM_BASE_PATH.length)}/${unflagged.path}`);
  const kept = unflagged.query.split("&").filter((part) => part !== "" && !FLAG_ONLY.test(part));
  return `${SCIM_BASE_PATH}${canonicalSegments(resource)}${kept.length > 0 ? `?${kept.join("&")}` : ""}`;
}

/** The path and the query of a URL, at its first question mark. */
export function splitAtQuery(url: string): { path: string; query: string } {
  const mark = url.indexOf("?");
  return mark < 0 ? { path: url, query: "" } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

/** One slash for many, none at the end. */
function collapse(path: string): string {
  return path.replace(/\/{2,}/g, "/").replace(/\/$/, "");
}

/** `aadOptscim062020/Users?filter=…` (also percent-encoded by a router) → path `/Users`, query `filter=…`. */
function liftPathOutOfFlag(query: string): { path: string; query: string } {
  const flag = FLAG.exec(query);
  if (!flag) return { path: "", query };
  const rest = query.slice(flag[0].length).replace(/^=(?!$)[^&?/%]*|^=$/, "");
  const match = /^((?:\/|%2f)(?:(?!%3f)[^?&=])*)?=?(?:\?|%3f|&|$)(.*)$/is.exec(rest);
  if (!match) return { path: "", query };
  return { path: (match[1] ?? "").replace(/%2f/gi, "/"), query: match[2] ?? "" };
}

function canonicalSegments(resource: string): string {
  const [, first = "", ...rest] = resource.split("/");
  const canonical = CANONICAL_SEGMENTS.get(first.toLowerCase()) ?? first;
  return canonical === "" && rest.length === 0 ? "" : `/${[canonical, ...rest].map(decodable).join("/")}`;
}

/** A router answers a malformed escape in its own words; with its percent signs escaped it is an id that nobody has. */
function decodable(segment: string): string {
  try {
    decodeURIComponent(segment);
    return segment;
  } catch {
    return segment.replaceAll("%", "%25");
  }
}
