import { forbidden } from "next/navigation";
import { Suspense } from "react";

import { createCaller } from "#server/trpc/caller";
import { MembersPage } from "#ui/settings/members/members-page";
import { SettingsSkeleton } from "#ui/settings/settings-skeleton";

import { requireWorkspaceView, type WorkspaceParams } from "../../../signed-in";

export const metadata = { title: "Members" };

export default async function MembersSettingsPage(props: WorkspaceParams) {
  const view = await requireWorkspaceView(props, "/settings/members");
  if (!view.canSeeMembers) forbidden();
  return (
    <Suspense fallback={<SettingsSkeleton />}>
      <Members workspaceSlug={view.slug} />
    </Suspense>
  );
}

async function Members(workspace: { readonly workspaceSlug: string }) {
  const api = await createCaller();
  const [members, groups] = await Promise.all([api.members.list(workspace), api.groups.list(workspace)]);
  return <MembersPage members={members} groups={groups} />;
}
