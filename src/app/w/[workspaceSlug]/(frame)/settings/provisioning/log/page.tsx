import { LogPage } from "#ui/settings/provisioning/log/log-page";

import type { WorkspaceParams } from "../../../../signed-in";
import { openConsole } from "../open-console";

export const metadata = { title: "Provisioning log" };

export default function LogRoute(props: WorkspaceParams) {
  return openConsole(props, "log", <LogPage />);
}
