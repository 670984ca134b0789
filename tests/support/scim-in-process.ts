import { enableScim, handleScim, revealToken } from "../../src/server/scim/index";
import type { WorkspaceScope } from "../../src/server/db/index";
import { makeSamlConnection, makeWorkspace } from "./factories";
import type { ScimTarget } from "../../tools/entra-sim/index";

export interface ScimConnection {
  readonly scope: WorkspaceScope;
  readonly target: ScimTarget;
}

/** A fresh workspace with SAML and SCIM on, whose requests go straight into the SCIM core. */
export async function connectScim(): Promise<ScimConnection> {
  const { scope } = await makeWorkspace();
  await makeSamlConnection(scope);
  const actor = { kind: "cli", workspaceId: scope.workspaceId } as const;
  const { baseUrl } = await enableScim(scope, actor);
  const { token } = await revealToken(scope, actor);
  return { scope, target: { baseUrl, token, send: handleScim } };
}
