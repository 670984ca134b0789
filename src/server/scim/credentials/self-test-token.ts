import { inWorkspaceTx, type WorkspaceScope } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { randomToken, sha256Hex } from "#server/kernel/crypto";
import { newId } from "#server/kernel/ids";

import { requireManager } from "../require-manager";
import { lastingMs } from "./lifetime";
import { deleteToken, insertToken } from "./token.repo";

const TOKEN_PREFIX = "chalk_test_";
const LIFETIME_MS = 300_000;

/** A token for one run of the self-test. */
export interface SelfTestToken {
  readonly token: string;
  /** Takes it away; call it whatever the run's outcome. Without the call it ends by itself after five minutes. */
  end(): Promise<void>;
}

/**
 * Makes a token for the self-test, of a kind of its own: what it does is not counted as use of the connection. The
 * run that it is for leaves an audit row of its own, with how it went.
 * @throws AppError FORBIDDEN
 */
export async function issueSelfTestToken(scope: WorkspaceScope, actor: Actor): Promise<SelfTestToken> {
  requireManager(actor);
  const id = newId();
  const token = randomToken(TOKEN_PREFIX);
  await inWorkspaceTx(scope, async (tx) => {
    await insertToken(tx, {
      id,
      kind: "self_test",
      tokenHash: sha256Hex(token),
      lastFour: token.slice(-4),
      ...lastingMs(LIFETIME_MS),
    });
  });
  return { token, end: () => deleteToken(scope, id) };
}
