import { notFound, redirect } from "next/navigation";

import { auth } from "#server/auth/index";
import { can } from "#server/workspaces/index";
import type { WorkspaceView } from "#ui/frame/workspace-context";

/** What Next hands to pages and layouts under /w/SLUG. */
export interface WorkspaceParams {
  readonly params: Promise<{ readonly workspaceSlug: string }>;
}

/** Who looks at which workspace; null when nobody is signed in, or somebody of another workspace is. */
export async function findWorkspaceView({ params }: WorkspaceParams): Promise<WorkspaceView | null> {
  const slug = decodeURIComponent((await params).workspaceSlug);
  const session = await auth();
  if (session?.workspace.slug !== slug) return null;
  const { memberId, name, email, role } = session.actor;
  return {
    slug,
    name: session.workspace.name,
    me: { memberId, name, email, role },
    canManage: can(role, "workspace:manage"),
    canEditBoards: can(role, "boards:edit"),
    canSeeBoards: can(role, "boards:view"),
    canSeeMembers: can(role, "members:view"),
  };
}

/**
 * The same for a page. Nobody signed in: to sign-in, with a way back to `path` in the workspace. Somebody of
 * another workspace: not found, so that a workspace's existence does not show.
 */
export async function requireWorkspaceView(props: WorkspaceParams, path = ""): Promise<WorkspaceView> {
  const view = await findWorkspaceView(props);
  if (view) return view;
  if (await auth()) notFound();
  const slug = decodeURIComponent((await props.params).workspaceSlug);
  const next = `/w/${encodeURIComponent(slug)}${path}`;
  redirect(`/signin?${new URLSearchParams({ workspace: slug, next }).toString()}`);
}
