import { describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeMember, makeSession, makeWorkspace } from "../../../tests/support/factories";
import { idpMetadataXml, makeSigningKey } from "../../../tests/support/idp/index";
import { ISSUER } from "../../../tests/support/idp/fixture";
import type { Role } from "../../generated/prisma/enums";
import { listAuditEvents } from "../audit/index";
import { db, type WorkspaceScope } from "../db/index";
import { findActiveSession } from "../sessions/index";
import { createCallerFactory, router } from "../trpc/init";
import type { Workspace } from "../workspaces/index";
import { samlRouter } from "./saml.router";

useTestDatabase();

const caller = createCallerFactory(router({ saml: samlRouter }));
const key = makeSigningKey({ name: "Roll" });
const metadataXml = idpMetadataXml({
  entityId: ISSUER,
  ssoUrl: "https://idp.test/sso",
  certificatePems: [key.certificatePem],
});

async function signedIn(workspace: Workspace, scope: WorkspaceScope, role: Role) {
  const { token } = await makeSession(scope, await makeMember(scope, { role }));
  const session = await findActiveSession(token);
  const { saml } = caller({
    session,
    address: "x",
    headers: new Headers(),
    setCookie: () => {},
    sameOrigin: true,
  });
  return { saml, workspaceSlug: workspace.slug };
}

describe("metadata from the provider's address", () => {
  it("is for those who manage SAML, never from a private network, and not without end", async () => {
    const { workspace, scope } = await makeWorkspace();
    const admin = await signedIn(workspace, scope, "admin");
    const editor = await signedIn(workspace, scope, "editor");
    const input = { workspaceSlug: workspace.slug, url: "https://127.0.0.1/metadata" };
    await expect(editor.saml.fetchMetadata(input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    for (let tries = 1; tries <= 10; tries++) {
      await expect(admin.saml.fetchMetadata(input)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    await expect(admin.saml.fetchMetadata(input)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  });
});

describe("SAML settings", () => {
  it("start empty, are reviewed without being saved, then saved, switched and removed", async () => {
    const { workspace, scope } = await makeWorkspace();
    const { saml, workspaceSlug } = await signedIn(workspace, scope, "admin");
    const empty = await saml.get({ workspaceSlug });
    expect(empty).toEqual({
      connection: null,
      serviceProvider: {
        entityId: `http://localhost:3000/saml/${workspace.id}`,
        acsUrl: `http://localhost:3000/api/saml/${workspace.id}/acs`,
        loginUrl: `http://localhost:3000/api/saml/${workspace.id}/login`,
        metadataUrl: `http://localhost:3000/api/saml/${workspace.id}/metadata`,
      },
    });
    const review = await saml.review({ workspaceSlug, metadataXml });
    expect(review).toMatchObject({ idpEntityId: ISSUER, ssoUrl: "https://idp.test/sso", warnings: [] });
    expect(review.certificates).toEqual([
      {
        fingerprintSha256: expect.any(String),
        subject: "CN=Roll",
        notBefore: expect.any(Date),
        notAfter: expect.any(Date),
      },
    ]);
    expect((await saml.get({ workspaceSlug })).connection).toBeNull();

    await saml.save({ workspaceSlug, metadataXml, jitEnabled: false });
    expect((await saml.get({ workspaceSlug })).connection).toMatchObject({
      idpEntityId: ISSUER,
      allowIdpInitiated: true,
      enforced: false,
      jitEnabled: false,
      certificates: review.certificates,
    });
    await saml.update({ workspaceSlug, enforced: true });
    await saml.save({ workspaceSlug, metadataXml });
    // Saving new metadata must not turn switches back.
    expect((await saml.get({ workspaceSlug })).connection).toMatchObject({
      enforced: true,
      jitEnabled: false,
    });
    await saml.remove({ workspaceSlug });
    expect((await saml.get({ workspaceSlug })).connection).toBeNull();
    const { events } = await listAuditEvents(scope);
    expect(events.map((event) => event.action).filter((action) => action.startsWith("saml."))).toEqual([
      "saml.removed",
      "saml.saved",
      "saml.updated",
      "saml.saved",
    ]);
  });

  it("that are removed take SCIM along", async () => {
    const { workspace, scope } = await makeWorkspace();
    const { saml, workspaceSlug } = await signedIn(workspace, scope, "owner");
    await saml.save({ workspaceSlug, metadataXml });
    await db().workspace.update({ where: { id: workspace.id }, data: { scimEnabledAt: new Date() } });
    await saml.remove({ workspaceSlug });
    expect(
      (await db().workspace.findUniqueOrThrow({ where: { id: workspace.id } })).scimEnabledAt,
    ).toBeNull();
    const { events } = await listAuditEvents(scope);
    expect(events.map((event) => event.action)).toContain("scim.disabled");
  });

  it("that are removed leave all of it in place when SCIM cannot be turned off", async () => {
    const { workspace, scope } = await makeWorkspace();
    const { saml, workspaceSlug } = await signedIn(workspace, scope, "owner");
    await saml.save({ workspaceSlug, metadataXml });
    await db().workspace.update({ where: { id: workspace.id }, data: { scimEnabledAt: new Date() } });
    // The last statement of the transaction fails.
    await db()
      .$executeRaw`ALTER TABLE "AuditEvent" ADD CONSTRAINT "broken" CHECK ("action" <> 'scim.disabled') NOT VALID`;
    await expect(saml.remove({ workspaceSlug })).rejects.toThrow();
    await db().$executeRaw`ALTER TABLE "AuditEvent" DROP CONSTRAINT "broken"`;
    expect((await saml.get({ workspaceSlug })).connection).not.toBeNull();
    const { scimEnabledAt } = await db().workspace.findUniqueOrThrow({ where: { id: workspace.id } });
    expect(scimEnabledAt).not.toBeNull();
    const { events } = await listAuditEvents(scope);
    expect(events.map((event) => event.action)).not.toContain("saml.removed");
  });

  it("that cannot be used are refused, and nothing is saved", async () => {
    const { workspace, scope } = await makeWorkspace();
    const { saml, workspaceSlug } = await signedIn(workspace, scope, "owner");
    const broken = { workspaceSlug, metadataXml: "<!DOCTYPE x><x/>" };
    await expect(saml.save(broken)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(saml.review(broken)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(saml.update({ workspaceSlug, enforced: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await saml.remove({ workspaceSlug });
    expect(await db().samlConnection.count({ where: { workspaceId: workspace.id } })).toBe(0);
  });

  it.each(["editor", "viewer", "guest"] as const)("are not for a role of %s", async (role) => {
    const { workspace, scope } = await makeWorkspace();
    const { saml, workspaceSlug } = await signedIn(workspace, scope, role);
    const forbidden = { code: "FORBIDDEN" };
    await expect(saml.get({ workspaceSlug })).rejects.toMatchObject(forbidden);
    await expect(saml.review({ workspaceSlug, metadataXml })).rejects.toMatchObject(forbidden);
    await expect(saml.save({ workspaceSlug, metadataXml })).rejects.toMatchObject(forbidden);
    await expect(saml.update({ workspaceSlug, enforced: true })).rejects.toMatchObject(forbidden);
    await expect(saml.remove({ workspaceSlug })).rejects.toMatchObject(forbidden);
  });

  it("of another workspace do not show", async () => {
    const mine = await makeWorkspace();
    const other = await makeWorkspace();
    const { saml } = await signedIn(mine.workspace, mine.scope, "owner");
    await expect(saml.get({ workspaceSlug: other.workspace.slug })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(saml.save({ workspaceSlug: other.workspace.slug, metadataXml })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
