export { db, disconnect } from "./client";
export { workspaceScope, type WorkspaceScope } from "./scope";
export { sqlOnPool, type SqlRunner } from "./sql";
export {
  findSqlState,
  inSqlTx,
  inWorkspaceTx,
  translateDbError,
  type DbClient,
  type SqlTx,
  type WorkspaceTx,
} from "./transaction";
export { Prisma } from "#generated/prisma/client";
