/** What the self-test recognises between Entra and this server, or in the server's own answer. */
export type Problem =
  | "address-not-public"
  | "address-not-https"
  | "unreachable"
  | "timeout"
  | "tls"
  | "connection-broken"
  | "redirect-to-https"
  | "redirect-slash"
  | "redirect-sign-in"
  | "redirect"
  | "proxy-sign-in"
  | "authorization-missing"
  | "token-refused"
  | "switched-off"
  | "method-blocked"
  | "refused-by-proxy"
  | "path-not-forwarded"
  | "server-behind-unreachable"
  | "error-page-replaced"
  | "body-limit"
  | "content-type-changed"
  | "rate-limited"
  | "not-json"
  | "answer-content-type"
  | "query-dropped"
  | "query-altered"
  | "stale-answer"
  | "other-public-url"
  | "location-rewritten"
  | "challenge-lost"
  | "entity-tag-lost"
  | "wrong-token-accepted"
  | "slow"
  | "server-failed"
  | "unexpected";

/** Something is wrong, or will be for Entra: what it is, and what to do about it, in words for an administrator. */
export interface Finding {
  readonly problem: Problem;
  readonly severity: "warning" | "failed";
  readonly advice: string;
}

/** Something that keeps Entra from working. */
export function failed(problem: Problem, advice: string): Finding {
  return { problem, severity: "failed", advice };
}

/** Something that works, but not as it should. */
export function warning(problem: Problem, advice: string): Finding {
  return { problem, severity: "warning", advice };
}
