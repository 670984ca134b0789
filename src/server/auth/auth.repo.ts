import { db, type WorkspaceTx } from "#server/db/index";

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
