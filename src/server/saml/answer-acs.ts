import { randomBytes } from "node:crypto";

import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx, workspaceScope } from "#server/db/index";
import { env } from "#server/kernel/env";
import { toAppError } from "#server/kernel/errors";
import { log } from "#server/kernel/logger";
import { takeToken } from "#server/kernel/rate-limit";
import { findWorkspaceById } from "#server/workspaces/index";

import { readPostedForm } from "./checks/form-gate";
import type { Connection } from "./connection";
import { findConnection } from "./manage-connection";
import { findRefusal, refuse } from "./refusal";
import { acceptResponse } from "./response/accept-response";
import { startLogin } from "./start-login";

// A whole office may sit behind one address, and everybody signs in at nine.
const PER_ADDRESS = { capacity: 200, refillPerSecond: 10 };
const PER_CONNECTION = { capacity: 1000, refillPerSecond: 40 };
// Refusals cost an attacker nothing, so the audit log takes only so many; the server's log has them all.
const AUDITED_REFUSALS = { capacity: 50, refillPerSecond: 0.1 };

/**
 * The assertion consumer service: a posted response in, a redirect out. Every failure looks the same from
 * outside, a 303 to the sign-in page with a reference that leads to the reason in the log.
 * @param address the caller's, for the rate limit.
 */
export function answerAcs(request: Request, workspaceId: string, address: string): Promise<Response> {
  return redirecting(workspaceId, address, async () => {
    const connection = await admit(workspaceId, address);
    const { path, setCookie } = await acceptResponse(connection, await readPostedForm(request));
    return { path, setCookie };
  });
}

/** Sends the browser to the identity provider; `next` comes back as the place to go after sign-in. */
export function answerLogin(request: Request, workspaceId: string, address: string): Promise<Response> {
  return redirecting(workspaceId, address, async () => {
    await admit(workspaceId, address);
    return { location: await startLogin(workspaceId, new URL(request.url).searchParams.get("next")) };
  });
}

async function admit(workspaceId: string, address: string): Promise<Connection> {
  if (takeToken("saml.address", address, PER_ADDRESS) > 0) refuse("rate_limited", "address");
  const connection = await findConnection(workspaceId);
  if (!connection) refuse("not_configured");
  if (takeToken("saml.connection", workspaceId, PER_CONNECTION) > 0) refuse("rate_limited", "connection");
  return connection;
}

type Target = { readonly path: string; readonly setCookie: string } | { readonly location: string };

/**
 * Answers 303 in any case: it turns the POST into a GET, where a 307 would post the assertion again, and the
 * cookie set here goes with it. URLs are built on PUBLIC_URL, since the request's own host is a proxy's matter.
 */
async function redirecting(
  workspaceId: string,
  address: string,
  work: () => Promise<Target>,
): Promise<Response> {
  try {
    const target = await work();
    if ("location" in target) return seeOther(target.location);
    return seeOther(`${env().publicUrl}${target.path}`, target.setCookie);
  } catch (error) {
    const ref = randomBytes(6).toString("hex");
    const slug = await report(error, ref, workspaceId, address).catch(() => null);
    const query = new URLSearchParams({ error: "sso", ref, ...(slug === null ? {} : { workspace: slug }) });
    return seeOther(`${env().publicUrl}/signin?${query}`);
  }
}

function seeOther(location: string, setCookie?: string): Response {
  const headers = new Headers({ location, "cache-control": "no-store", "referrer-policy": "no-referrer" });
  if (setCookie !== undefined) headers.set("set-cookie", setCookie);
  return new Response(null, { status: 303, headers });
}

/** Log and audit get the reason. Returns the workspace's slug, so that the page can offer another try. */
async function report(
  error: unknown,
  ref: string,
  workspaceId: string,
  address: string,
): Promise<string | null> {
  const refusal = findRefusal(error);
  const fields = { ref, workspaceId, address };
  if (refusal)
    log().warn({ ...fields, reason: refusal.reason, detail: refusal.detail }, "saml sign-in refused");
  else log().error({ ...fields, err: error, appCode: toAppError(error).code }, "saml sign-in failed");
  const workspace = await findWorkspaceById(workspaceId);
  if (!workspace) return null;
  const reason = refusal?.reason ?? "internal";
  if (reason !== "rate_limited" && takeToken("saml.audit", workspaceId, AUDITED_REFUSALS) === 0) {
    await inWorkspaceTx(workspaceScope(workspaceId), (tx) =>
      recordAudit(tx, {
        actor: { kind: "saml", workspaceId },
        action: "signin.refused",
        details: { method: "saml", reason, ref },
      }),
    );
  }
  return workspace.slug;
}
