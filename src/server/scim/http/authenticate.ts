import { workspaceScope } from "#server/db/index";
import { now } from "#server/kernel/clock";
import { sha256Hex } from "#server/kernel/crypto";
import { log } from "#server/kernel/logger";
import { chargeToken, takeToken } from "#server/kernel/rate-limit";
import { processSlot } from "#server/kernel/slot";

import { findTokenOwner, markTokenUsed } from "../credentials/token.repo";
import { findRetiredToken } from "../provisioning-log/retired-token.repo";
import { ScimError } from "../scim-error";
import { scimBaseUrl, type ScimContext } from "./context";
import type { Observation } from "./observation";

/** Entra asks for 25 requests a second; throttling it leads to quarantine, so this stops abuse only. */
const RATE_LIMIT = { capacity: 600, refillPerSecond: 300 };

const USED_AT_PRECISION_MS = 60_000;

/**
 * The context that a bearer token opens.
 * @throws ScimError 401 without a live token, 403 while SCIM is off or SAML is missing, 429 over the rate limit
 */
export async function authenticate(
  authorization: string | null,
  observation: Observation,
): Promise<ScimContext> {
  const token = readBearer(authorization);
  const owner = token === null ? null : await findTokenOwner(sha256Hex(token));
  if (!owner) {
    if (token !== null) observation.token = await findRetiredToken(sha256Hex(token));
    const detail = token === null ? "A bearer token is required." : "The bearer token is not valid.";
    const challenge = token === null ? 'Bearer realm="scim"' : 'Bearer realm="scim", error="invalid_token"';
    throw new ScimError(401, detail, { headers: { "WWW-Authenticate": challenge } });
  }
  observation.token = owner;
  if (!owner.scimEnabled || !owner.samlConfigured) {
    const what = owner.samlConfigured
      ? "SCIM provisioning is switched off"
      : "Single sign-on (SAML) is not configured";
    throw new ScimError(403, `${what} for this workspace.`);
  }
  const wait = takeToken("scim", owner.workspaceId, RATE_LIMIT);
  if (wait > 0) {
    throw new ScimError(429, `Too many requests. Try again in ${wait} s.`, {
      headers: { "Retry-After": String(wait) },
    });
  }
  // Of the others the use is seen elsewhere: of an access token at its client, and a self-test is no use at all.
  if (owner.tokenKind === "pasted") noteUse(owner.tokenId);
  return {
    tokenKind: owner.tokenKind,
    actor: { kind: "scim", workspaceId: owner.workspaceId, tokenId: owner.tokenId },
    scope: workspaceScope(owner.workspaceId),
    baseUrl: scimBaseUrl(),
    observe: observation.observe,
  };
}

/** An operation within a Bulk costs as much as a request of its own. */
export function chargeOperation({ scope }: ScimContext): void {
  chargeToken("scim", scope.workspaceId, RATE_LIMIT);
}

/** The token of an Authorization header. Administrators paste "Bearer …" into Entra, which adds its own: one is taken off. */
function readBearer(authorization: string | null): string | null {
  const match = /^\s*Bearer\s+(?:Bearer\s+)?([\w.~+/=-]{8,512})\s*$/i.exec(authorization ?? "");
  return match?.[1] ?? null;
}

/** Writes the last use at most once a minute, beside the request. */
function noteUse(tokenId: string): void {
  const lastUses = processSlot("scim.last-uses", () => new Map<string, number>());
  const at = now().getTime();
  if (at - (lastUses.get(tokenId) ?? 0) < USED_AT_PRECISION_MS) return;
  lastUses.set(tokenId, at);
  markTokenUsed(tokenId).catch((error: unknown) =>
    log().warn({ err: error }, "scim: last use was not noted"),
  );
}
