import { CredentialsPage } from "#ui/settings/provisioning/credentials/credentials-page";

import type { WorkspaceParams } from "../../../../signed-in";
import { openConsole } from "../open-console";

export const metadata = { title: "Provisioning credentials" };

export default function CredentialsRoute(props: WorkspaceParams) {
  return openConsole(props, "credentials", <CredentialsPage />);
}
