import { forbidden } from "next/navigation";
import { Suspense } from "react";

import { createCaller } from "#server/trpc/caller";
import { GeneralSettings } from "#ui/settings/general/general-settings";
import { SettingsSkeleton } from "#ui/settings/settings-skeleton";

import { requireWorkspaceView, type WorkspaceParams } from "../../../signed-in";

export const metadata = { title: "General" };

export default async function GeneralSettingsPage(props: WorkspaceParams) {
  const view = await requireWorkspaceView(props, "/settings/general");
  if (!view.canManage) forbidden();
  return (
    <Suspense fallback={<SettingsSkeleton />}>
      <General workspaceSlug={view.slug} />
    </Suspense>
  );
}

async function General(workspace: { readonly workspaceSlug: string }) {
  const api = await createCaller();
  return <GeneralSettings workspace={await api.workspace.get(workspace)} />;
}
