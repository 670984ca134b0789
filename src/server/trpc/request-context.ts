import { env } from "#server/kernel/env";
import { findActiveSession, readSessionToken } from "#server/sessions/index";

import type { TrpcContext } from "./init";

/**
 * Whether a browser says that this request was made by a page of ours. Sec-Fetch-Site cannot be set by
 * scripts; older browsers send Origin with every POST; a request with neither is no browser's.
 */
function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  return origin === null || origin === new URL(env().publicUrl).origin;
}

/** The caller's address: the proxy's word only when TRUST_PROXY says there is one. */
export function clientAddress(headers: Headers): string {
  const forwarded = env().trustProxy ? headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  return forwarded ?? headers.get("x-chalkroom-address") ?? "unknown";
}

/** Builds the context of one request: one session look-up, whatever number of procedures the batch has. */
export async function createContext(
  headers: Headers,
  setCookie: (header: string) => void,
): Promise<TrpcContext> {
  const token = readSessionToken(headers.get("cookie"));
  return {
    session: token === null ? null : await findActiveSession(token),
    address: clientAddress(headers),
    headers,
    setCookie,
    sameOrigin: isSameOrigin(headers),
  };
}
