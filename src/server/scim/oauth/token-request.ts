import { readLimitedBody } from "#server/kernel/limited-body";

import { invalidClient, OAuthError } from "./oauth-error";

/** An assertion of Entra has about 2 KB. */
const MAX_BODY_BYTES = 16 * 1024;
const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;
const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** How a client says who it is. */
export type Proof =
  | { readonly kind: "secret"; readonly secret: string }
  | { readonly kind: "assertion"; readonly assertion: string };

/** A well-formed request for an access token; nothing in it is believed yet. */
export interface TokenRequest {
  readonly clientId: string;
  readonly proof: Proof;
}

/**
 * Reads a request by the client credentials grant (RFC 6749 section 4.4) with one client authentication: the secret
 * in the header or in the form (section 2.3.1), or an assertion (RFC 7523 section 2.2). A `scope` is passed over.
 * @throws OAuthError invalid_request, unsupported_grant_type, invalid_client
 */
export async function readTokenRequest(request: Request): Promise<TokenRequest> {
  const form = await readForm(request);
  const grantType = form.get("grant_type");
  if (grantType === null) throw malformed("grant_type is missing.");
  if (grantType !== "client_credentials") {
    throw new OAuthError("unsupported_grant_type", "The only grant_type is client_credentials.");
  }
  const authorization = request.headers.get("authorization");
  const basic = authorization === null ? null : readBasic(authorization);
  const secret = form.get("client_secret");
  const assertion = readAssertion(form);
  const proofs: Proof[] = [];
  if (basic) proofs.push({ kind: "secret", secret: basic.secret });
  if (secret !== null) proofs.push({ kind: "secret", secret });
  if (assertion !== null) proofs.push({ kind: "assertion", assertion });
  const [proof, second] = proofs;
  if (second) throw malformed("A request has one kind of client authentication only.");
  const named = form.get("client_id");
  if (basic && named !== null && named !== basic.clientId) {
    throw malformed("client_id differs from the Authorization header.");
  }
  const clientId = basic?.clientId ?? named;
  if (!proof) throw invalidClient();
  if (clientId === null) throw malformed("client_id is missing.");
  return { clientId, proof };
}

const malformed = (description: string) => new OAuthError("invalid_request", description);

/** The parameters of the form: one without a value counts as left out, one that comes twice is refused (section 3.2). */
async function readForm(request: Request): Promise<{ get(name: string): string | null }> {
  if (!FORM.test(request.headers.get("content-type") ?? "")) {
    throw malformed("The body must be application/x-www-form-urlencoded.");
  }
  const body = await readLimitedBody(request, MAX_BODY_BYTES);
  if (!body) throw malformed("The body is too long.");
  const form = new URLSearchParams(body.toString("utf8"));
  return {
    get(name) {
      const values = form.getAll(name);
      if (values.length > 1) throw malformed(`${name} is there more than once.`);
      return values[0] || null;
    },
  };
}

function readAssertion(form: { get(name: string): string | null }): string | null {
  const assertion = form.get("client_assertion");
  const type = form.get("client_assertion_type");
  if (assertion === null && type === null) return null;
  if (assertion === null) throw malformed("client_assertion is missing.");
  if (type === null) throw malformed("client_assertion_type is missing.");
  if (type !== JWT_BEARER) throw invalidClient();
  return assertion;
}

/** Id and secret are form-encoded before they are joined and made Base64 (section 2.3.1). */
function readBasic(authorization: string): { readonly clientId: string; readonly secret: string } {
  const encoded = /^Basic +([\w+/-]+=*)\s*$/i.exec(authorization)?.[1];
  if (encoded === undefined) throw invalidClient();
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon < 1) throw invalidClient();
  return { clientId: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw invalidClient();
  }
}
