import { decodeJwt, decodeProtectedHeader, jwtVerify, type JWTPayload } from "jose";

import { now } from "#server/kernel/clock";

import { issuerOf, isKeysUnavailable, signingKeysOf } from "./signing-keys";

/** Entra signs with nothing else, and a list of one leaves no room for confusion about keys. */
const ALGORITHM = "RS256";
const SKEW_SECONDS = 60;
/** Tokens of Entra live for about an hour, with continuous access evaluation up to 28. */
const MAX_AGE_SECONDS = 28 * 3_600;

/** Whose assertions count for a client. */
export interface Trust {
  readonly entraTenantId: string;
  readonly subject: string;
  readonly audience: string;
}

/**
 * Checks an assertion that Entra signed for a client (RFC 7523 section 3): RS256 by a key of the tenant, issuer,
 * audience, subject, tenant and times. It may be shown more than once: Entra sends the same one until it ends.
 * @returns null when it is good, else the reason for the log
 * @throws KeysUnavailable when the tenant's keys cannot be had
 */
export async function findAssertionProblem(assertion: string, trust: Trust): Promise<string | null> {
  const stated = readStated(assertion);
  if (stated === null) return "malformed";
  if (stated.alg !== ALGORITHM) return "algorithm";
  if (stated.kid === undefined || stated.kid === "") return "kid";
  // Before any key is fetched: without these three, which only the tenant and the workspace know, a stranger can
  // neither make us call Entra nor learn from our time that there is such a client.
  const wrong = findWrongClaim(stated.claims, trust);
  if (wrong !== null) return wrong;
  try {
    const { payload } = await jwtVerify(assertion, signingKeysOf(trust.entraTenantId), {
      algorithms: [ALGORITHM],
      issuer: issuerOf(trust.entraTenantId),
      subject: trust.subject,
      audience: audienceForms(trust.audience),
      requiredClaims: ["exp", "iat"],
      maxTokenAge: MAX_AGE_SECONDS,
      clockTolerance: SKEW_SECONDS,
      currentDate: now(),
    });
    return findWrongClaim(payload, trust);
  } catch (error) {
    if (isKeysUnavailable(error)) throw error;
    return error instanceof Error && "code" in error ? String(error.code) : "unreadable";
  }
}

/** What the assertion says of itself, or null; not believed before the signature is checked. */
function readStated(assertion: string) {
  try {
    const { alg, kid } = decodeProtectedHeader(assertion);
    return { alg, kid, claims: decodeJwt(assertion) };
  } catch {
    return null;
  }
}

function findWrongClaim(claims: JWTPayload, trust: Trust): string | null {
  if (claims.iss !== issuerOf(trust.entraTenantId)) return "issuer";
  if (claims.sub !== trust.subject) return "subject";
  const forms = audienceForms(trust.audience);
  if (![claims.aud].flat().some((audience) => audience !== undefined && forms.includes(audience))) {
    return "audience";
  }
  const tenant = claims["tid"];
  return tenant === undefined || tenant === trust.entraTenantId ? null : "tenant";
}

/**
 * The audiences that mean the same application. Entra's page shows `api://ID/.default`, its tokens carry `api://ID`
 * or, in version 2.0, the bare ID.
 */
export function audienceForms(audience: string): string[] {
  const id = /^(?:api:\/\/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/\.default)?$/i.exec(
    audience,
  )?.[1];
  return id === undefined ? [audience] : [id, `api://${id}`, `api://${id}/.default`];
}
