import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { open, randomToken, seal, sha256Hex } from "#server/kernel/crypto";
import { AppError } from "#server/kernel/errors";
import { newId } from "#server/kernel/ids";
import { lockWorkspace } from "#server/workspaces/index";

import { readScimState } from "../connection.repo";
import { requireManager } from "../require-manager";
import { endingsFor, lastingDays, type Succession } from "./lifetime";
import { endTokens, insertToken, listPastedTokens } from "./token.repo";

const TOKEN_PREFIX = "chalk_scim_";

/** The token that is shown once here, and may be revealed again. */
export interface ShownToken {
  readonly token: string;
}

/**
 * The newest bearer token in clear, at any time again; each time leaves an audit row.
 * @throws AppError NOT_FOUND when there is none, FORBIDDEN
 */
export async function revealToken(scope: WorkspaceScope, actor: Actor): Promise<ShownToken> {
  requireManager(actor);
  return inWorkspaceTx(scope, async (tx) => {
    const [current] = await listPastedTokens(scope, tx);
    if (!current?.ciphertext)
      throw new AppError("NOT_FOUND", "There is no secret token. Make one by Rotate.");
    const token = open("scim-token", current.ciphertext, current.id);
    await recordAudit(tx, {
      actor,
      action: "scim.token.revealed",
      targetKind: "scimToken",
      targetId: current.id,
    });
    return { token };
  });
}

/**
 * Makes a new token. The present one lives on for the overlap, so that the identity provider can be changed over
 * without a gap; one that was already living out an overlap ends at once.
 * @throws AppError NOT_FOUND when SCIM was never on, FORBIDDEN
 */
export async function rotateToken(
  scope: WorkspaceScope,
  actor: Actor,
  { overlapHours = 0, expiresInDays = null }: Succession = {},
): Promise<ShownToken> {
  requireManager(actor);
  return inWorkspaceTx(scope, async (tx) => {
    await lockWorkspace(tx);
    const live = await listPastedTokens(scope, tx);
    if (live.length === 0 && !(await readScimState(scope, tx)).enabled) {
      throw new AppError("NOT_FOUND", "There is no secret token yet. Turn on SCIM provisioning first.");
    }
    for (const ending of endingsFor(live, overlapHours)) await endTokens(tx, ending);
    const { id, token } = await issuePastedToken(tx, expiresInDays);
    const details = { replaces: live[0]?.id ?? null, overlapHours, expiresInDays };
    await recordAudit(tx, {
      actor,
      action: "scim.token.rotated",
      targetKind: "scimToken",
      targetId: id,
      details,
    });
    return { token };
  });
}

/**
 * Ends one live token at once.
 * @throws AppError NOT_FOUND for one that is not there or not live, FORBIDDEN
 */
export async function revokeToken(scope: WorkspaceScope, actor: Actor, tokenId: string): Promise<void> {
  requireManager(actor);
  await inWorkspaceTx(scope, async (tx) => {
    await lockWorkspace(tx);
    const token = (await listPastedTokens(scope, tx)).find(({ id }) => id === tokenId);
    if (!token) throw new AppError("NOT_FOUND", "There is no such live token.");
    for (const ending of endingsFor([token])) await endTokens(tx, ending);
    await recordAudit(tx, {
      actor,
      action: "scim.token.revoked",
      targetKind: "scimToken",
      targetId: tokenId,
      details: { lastFour: token.lastFour },
    });
  });
}

/**
 * Makes a pasted token inside the caller's transaction. Only the hash is looked up; the ciphertext is for Reveal, and
 * opens for its own row alone.
 */
export async function issuePastedToken(
  tx: WorkspaceTx,
  expiresInDays: number | null = null,
): Promise<{ readonly id: string; readonly token: string }> {
  const id = newId();
  const token = randomToken(TOKEN_PREFIX);
  await insertToken(tx, {
    id,
    kind: "pasted",
    tokenHash: sha256Hex(token),
    ciphertext: seal("scim-token", token, id),
    lastFour: token.slice(-4),
    ...lastingDays(expiresInDays),
  });
  return { id, token };
}
