import { env } from "#server/kernel/env";
import { isSameOrigin } from "#server/kernel/same-origin";
import { findActiveSession, readSessionToken } from "#server/sessions/index";

import type { TrpcContext } from "./init";

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
    sameOrigin: isSameOrigin(headers.get("sec-fetch-site"), headers.get("origin")),
  };
}
