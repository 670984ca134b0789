import { inWorkspaceTx, workspaceScope } from "#server/db/index";
import { randomToken, sha256Hex } from "#server/kernel/crypto";
import { newId } from "#server/kernel/ids";
import { log } from "#server/kernel/logger";
import { takeToken, type RateLimit } from "#server/kernel/rate-limit";

import { lastingMs } from "../credentials/lifetime";
import { insertToken } from "../credentials/token.repo";
import { noteClientUse } from "./oauth.repo";
import { invalidClient, OAuthError, tryLater } from "./oauth-error";
import { proveClient, type ProvenClient } from "./prove-client";
import { readTokenRequest } from "./token-request";

const TOKEN_PREFIX = "chalk_at_";
/** Entra wants one to six hours. */
const ACCESS_TOKEN_SECONDS = 3_600;
const SCOPE = "scim";

/** Entra's addresses serve many tenants, so this leaves room for a fleet and stops a flood. */
const ADDRESS_LIMIT: RateLimit = { capacity: 120, refillPerSecond: 10 };
/** A token an hour is enough. Taken after the proof, so that nobody else can use a client's share up. */
const CLIENT_LIMIT: RateLimit = { capacity: 60, refillPerSecond: 0.5 };

/**
 * The token endpoint (RFC 6749 sections 4.4 and 5): an access token for a client that proves itself, an error in
 * OAuth's form for everybody else, whatever happens.
 * @param address the caller's, for the rate limit
 */
export async function answerTokenRequest(request: Request, address: string): Promise<Response> {
  try {
    throttle("oauth.address", address, ADDRESS_LIMIT);
    const proven = await proveClient(await readTokenRequest(request));
    throttle("oauth.client", proven.client.id, CLIENT_LIMIT);
    if (!proven.client.isOpen) {
      throw new OAuthError("unauthorized_client", "SCIM provisioning is off for this workspace.");
    }
    const token = await issueAccessToken(proven);
    const body = {
      access_token: token,
      token_type: "Bearer",
      expires_in: ACCESS_TOKEN_SECONDS,
      scope: SCOPE,
    };
    return answer(200, body);
  } catch (error) {
    const failure = error instanceof OAuthError ? error : unforeseen(error);
    return answer(
      failure.status,
      { error: failure.code, error_description: failure.description },
      failure.headers,
    );
  }
}

function throttle(name: string, key: string, limit: RateLimit): void {
  const wait = takeToken(name, key, limit);
  if (wait > 0) throw tryLater("Too many requests.", 429, wait);
}

/** @throws OAuthError invalid_client when client or secret were revoked in the meantime */
async function issueAccessToken({ client, secretId }: ProvenClient): Promise<string> {
  const token = randomToken(TOKEN_PREFIX);
  const isIssued = await inWorkspaceTx(workspaceScope(client.workspaceId), async (tx) => {
    if (!(await noteClientUse(tx, client.id, secretId))) return false;
    await insertToken(tx, {
      id: newId(),
      kind: "issued",
      clientId: client.id,
      tokenHash: sha256Hex(token),
      lastFour: token.slice(-4),
      ...lastingMs(ACCESS_TOKEN_SECONDS * 1000),
    });
    return true;
  });
  if (!isIssued) throw invalidClient();
  return token;
}

function unforeseen(error: unknown): OAuthError {
  log().error({ err: error }, "oauth: a token request failed");
  return new OAuthError("server_error", "Something went wrong on the server.", 500);
}

/** Never kept by anything between us and the client (section 5.1). */
function answer(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, {
    status,
    headers: { "Cache-Control": "no-store", Pragma: "no-cache", ...headers },
  });
}
