import { auditRouter } from "#server/audit/audit.router";
import { authRouter } from "#server/auth/auth.router";
import { setupRouter } from "#server/auth/setup.router";
import { boardsRouter } from "#server/boards/boards.router";
import { groupsRouter, membersRouter } from "#server/directory/members.router";
import { samlRouter } from "#server/saml/saml.router";
import { scimRouter } from "#server/scim/scim.router";
import { workspacesRouter } from "#server/workspaces/workspaces.router";

import { createCallerFactory, router } from "./init";

export const appRouter = router({
  setup: setupRouter,
  auth: authRouter,
  workspace: workspacesRouter,
  members: membersRouter,
  groups: groupsRouter,
  boards: boardsRouter,
  saml: samlRouter,
  scim: scimRouter,
  audit: auditRouter,
});

/** The interface imports this type only: no server code reaches the browser. */
export type AppRouter = typeof appRouter;

/** Calls procedures in this process, for tests and for server components (see caller.ts). */
export const createAppCaller = createCallerFactory(appRouter);
