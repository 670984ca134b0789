import { ConnectPage } from "#ui/settings/provisioning/connect/connect-page";

import type { WorkspaceParams } from "../../../../signed-in";
import { openConsole } from "../open-console";

export const metadata = { title: "Connect provisioning" };

export default function ConnectRoute(props: WorkspaceParams) {
  return openConsole(props, "connect", <ConnectPage />);
}
