import { prepareRuntime } from "#server/boot/prepare-runtime";
import { findServerUrl } from "#server/boot/running-server";
import { workspaceScope, type WorkspaceScope } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { env, provideEnv } from "#server/kernel/env";
import { logToStandardError } from "#server/kernel/logger";
import { getWorkspaceBySlug, type Workspace } from "#server/workspaces/index";

import type { Terminal } from "./terminal";

/** What every command knows of its surroundings. */
export interface CliContext extends Terminal {
  /** The folder with prisma/migrations. */
  readonly root: string;
  /** Whether PUBLIC_URL or PORT was given; else the running server knows its URL better than the default. */
  readonly publicUrlGiven: boolean;
}

/**
 * Runs a command's work with the database: beside a running server it joins that server's, else it starts the
 * embedded one and stops it afterwards, also when Ctrl-C comes in between.
 */
export async function withRuntime<T>(context: CliContext, work: () => Promise<T>): Promise<T> {
  // Standard output belongs to the result, whatever a module has to log.
  logToStandardError();
  const runtime = await prepareRuntime(context.root);
  const url = context.publicUrlGiven ? null : findServerUrl(env().dataDir);
  if (url !== null) provideEnv({ publicUrl: url });
  const interrupt = () => void runtime.release().finally(() => process.exit(130));
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    return await work();
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await runtime.release();
  }
}

/** The workspace a command is about, with the actor that the audit log will name. */
export interface CliWorkspace {
  readonly workspace: Workspace;
  readonly scope: WorkspaceScope;
  readonly actor: Actor;
}

/** Like `withRuntime`, inside one workspace. @throws AppError NOT_FOUND when no workspace has this slug. */
export function withWorkspace<T>(
  context: CliContext,
  slug: string,
  work: (target: CliWorkspace) => Promise<T>,
): Promise<T> {
  return withRuntime(context, async () => {
    const workspace = await getWorkspaceBySlug(slug);
    return work({
      workspace,
      scope: workspaceScope(workspace.id),
      actor: { kind: "cli", workspaceId: workspace.id },
    });
  });
}
