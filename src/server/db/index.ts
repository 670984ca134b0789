export { db, disconnect } from "./client";
export { workspaceScope, type WorkspaceScope } from "./scope";
export { inWorkspaceTx, translateDbError, type DbClient, type WorkspaceTx } from "./transaction";
export { Prisma } from "#generated/prisma/client";
