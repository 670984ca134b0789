import { forbidden } from "next/navigation";
import { Suspense } from "react";

import { createCaller } from "#server/trpc/caller";
import { AuditPage } from "#ui/settings/audit/audit-page";
import { SettingsSkeleton } from "#ui/settings/settings-skeleton";

import { requireWorkspaceView, type WorkspaceParams } from "../../../signed-in";

export const metadata = { title: "Audit log" };

export default async function AuditSettingsPage(props: WorkspaceParams) {
  const view = await requireWorkspaceView(props, "/settings/audit");
  if (!view.canManage) forbidden();
  return (
    <Suspense fallback={<SettingsSkeleton />}>
      <Audit workspaceSlug={view.slug} />
    </Suspense>
  );
}

async function Audit(workspace: { readonly workspaceSlug: string }) {
  const api = await createCaller();
  return <AuditPage initial={await api.audit.list(workspace)} />;
}
