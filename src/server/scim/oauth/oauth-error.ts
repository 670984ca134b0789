/** The error codes of RFC 6749 section 5.2, and two for what is our affair or a matter of time. */
export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "temporarily_unavailable"
  | "server_error";

/** A refusal of the token endpoint. The text goes to whoever asks: ASCII, without quotes (section 5.2). */
export class OAuthError extends Error {
  constructor(
    readonly code: OAuthErrorCode,
    readonly description: string,
    readonly status = 400,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(description);
    this.name = "OAuthError";
  }
}

/** One answer for every reason, so that it tells nobody which client exists or what was wrong with the proof. */
export function invalidClient(): OAuthError {
  return new OAuthError("invalid_client", "Client authentication failed.", 401, {
    "WWW-Authenticate": 'Basic realm="token"',
  });
}

/** Nothing is wrong with the request: the same one may succeed later. */
export function tryLater(description: string, status: 429 | 503, seconds: number): OAuthError {
  return new OAuthError("temporarily_unavailable", description, status, { "Retry-After": String(seconds) });
}
