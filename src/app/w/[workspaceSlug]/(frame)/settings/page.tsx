import { redirect } from "next/navigation";

import { requireWorkspaceView, type WorkspaceParams } from "../../signed-in";

export default async function SettingsPage(props: WorkspaceParams): Promise<never> {
  const view = await requireWorkspaceView(props, "/settings");
  redirect(`/w/${encodeURIComponent(view.slug)}/settings/${view.canManage ? "general" : "members"}`);
}
