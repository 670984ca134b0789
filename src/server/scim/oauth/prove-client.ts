import { constantTimeEqual, sha256Hex } from "#server/kernel/crypto";
import { isId } from "#server/kernel/ids";
import { log } from "#server/kernel/logger";

import { findClient, type KnownClient } from "./oauth.repo";
import { invalidClient, tryLater } from "./oauth-error";
import { isKeysUnavailable } from "./signing-keys";
import { tokenEndpoint } from "./token-endpoint";
import type { TokenRequest } from "./token-request";
import { findAssertionProblem } from "./verify-assertion";

/** What an unknown client's secret is compared with: the hash of nothing that anybody could send. */
const NO_SECRET = { id: "", secretHash: sha256Hex("") };
const OUTAGE_RETRY_SECONDS = 30;

/** A client that has shown who it is, and the secret it did so with. */
export interface ProvenClient {
  readonly client: KnownClient;
  readonly secretId: string | null;
}

/**
 * Finds out who asks. A client that does not exist, is revoked or fails its proof gets one and the same answer, after
 * the same look-up and comparison.
 * @throws OAuthError invalid_client; temporarily_unavailable when Entra's keys cannot be had
 */
export async function proveClient({ clientId, proof }: TokenRequest): Promise<ProvenClient> {
  const id = clientId.toLowerCase();
  const client = isId(id) ? await findClient(id) : null;
  if (proof.kind === "secret") {
    const secretId = matchSecret(client, proof.secret);
    if (client && secretId !== null) return { client, secretId };
    throw refused(client, "secret");
  }
  const problem = await checkAssertion(client, proof.assertion);
  if (client && problem === null) return { client, secretId: null };
  throw refused(client, problem);
}

/** Compares with every live secret, and with one that nobody has. */
function matchSecret(client: KnownClient | null, secret: string): string | null {
  const hash = sha256Hex(secret);
  const matches = [NO_SECRET, ...(client?.secrets ?? [])].filter(({ secretHash }) =>
    constantTimeEqual(secretHash, hash),
  );
  return client?.proof === "secret" ? (matches.find(({ id }) => id !== NO_SECRET.id)?.id ?? null) : null;
}

async function checkAssertion(client: KnownClient | null, assertion: string): Promise<string | null> {
  const { entraTenantId, subject, audience } = client ?? {};
  if (client?.proof !== "federated" || entraTenantId == null || subject == null) return "not federated";
  try {
    const trust = { entraTenantId, subject, audience: audience ?? tokenEndpoint() };
    return await findAssertionProblem(assertion, trust);
  } catch (error) {
    if (!isKeysUnavailable(error)) throw error;
    log().warn({ err: error.cause, entraTenantId }, "oauth: Entra's signing keys could not be fetched");
    throw tryLater("The signing keys of Entra cannot be fetched at present.", 503, OUTAGE_RETRY_SECONDS);
  }
}

/** The reason is for whoever runs the server; the client hears none. */
function refused(client: KnownClient | null, reason: string | null): Error {
  const { id = null, workspaceId = null } = client ?? {};
  log().info(
    { clientId: id, workspaceId, reason: client ? reason : "unknown" },
    "oauth: a client was refused",
  );
  return invalidClient();
}
