import { db, translateDbError, type WorkspaceTx } from "#server/db/index";
import { AppError } from "#server/kernel/errors";

/** Where the hash of the one-time set-up code is kept. */
const SETUP_CODE = "setup.code";

/** Replaces the set-up code's hash. */
export async function saveSetupCodeHash(hash: string): Promise<void> {
  await db().instanceSetting.upsert({
    where: { key: SETUP_CODE },
    create: { key: SETUP_CODE, value: hash },
    update: { value: hash },
  });
}

/**
 * Deletes the set-up code when this is its hash. The row's lock lets only one of several attempts at once
 * have it; when that one rolls back, the code is there again.
 */
export async function consumeSetupCode(tx: WorkspaceTx, hash: string): Promise<boolean> {
  const { count } = await tx.db.instanceSetting.deleteMany({
    where: { key: SETUP_CODE, value: { equals: hash } },
  });
  return count === 1;
}

/** Takes the set-up code out of use, whatever it is. */
export async function dropSetupCode(tx: WorkspaceTx): Promise<void> {
  await tx.db.instanceSetting.deleteMany({ where: { key: SETUP_CODE } });
}

/**
 * Inserts the workspace row inside the transaction that also makes its owner.
 * @throws AppError CONFLICT that names the slug when it is taken.
 */
export async function insertWorkspaceRow(
  tx: WorkspaceTx,
  input: { readonly slug: string; readonly name: string },
): Promise<void> {
  try {
    await tx.db.workspace.create({ data: { id: tx.scope.workspaceId, ...input } });
  } catch (cause) {
    if (translateDbError(cause).code !== "CONFLICT") throw cause;
    // Without the cause: the transaction translates whatever has a database error inside.
    throw new AppError("CONFLICT", `There is a workspace with the slug "${input.slug}" already.`);
  }
}
