import { SelfTestPage } from "#ui/settings/provisioning/self-test/self-test-page";

import type { WorkspaceParams } from "../../../../signed-in";
import { openConsole } from "../open-console";

export const metadata = { title: "Provisioning self-test" };

export default function SelfTestRoute(props: WorkspaceParams) {
  return openConsole(props, "self-test", <SelfTestPage />);
}
