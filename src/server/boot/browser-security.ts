import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import { env } from "#server/kernel/env";
import { isSameOrigin } from "#server/kernel/same-origin";

const HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** A year. Subdomains are the company's own matter. */
const HSTS = "max-age=31536000";

/** What answers machines: nothing in it may run, load or be framed, even if a browser is talked into showing it. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
const DATA_PATHS = /^\/(?:api|public-api|metrics|realtime)(?:\/|$)/;

/**
 * The Content-Security-Policy of a page. Styles may be inline, because React writes style attributes on the server;
 * scripts only with this answer's nonce, or as files of ours.
 * @param nonce base64, new for every answer
 */
export function pagePolicy(nonce: string): string {
  const { publicUrl, production } = env();
  const socket = publicUrl.replace(/^http/, "ws");
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${production ? "" : " 'unsafe-eval'"}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${socket}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * Puts the security headers on an answer, whoever writes it. A page's policy also goes on the request: Next reads
 * the nonce there and gives it to the scripts it writes; what a client sends in that header is replaced.
 */
export function stampSecurity(request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  if (env().publicUrl.startsWith("https://")) response.setHeader("strict-transport-security", HSTS);
  delete request.headers["content-security-policy-report-only"];
  const isData = DATA_PATHS.test(pathOf(request));
  const policy = isData ? DATA_POLICY : pagePolicy(randomBytes(16).toString("base64"));
  response.setHeader("content-security-policy", policy);
  if (isData) delete request.headers["content-security-policy"];
  else request.headers["content-security-policy"] = policy;
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * What other sites may post to: identity providers post assertions, and services with a bearer token of their own
 * send no cookie that could be abused.
 */
const OPEN_TO_OTHERS = /^\/(?:api\/saml\/[^/]+\/(?:acs|logout)|public-api\/.*)$/;

/** Whether another site's page makes this browser change something here (cross-site request forgery). */
export function isForgedByOtherSite(request: IncomingMessage): boolean {
  if (SAFE_METHODS.has(request.method ?? "") || OPEN_TO_OTHERS.test(pathOf(request))) return false;
  return !isSameOrigin(headerOf(request, "sec-fetch-site"), headerOf(request, "origin"));
}

const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split(/[?#]/, 1)[0]!;

function headerOf(request: IncomingMessage, name: "sec-fetch-site" | "origin"): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}
