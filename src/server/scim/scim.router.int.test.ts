import { describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeMember, makeSamlConnection, makeSession, makeWorkspace } from "../../../tests/support/factories";
import type { Role } from "#generated/prisma/enums";
import { findActiveSession } from "#server/sessions/index";
import { createCallerFactory, router } from "#server/trpc/init";

import { scimRouter } from "./scim.router";

useTestDatabase();

const caller = createCallerFactory(router({ scim: scimRouter }));

async function signedIn(role: Role, sameOrigin = true) {
  const { workspace, scope } = await makeWorkspace();
  const { token } = await makeSession(scope, await makeMember(scope, { role }));
  const session = await findActiveSession(token);
  const context = { session, address: "x", headers: new Headers(), setCookie: () => {}, sameOrigin };
  return { scope, scim: caller(context).scim, workspace: { workspaceSlug: workspace.slug } };
}

describe("the provisioning page's procedures", () => {
  it("turn SCIM on only once SAML is configured, then reveal, rotate and turn it off", async () => {
    const { scope, scim, workspace } = await signedIn("admin");
    await expect(scim.enable(workspace)).rejects.toMatchObject({ code: "PRECONDITION_FAILED" });
    await makeSamlConnection(scope);
    const { tenantUrl } = await scim.enable(workspace);
    expect(await scim.get(workspace)).toMatchObject({ enabled: true, tenantUrl });
    const first = await scim.reveal(workspace);
    expect(first.token).toMatch(/^chalk_scim_/);
    const second = await scim.rotate(workspace);
    expect(second.token).not.toBe(first.token);
    expect(await scim.reveal(workspace)).toEqual(second);
    await scim.disable(workspace);
    expect(await scim.get(workspace)).toMatchObject({ enabled: false });
  });

  it.each(["editor", "viewer", "guest"] as const)("are not for a role of %s", async (role) => {
    const { scim, workspace } = await signedIn(role);
    for (const procedure of [scim.get, scim.enable, scim.disable, scim.reveal, scim.rotate]) {
      await expect(procedure(workspace)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  it("give another site no token: Reveal is a mutation", async () => {
    const { scim, workspace } = await signedIn("owner", false);
    expect(await scim.get(workspace)).toMatchObject({ enabled: false });
    await expect(scim.reveal(workspace)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("show nothing of another workspace", async () => {
    const { scim } = await signedIn("owner");
    const other = await signedIn("owner");
    for (const procedure of [scim.get, scim.enable, scim.reveal]) {
      await expect(procedure(other.workspace)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});
