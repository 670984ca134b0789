import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";

import { env } from "#server/kernel/env";
import { readLimitedBody } from "#server/kernel/limited-body";
import { processSlot } from "#server/kernel/slot";

/** A tenant of Entra publishes about 10 KB of keys. */
const MAX_KEYS_BYTES = 256 * 1024;
const FETCH_MS = 5_000;
const FRESH_MS = 600_000;
/** A key that is not known is asked for again at most this often, whoever sends made-up ones. */
const COOLDOWN_MS = 30_000;
/** So long keys that were fetched once are still believed while Entra cannot be reached. */
const STALE_MS = 24 * 3_600_000;
const MAX_TENANTS = 200;

/** Entra's keys could not be fetched, and none that we know fits: no fault of whoever asks. */
class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super("The signing keys could not be fetched.", { cause });
    this.name = "KeysUnavailable";
  }
}

/** By its name: the keys that are kept may come from another bundle, whose class is another. */
export function isKeysUnavailable(error: unknown): error is Error {
  return error instanceof Error && error.name === "KeysUnavailable";
}

/** The issuer of a tenant's tokens (version 2.0; the provisioning service sends no others). */
export function issuerOf(tenantId: string): string {
  return `${env().entraAuthority}/${tenantId}/v2.0`;
}

/**
 * Finds the key that a tenant's assertion names, among the keys that the tenant publishes. They are kept in this
 * process; a key that is not among them is looked for again, because Entra changes keys without notice.
 * The returned function throws KeysUnavailable, or an error of jose's when no key fits.
 */
export function signingKeysOf(tenantId: string): JWTVerifyGetKey {
  const kept = processSlot("scim.entra-keys", () => new Map<string, JWTVerifyGetKey>());
  const issuer = issuerOf(tenantId);
  const known = kept.get(issuer);
  if (known) return known;
  const keys = keySource(issuer, new URL(`${env().entraAuthority}/${tenantId}/discovery/v2.0/keys`));
  if (kept.size >= MAX_TENANTS) kept.delete(kept.keys().next().value!);
  kept.set(issuer, keys);
  return keys;
}

function keySource(issuer: string, url: URL): JWTVerifyGetKey {
  let fetchedAt = Number.NEGATIVE_INFINITY;
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: FETCH_MS,
    cacheMaxAge: FRESH_MS,
    cooldownDuration: COOLDOWN_MS,
    [customFetch]: async (target, options) => {
      const answer = await fetchKeys(target, options, issuer);
      fetchedAt = Date.now();
      return answer;
    },
  });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      if (isNoFit(error)) throw error;
      const stale = Date.now() < fetchedAt + STALE_MS ? remote.jwks() : undefined;
      const key = stale && (await createLocalJWKSet(stale)(header, token).catch(() => null));
      if (key) return key;
      throw new KeysUnavailable(error);
    }
  };
}

/** The keys were there and none fits the header: the assertion's fault. */
function isNoFit(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return (
    code === "ERR_JWKS_NO_MATCHING_KEY" ||
    code === "ERR_JWKS_MULTIPLE_MATCHING_KEYS" ||
    code === "ERR_JOSE_NOT_SUPPORTED"
  );
}

/** Fetches within the limits: no redirect is followed, a long answer is no answer, and nothing is cached on the way. */
async function fetchKeys(url: string, options: RequestInit, issuer: string): Promise<Response> {
  const response = await fetch(url, { ...options, redirect: "manual", cache: "no-store" });
  if (response.status !== 200) return response;
  const body = await readLimitedBody(response, MAX_KEYS_BYTES);
  if (!body) throw new Error("The key set is too long.");
  return Response.json(withoutForeignKeys(JSON.parse(body.toString("utf8")), issuer));
}

/**
 * Entra lists keys of others in a tenant's key set, marked with their issuer: what they sign is not the tenant's word.
 * A key without a mark is the tenant's own. What is no key is left out, so that it does not spoil the others.
 */
function withoutForeignKeys(keySet: unknown, issuer: string): unknown {
  const { keys } = (keySet ?? {}) as { readonly keys?: unknown };
  if (!Array.isArray(keys)) return keySet;
  const own = [undefined, issuer, issuer.replace(/\/[^/]+\/v2\.0$/, "/{tenantid}/v2.0")];
  return {
    keys: keys.filter(
      (key: unknown) =>
        typeof key === "object" && key !== null && own.includes((key as { readonly issuer?: string }).issuer),
    ),
  };
}
