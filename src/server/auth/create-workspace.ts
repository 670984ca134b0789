import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx, workspaceScope, type WorkspaceTx } from "#server/db/index";
import { createMember, type Member } from "#server/directory/index";
import type { Actor } from "#server/kernel/actor";
import { AppError } from "#server/kernel/errors";
import { newId } from "#server/kernel/ids";
import { takeToken } from "#server/kernel/rate-limit";
import { createSession, sessionCookieHeader } from "#server/sessions/index";
import { createWorkspace, findFirstWorkspace, slugFromName } from "#server/workspaces/index";

import { consumeSetupCode, dropSetupCode, saveSetupCodeHash } from "./auth.repo";
import { ownerSchema } from "./auth.schema";
import { assertUsablePassword, hashPassword } from "./passwords";
import { hashSetupCode, newSetupCode } from "./setup-code";

const SETUP_TRIES = { capacity: 10, refillPerSecond: 1 / 10 };

export interface NewWorkspace {
  readonly slug: string;
  readonly name: string;
  readonly ownerName: string;
  readonly ownerEmail: string;
  readonly password: string;
}

/** Whether this server still waits for its first workspace. */
export async function isSetupNeeded(): Promise<boolean> {
  return (await findFirstWorkspace()) === null;
}

/**
 * Makes a one-time code for /setup and forgets the one before; only its hash is stored.
 * @returns the code for the server's log, or null when there is a workspace already.
 */
export async function issueSetupCode(): Promise<string | null> {
  if (!(await isSetupNeeded())) return null;
  const code = newSetupCode();
  await saveSetupCodeHash(hashSetupCode(code));
  return code;
}

/**
 * The first person's set-up in the browser: spends the code, makes workspace and owner, and signs the owner in,
 * all in one transaction. Of attempts at the same time one succeeds; after a failure the code still works.
 * @throws AppError FORBIDDEN for a wrong or used code and where a workspace exists, BAD_INPUT, RATE_LIMITED
 */
export async function createFirstWorkspace(
  input: Omit<NewWorkspace, "slug"> & { readonly code: string; readonly address: string },
): Promise<{ readonly workspaceSlug: string; readonly setCookie: string }> {
  const wait = takeToken("setup.address", input.address, SETUP_TRIES);
  if (wait > 0) throw new AppError("RATE_LIMITED", `Too many tries. Wait ${wait} seconds and try again.`);
  const { code, address: _address, ...rest } = input;
  const workspace = withUsableOwner({ ...rest, slug: slugFromName(input.name) });
  const passwordHash = await hashPassword(workspace.password);
  return inWorkspaceTx(workspaceScope(newId()), async (tx) => {
    if (!(await consumeSetupCode(tx, hashSetupCode(code)))) {
      throw new AppError(
        "FORBIDDEN",
        "This set-up code is not valid. The current one is in the server's log.",
      );
    }
    // The command line can make one between the server's look and its code: that code must not let anybody in.
    if (await findFirstWorkspace(tx.db)) {
      throw new AppError("FORBIDDEN", "This server is set up already. Sign in instead.");
    }
    const owner = await insertWorkspaceWithOwner(tx, workspace, passwordHash, "system");
    const session = await createSession(tx, { memberId: owner.id, method: "password" });
    return {
      workspaceSlug: workspace.slug,
      setCookie: sessionCookieHeader(session.token, session.expiresAt),
    };
  });
}

/**
 * Makes a workspace with its owner from the command line; whoever can run that needs no code. A waiting
 * set-up code goes out of use, so that nobody can claim the server beside it.
 * @throws AppError BAD_INPUT, CONFLICT when the slug is taken
 */
export async function createWorkspaceWithOwner(
  input: NewWorkspace,
): Promise<{ readonly id: string; readonly slug: string; readonly ownerId: string }> {
  const workspace = withUsableOwner(input);
  const passwordHash = await hashPassword(workspace.password);
  const id = newId();
  return inWorkspaceTx(workspaceScope(id), async (tx) => {
    await dropSetupCode(tx);
    const owner = await insertWorkspaceWithOwner(tx, workspace, passwordHash, "cli");
    return { id, slug: workspace.slug, ownerId: owner.id };
  });
}

/** The owner's part checked before the costly hash; slug and name are for `createWorkspace` to judge. */
function withUsableOwner(input: NewWorkspace): NewWorkspace {
  assertUsablePassword(input.password);
  const parsed = ownerSchema.safeParse(input);
  if (parsed.success) return { ...input, ...parsed.data };
  const problems = parsed.error.issues.map((issue) => issue.message);
  throw new AppError("BAD_INPUT", problems.join(" "));
}

async function insertWorkspaceWithOwner(
  tx: WorkspaceTx,
  input: NewWorkspace,
  passwordHash: string,
  kind: "cli" | "system",
): Promise<Member> {
  const { ownerEmail, ownerName } = input;
  const actor: Actor = { kind, workspaceId: tx.scope.workspaceId };
  const { slug, name } = await createWorkspace(tx, input);
  await recordAudit(tx, { actor, action: "workspace.created", details: { slug, name } });
  return createMember(tx, actor, {
    userName: ownerEmail,
    email: ownerEmail,
    displayName: ownerName,
    name: ownerName,
    role: "owner",
    source: "setup",
    passwordHash,
  });
}
