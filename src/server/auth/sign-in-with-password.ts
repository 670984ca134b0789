import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx, workspaceScope, type WorkspaceScope } from "#server/db/index";
import { comparable, findPasswordMembers, getMemberForUpdate, type Member } from "#server/directory/index";
import { AppError } from "#server/kernel/errors";
import { takeToken } from "#server/kernel/rate-limit";
import { findConnection } from "#server/saml/index";
import { createSession, sessionCookieHeader } from "#server/sessions/index";
import { findWorkspaceById, findWorkspaceBySlug, type Workspace } from "#server/workspaces/index";

import { isPassword } from "./passwords";

// One guesser at one account, many guessers at one account, one guesser at many accounts. The second is wide:
// a stranger must not be able to lock an owner out by guessing.
const PER_ACCOUNT_AND_ADDRESS = { capacity: 10, refillPerSecond: 1 / 30 };
const PER_ACCOUNT = { capacity: 100, refillPerSecond: 1 / 5 };
const PER_ADDRESS = { capacity: 60, refillPerSecond: 1 / 5 };
const AUDITED_REFUSALS = { capacity: 50, refillPerSecond: 0.1 };

/** A browser that is now signed in by password. */
export interface PasswordSession {
  readonly workspaceSlug: string;
  /** The Set-Cookie header's value. */
  readonly setCookie: string;
}

/**
 * Signs a member in with address and password.
 * @throws AppError UNAUTHENTICATED, the same for an unknown address, a wrong password and a password that
 *   SAML has replaced; RATE_LIMITED after too many tries.
 */
export async function signInWithPassword(input: {
  readonly email: string;
  readonly password: string;
  readonly workspaceSlug?: string | undefined;
  readonly address: string;
}): Promise<PasswordSession> {
  throttle(input.email, input.address);
  const workspaceId = input.workspaceSlug && ((await findWorkspaceBySlug(input.workspaceSlug))?.id ?? null);
  // An unknown workspace goes through the same motions as an unknown person.
  const candidates =
    workspaceId === null ? [] : await findPasswordMembers(input.email, workspaceId || undefined);
  const verified = await findVerified(candidates, input.password);
  for (const member of verified) {
    const workspace = await findWorkspaceById(member.workspaceId);
    if (workspace && (await mayUsePassword(member, workspace))) return openSession(workspace, member);
  }
  await recordRefusal(verified[0] ?? candidates[0], verified.length > 0 ? "saml_enforced" : "wrong_password");
  throw new AppError("UNAUTHENTICATED", "The e-mail address or the password is not right.");
}

function throttle(email: string, address: string): void {
  const account = comparable(email);
  const wait = Math.max(
    takeToken("password.address", address, PER_ADDRESS),
    takeToken("password.account", account, PER_ACCOUNT),
    takeToken("password.pair", `${address} ${account}`, PER_ACCOUNT_AND_ADDRESS),
  );
  if (wait > 0) {
    throw new AppError("RATE_LIMITED", `Too many tries. Wait ${wait} seconds and try again.`, {
      details: { retryAfterSeconds: wait },
    });
  }
}

/** Checks at least one hash, so that an unknown address takes as long as a known one. */
async function findVerified(candidates: readonly Member[], password: string): Promise<Member[]> {
  if (candidates.length === 0) await isPassword(password, null);
  const verified: Member[] = [];
  for (const member of candidates) {
    if (await isPassword(password, member.passwordHash)) verified.push(member);
  }
  return verified;
}

/** Where SAML is enforced only owners keep their password, as the way in when the provider is down. */
async function mayUsePassword(member: Member, workspace: Workspace): Promise<boolean> {
  if (member.role === "owner") return true;
  return (await findConnection(workspace.id))?.enforced !== true;
}

function openSession(workspace: Workspace, { id }: Member): Promise<PasswordSession> {
  return inWorkspaceTx(workspaceScope(workspace.id), async (tx) => {
    const member = await getMemberForUpdate(tx, id);
    if (!member.active)
      throw new AppError("UNAUTHENTICATED", "The e-mail address or the password is not right.");
    const session = await createSession(tx, { memberId: id, method: "password" });
    await recordAudit(tx, {
      actor: { kind: "system", workspaceId: workspace.id },
      action: "signin.succeeded",
      targetKind: "member",
      targetId: id,
      details: { method: "password" },
    });
    return {
      workspaceSlug: workspace.slug,
      setCookie: sessionCookieHeader(session.token, session.expiresAt),
    };
  });
}

async function recordRefusal(member: Member | undefined, reason: string): Promise<void> {
  if (!member || takeToken("password.audit", member.workspaceId, AUDITED_REFUSALS) > 0) return;
  const scope: WorkspaceScope = workspaceScope(member.workspaceId);
  await inWorkspaceTx(scope, (tx) =>
    recordAudit(tx, {
      actor: { kind: "system", workspaceId: member.workspaceId },
      action: "signin.refused",
      targetKind: "member",
      targetId: member.id,
      details: { method: "password", reason },
    }),
  );
}
