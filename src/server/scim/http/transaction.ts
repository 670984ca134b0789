import { inSqlTx, type SqlTx } from "#server/db/index";
import { toAppError } from "#server/kernel/errors";

import { ScimError } from "../scim-error";
import type { ScimContext } from "./context";

/**
 * One transaction for one request. The transaction runner wraps what it does not know in an AppError; a ScimError
 * comes out as itself again.
 * @param uniqueName the attribute whose uniqueness a write can violate; the database's own text would not name it
 */
export async function inScimTransaction<T>(
  context: ScimContext,
  uniqueName: string,
  work: (tx: SqlTx) => Promise<T>,
): Promise<T> {
  try {
    return await inSqlTx(context.scope, work);
  } catch (error) {
    if (error instanceof Error && error.cause instanceof ScimError) throw error.cause;
    if (toAppError(error).code === "CONFLICT") {
      throw new ScimError(409, `${uniqueName} is already in use.`, { scimType: "uniqueness" });
    }
    throw error;
  }
}
