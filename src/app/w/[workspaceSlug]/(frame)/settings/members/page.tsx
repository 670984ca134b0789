import { forbidden } from "next/navigation";
import { Suspense } from "react";

import { createCaller } from "#server/trpc/caller";
import { MembersPage } from "#ui/settings/members/members-page";
import { providerName } from "#ui/settings/provider-name";
import { SettingsSkeleton } from "#ui/settings/settings-skeleton";

import { requireWorkspaceView, type WorkspaceParams } from "../../../signed-in";

export const metadata = { title: "Members" };

export default async function MembersSettingsPage(props: WorkspaceParams) {
  const view = await requireWorkspaceView(props, "/settings/members");
  if (!view.canSeeMembers) forbidden();
  return (
    <Suspense fallback={<SettingsSkeleton />}>
      <Members workspaceSlug={view.slug} canManage={view.canManage} />
    </Suspense>
  );
}

interface MembersProps {
  readonly workspaceSlug: string;
  readonly canManage: boolean;
}

/** Only administrators may know which identity provider it is; others read that there is one. */
async function Members({ workspaceSlug, canManage }: MembersProps) {
  const api = await createCaller();
  const workspace = { workspaceSlug };
  const [members, groups, saml] = await Promise.all([
    api.members.list(workspace),
    api.groups.list(workspace),
    canManage ? api.saml.get(workspace) : null,
  ]);
  return (
    <MembersPage members={members} groups={groups} provider={providerName(saml?.connection?.idpEntityId)} />
  );
}
