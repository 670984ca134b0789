import { forbidden } from "next/navigation";
import { Suspense } from "react";

import { createCaller } from "#server/trpc/caller";
import { ProvisioningPage } from "#ui/settings/provisioning/provisioning-page";
import { SettingsSkeleton } from "#ui/settings/settings-skeleton";

import { requireWorkspaceView, type WorkspaceParams } from "../../../signed-in";

export const metadata = { title: "Provisioning" };

export default async function ProvisioningSettingsPage(props: WorkspaceParams) {
  const view = await requireWorkspaceView(props, "/settings/provisioning");
  if (!view.canManage) forbidden();
  return (
    <Suspense fallback={<SettingsSkeleton />}>
      <Provisioning workspaceSlug={view.slug} />
    </Suspense>
  );
}

async function Provisioning(workspace: { readonly workspaceSlug: string }) {
  const api = await createCaller();
  return <ProvisioningPage initial={await api.scim.get(workspace)} />;
}
