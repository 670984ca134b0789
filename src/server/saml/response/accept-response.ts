import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx, workspaceScope, type WorkspaceScope } from "#server/db/index";
import { AppError } from "#server/kernel/errors";
import { createSession, sessionCookieHeader } from "#server/sessions/index";
import { getWorkspaceById, type Workspace } from "#server/workspaces/index";

import type { Connection } from "../connection";
import { readIdentity } from "../identity/read-identity";
import { resolveMember } from "../identity/resolve-member";
import { refuse } from "../refusal";
import { safePath } from "../safe-path";
import { consumeRequest, rememberAssertion } from "../saml.repo";
import { validateResponse, type ValidatedResponse } from "./validate-response";

/** A browser that is now signed in. */
export interface SignedIn {
  /** The Set-Cookie header's value. */
  readonly setCookie: string;
  /** A checked path on this site. */
  readonly path: string;
}

/**
 * Turns a posted response into a session.
 * @throws SamlRefusal with the reason of the first check that fails.
 */
export async function acceptResponse(
  connection: Connection,
  posted: { readonly samlResponse: string; readonly relayState: string | null },
): Promise<SignedIn> {
  const response = await validateResponse(posted.samlResponse, connection);
  const scope = workspaceScope(connection.workspaceId);
  const returnTo = await useUp(scope, connection, response);
  const workspace = await getWorkspaceById(connection.workspaceId);
  const session = await signIn(scope, workspace, connection, response);
  // The answer to our own request goes where the request was for; only the provider's own sign-in may name a place.
  const wanted = response.inResponseTo === null ? posted.relayState : returnTo;
  return { ...session, path: safePath(wanted) ?? `/w/${workspace.slug}` };
}

/**
 * Spends the response, committed on its own: whatever happens next, it cannot be used a second time.
 * @returns where the answered request wanted to go, or null without a request.
 */
function useUp(
  scope: WorkspaceScope,
  connection: Connection,
  response: ValidatedResponse,
): Promise<string | null> {
  return inWorkspaceTx(scope, async (tx) => {
    let returnTo: string | null = null;
    if (response.inResponseTo !== null) {
      const request = await consumeRequest(tx, response.inResponseTo);
      if (!request) refuse("request_unknown");
      returnTo = request.returnTo;
    } else if (!connection.allowIdpInitiated) {
      refuse("unsolicited_refused");
    }
    const { issuer, assertionId, replayableUntil: expiresAt } = response;
    if (!(await rememberAssertion(tx, { issuer, assertionId, expiresAt }))) refuse("replayed");
    return returnTo;
  });
}

async function signIn(
  scope: WorkspaceScope,
  workspace: Workspace,
  connection: Connection,
  response: ValidatedResponse,
): Promise<Pick<SignedIn, "setCookie">> {
  const identity = readIdentity(response);
  const attempt = () =>
    inWorkspaceTx(scope, async (tx) => {
      const member = await resolveMember(tx, workspace, identity, connection);
      const session = await createSession(tx, {
        memberId: member.id,
        method: "saml",
        notOnOrAfter: response.sessionNotOnOrAfter,
        samlNameId: identity.nameId,
        samlSessionIndex: response.sessionIndex,
      });
      await recordAudit(tx, {
        actor: { kind: "saml", workspaceId: workspace.id },
        action: "signin.succeeded",
        targetKind: "member",
        targetId: member.id,
        details: { method: "saml", startedBy: response.inResponseTo === null ? "provider" : "chalkroom" },
      });
      return { setCookie: sessionCookieHeader(session.token, session.expiresAt) };
    });
  try {
    return await attempt();
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  // Two first sign-ins of one person at once, or SCIM made them in between: now the member is there to be found.
  return attempt().catch((error: unknown) => {
    if (isConflict(error)) refuse("identity_conflict", "user name taken");
    throw error;
  });
}

function isConflict(error: unknown): boolean {
  return error instanceof AppError && error.code === "CONFLICT";
}
