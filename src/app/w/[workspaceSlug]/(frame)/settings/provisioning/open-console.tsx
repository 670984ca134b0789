import { forbidden } from "next/navigation";
import { Suspense, type ReactNode } from "react";

import { createCaller } from "#server/trpc/caller";
import { providerName } from "#ui/settings/provider-name";
import { ConsoleFrame, type ConsoleTab } from "#ui/settings/provisioning/console-frame";
import { SettingsSkeleton } from "#ui/settings/settings-skeleton";

import { requireWorkspaceView, type WorkspaceParams } from "../../../signed-in";

/**
 * A page of the provisioning console, for who may manage it. Rights are checked before anything streams, so that
 * redirects and refusals keep their HTTP status.
 */
export async function openConsole(
  props: WorkspaceParams,
  tab: ConsoleTab,
  page: ReactNode,
): Promise<ReactNode> {
  const path = tab === "overview" ? "" : `/${tab}`;
  const view = await requireWorkspaceView(props, `/settings/provisioning${path}`);
  if (!view.canManage) forbidden();
  return (
    <Suspense fallback={<SettingsSkeleton />}>
      <Loaded workspaceSlug={view.slug} tab={tab}>
        {page}
      </Loaded>
    </Suspense>
  );
}

interface LoadedProps {
  readonly workspaceSlug: string;
  readonly tab: ConsoleTab;
  readonly children: ReactNode;
}

async function Loaded({ workspaceSlug, tab, children }: LoadedProps) {
  const api = await createCaller();
  const [scim, saml] = await Promise.all([api.scim.get({ workspaceSlug }), api.saml.get({ workspaceSlug })]);
  return (
    <ConsoleFrame tab={tab} initial={scim} provider={providerName(saml.connection?.idpEntityId)}>
      {children}
    </ConsoleFrame>
  );
}
