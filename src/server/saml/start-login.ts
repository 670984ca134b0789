import { randomBytes } from "node:crypto";

import { workspaceScope } from "#server/db/index";
import { now } from "#server/kernel/clock";

import { findConnection } from "./manage-connection";
import { samlFor } from "./node-saml";
import { safePath } from "./safe-path";
import { insertRequest, sweepSamlState } from "./saml.repo";
import { refuse } from "./refusal";

/** How long the answer to a request is waited for, in milliseconds. */
const REQUEST_LIFETIME_MS = 10 * 60_000;

/**
 * Begins a sign-in at the identity provider: remembers the request and returns the provider's URL with the
 * AuthnRequest in it (HTTP-Redirect binding, SAML bindings 3.4).
 * @param next where the person wanted to go; anything but a path on this site is forgotten.
 * @throws SamlRefusal not_configured
 */
export async function startLogin(workspaceId: string, next: string | null): Promise<string> {
  const connection = await findConnection(workspaceId);
  if (!connection) refuse("not_configured");
  await sweepSamlState();
  // SAML core 1.3.4 wants 128 to 160 random bits, and an xs:ID must not begin with a digit.
  const id = `_${randomBytes(20).toString("hex")}`;
  const expiresAt = new Date(now().getTime() + REQUEST_LIFETIME_MS);
  await insertRequest(workspaceScope(workspaceId), { id, returnTo: safePath(next) ?? "/", expiresAt });
  return samlFor(connection, { requestId: id }).getAuthorizeUrlAsync("", undefined, {});
}
