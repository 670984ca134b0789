import { OverviewPage } from "#ui/settings/provisioning/overview/overview-page";

import type { WorkspaceParams } from "../../../signed-in";
import { openConsole } from "./open-console";

export const metadata = { title: "Provisioning" };

export default function ProvisioningRoute(props: WorkspaceParams) {
  return openConsole(props, "overview", <OverviewPage />);
}
