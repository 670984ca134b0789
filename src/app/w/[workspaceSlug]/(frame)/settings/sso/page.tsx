import { forbidden } from "next/navigation";
import { Suspense } from "react";

import { createCaller } from "#server/trpc/caller";
import { SsoPage } from "#ui/settings/sso/sso-page";
import { SettingsSkeleton } from "#ui/settings/settings-skeleton";

import { requireWorkspaceView, type WorkspaceParams } from "../../../signed-in";

export const metadata = { title: "Single sign-on" };

export default async function SsoSettingsPage(props: WorkspaceParams) {
  const view = await requireWorkspaceView(props, "/settings/sso");
  if (!view.canManage) forbidden();
  return (
    <Suspense fallback={<SettingsSkeleton />}>
      <Sso workspaceSlug={view.slug} />
    </Suspense>
  );
}

async function Sso(workspace: { readonly workspaceSlug: string }) {
  const api = await createCaller();
  return <SsoPage initial={await api.saml.get(workspace)} />;
}
