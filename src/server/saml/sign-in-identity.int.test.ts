import { randomBytes, randomUUID } from "node:crypto";

import { describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeMember } from "../../../tests/support/factories";
import { TENANT } from "../../../tests/support/idp/fixture";
import { newPerson, type TestPerson } from "../../../tests/support/idp/index";
import { makeSamlWorkspace, memberOf, reasonOf } from "../../../tests/support/saml-sign-in";
import { listAuditEvents } from "../audit/index";
import { db, type WorkspaceScope } from "../db/index";
import { findMember, findMembers } from "../directory/index";

useTestDatabase();

describe("a newcomer", () => {
  it("becomes a member with the workspace's default role", async () => {
    const { workspace, scope, signIn } = await makeSamlWorkspace();
    await db().workspace.update({ where: { id: workspace.id }, data: { defaultRole: "viewer" } });
    const ada = newPerson();
    const memberId = await memberOf(await signIn({ person: ada }));
    const member = await findMember(scope, { id: memberId! });
    expect(member).toMatchObject({
      userName: ada.userName,
      email: ada.email,
      name: "Ada Lovelace",
      role: "viewer",
      source: "saml",
      active: true,
      scimManaged: false,
      samlTenantId: TENANT,
      samlObjectId: ada.objectId,
    });
  });

  it("is one member also when two first sign-ins come at once", async () => {
    const { scope, signIn } = await makeSamlWorkspace();
    const ada = newPerson();
    const outcomes = await Promise.all([
      signIn({ person: ada }),
      signIn({ person: ada }),
      signIn({ person: ada }),
    ]);
    const ids = await Promise.all(outcomes.map(memberOf));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toBeDefined();
    expect(await findMembers(scope, { userName: ada.userName })).toHaveLength(1);
  });

  it("stays out where just-in-time members are off", async () => {
    const { scope, signIn } = await makeSamlWorkspace({ jitEnabled: false });
    const ada = newPerson();
    expect(await reasonOf(scope, await signIn({ person: ada }))).toBe("unknown_person");
    expect(await findMember(scope, { userName: ada.userName })).toBeNull();
  });

  it("with no address and no e-mail-shaped name is let in by user name", async () => {
    const { scope, signIn } = await makeSamlWorkspace();
    const ada = newPerson({ email: null });
    const member = await findMember(scope, { id: (await memberOf(await signIn({ person: ada })))! });
    expect(member?.userName).toBe(ada.userName);
  });
});

describe("a known person", () => {
  const provisioned = (
    scope: WorkspaceScope,
    ada: TestPerson,
    changes: Parameters<typeof makeMember>[1] = {},
  ) =>
    makeMember(scope, {
      userName: ada.userName,
      email: ada.email ?? null,
      name: "By SCIM",
      source: "scim",
      scimManaged: true,
      ...changes,
    });

  it("is found by the object id, whatever else has changed", async () => {
    const { signIn } = await makeSamlWorkspace();
    const ada = newPerson();
    const first = await memberOf(await signIn({ person: ada }));
    const renamed = {
      ...ada,
      userName: "married@acme.test",
      email: "married@acme.test",
      displayName: "Ada King",
    };
    expect(await memberOf(await signIn({ person: renamed }))).toBe(first);
  });

  it("is found by SCIM's externalId, and keeps what SCIM manages", async () => {
    const { scope, signIn } = await makeSamlWorkspace();
    const ada = newPerson();
    const member = await provisioned(scope, ada, {
      userName: "other@acme.test",
      email: "other@acme.test",
      externalId: ada.objectId,
    });
    expect(await memberOf(await signIn({ person: ada }))).toBe(member.id);
    expect(await findMember(scope, { id: member.id })).toMatchObject({
      name: "By SCIM",
      samlObjectId: ada.objectId,
      userName: "other@acme.test",
    });
  });

  it.each([
    ["owner", "externalId"],
    ["admin", "externalId"],
    ["owner", "email"],
    ["admin", "email"],
  ] as const)("who is %s is not linked by the %s, which provisioning may write", async (role, by) => {
    const { scope, signIn } = await makeSamlWorkspace();
    const thief = newPerson();
    await provisioned(scope, thief, {
      userName: "victim@acme.test",
      email: by === "email" ? thief.email! : "victim@acme.test",
      externalId: by === "externalId" ? thief.objectId : null,
      role,
    });
    expect(await reasonOf(scope, await signIn({ person: thief }))).toBe("privileged_link");
  });

  it("who owns the workspace is linked by the address that the password belongs to", async () => {
    const { scope, signIn } = await makeSamlWorkspace();
    const olga = newPerson();
    const owner = await provisioned(scope, olga, {
      userName: "olga-at-setup@acme.test",
      role: "owner",
      passwordHash: "set",
    });
    expect(await memberOf(await signIn({ person: olga }))).toBe(owner.id);
  });

  it("is found by user name in any case, and linked", async () => {
    const { scope, signIn } = await makeSamlWorkspace();
    const ada = newPerson();
    const member = await provisioned(scope, ada);
    expect(await memberOf(await signIn({ person: { ...ada, userName: ada.userName.toUpperCase() } }))).toBe(
      member.id,
    );
    expect(await findMember(scope, { id: member.id })).toMatchObject({ samlObjectId: ada.objectId });
  });

  it("is found by address once, which is audited, and afterwards by id only", async () => {
    const { scope, signIn } = await makeSamlWorkspace();
    const ada = newPerson();
    const member = await makeMember(scope, { userName: "local-name", email: ada.email!, role: "editor" });
    expect(await memberOf(await signIn({ person: ada }))).toBe(member.id);
    const { events } = await listAuditEvents(scope);
    expect(events.find((event) => event.action === "member.saml.linked")?.details).toMatchObject({
      by: "email",
    });
    const impostor = newPerson({ email: ada.email! });
    const second = await memberOf(await signIn({ person: impostor }));
    expect(second).not.toBe(member.id);
  });

  it("gets the provider's spelling of the name, and an unchanged member keeps the version", async () => {
    const { scope, signIn } = await makeSamlWorkspace();
    const ada = newPerson();
    const id = (await memberOf(await signIn({ person: ada })))!;
    const before = await findMember(scope, { id });
    await signIn({ person: ada });
    expect((await findMember(scope, { id }))?.version).toBe(before?.version);
    await signIn({ person: { ...ada, displayName: "Countess Lovelace" } });
    expect((await findMember(scope, { id }))?.name).toBe("Countess Lovelace");
  });

  it("is not the one who has the user name now but another object id", async () => {
    const { scope, signIn } = await makeSamlWorkspace();
    const ada = newPerson();
    await signIn({ person: ada });
    const successor = { ...ada, objectId: randomUUID() };
    expect(await reasonOf(scope, await signIn({ person: successor }))).toBe("identity_conflict");
    const byScim = newPerson();
    await provisioned(scope, byScim, { externalId: randomUUID() });
    expect(await reasonOf(scope, await signIn({ person: byScim }))).toBe("identity_conflict");
  });

  it("is never somebody whose name only looks the same", async () => {
    const { scope, signIn } = await makeSamlWorkspace();
    const victim = await makeMember(scope, {
      userName: "kim@acme.test",
      email: "kim@acme.test",
      role: "owner",
    });
    for (const fake of ["\u212aim@acme.test", "k\u0456m@acme.test", "ｋim@acme.test"]) {
      const outcome = await signIn({ person: newPerson({ userName: fake, email: fake }) });
      expect(await memberOf(outcome)).not.toBe(victim.id);
    }
  });

  it("is recognised without object ids by a stable NameID", async () => {
    const { signIn } = await makeSamlWorkspace();
    const nameIdXml =
      '<NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">opaque-7</NameID>';
    const claims = [["email", `x${randomBytes(4).toString("hex")}@acme.test`]] as const;
    const first = await memberOf(await signIn({ nameIdXml, claims }));
    expect(first).toBeDefined();
    expect(await memberOf(await signIn({ nameIdXml, claims: [["email", "moved@acme.test"]] }))).toBe(first);
  });
});
