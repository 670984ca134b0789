import { failed, type Finding } from "./finding";
import type { SentRequest, WireAnswer } from "./wire";

const CONSEQUENCE =
  "Entra's client drops the Authorization header when it follows a redirect, which shows as “invalid credentials”.";

/** A redirect is always wrong here; where it leads to tells what makes it. */
export function diagnoseRedirect(answer: WireAnswer, request: SentRequest): Finding {
  const from = new URL(request.url);
  const location = answer.headers["location"] ?? "";
  const to = URL.canParse(location, request.url) ? new URL(location, request.url) : null;
  const target = location.split("?")[0]!.slice(0, 200);
  const how = `${answer.status}${target === "" ? "" : ` to ${target}`}`;
  if (to === null) {
    return failed("redirect", `The request was redirected (${how}). ${CONSEQUENCE} Answer it in place.`);
  }
  if (from.protocol === "http:" && to.protocol === "https:" && from.hostname === to.hostname) {
    return failed(
      "redirect-to-https",
      `The proxy redirects http to https (${how}). ${CONSEQUENCE} Set PUBLIC_URL to ${to.origin}, so that the tenant URL begins with https, and restart Chalkroom.`,
    );
  }
  if (from.host === to.host && trim(from) === trim(to)) {
    return failed(
      "redirect-slash",
      `The proxy redirects to the same address with other slashes (${how}). ${CONSEQUENCE} Switch off its tidying of addresses below /public-api/scim-v2 (nginx: merge_slashes off and no rewrite; Apache: DirectorySlash Off).`,
    );
  }
  if (/log-?in|sign-?in|oauth|authorize|sso|saml|auth/i.test(to.pathname) || isSignInHost(to.hostname)) {
    return failed(
      "redirect-sign-in",
      `An access gateway sends the request to a sign-in page (${how}). Leave /public-api/scim-v2 out of it: Chalkroom checks the bearer token itself.`,
    );
  }
  if (from.host !== to.host) {
    return failed(
      "redirect",
      `The proxy redirects to another host (${how}). ${CONSEQUENCE} Set PUBLIC_URL to the host that answers, and restart Chalkroom.`,
    );
  }
  return failed(
    "redirect",
    `The proxy redirects (${how}). ${CONSEQUENCE} Let it pass /public-api/scim-v2 on as it is.`,
  );
}

/** Host and path without what proxies tidy up. */
function trim(url: URL): string {
  return url.pathname
    .replace(/%2f/gi, "/")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "")
    .toLowerCase();
}

function isSignInHost(host: string): boolean {
  return /^(login|signin|sso|auth|accounts|id)\./i.test(host) || /cloudflareaccess\.com$/i.test(host);
}
