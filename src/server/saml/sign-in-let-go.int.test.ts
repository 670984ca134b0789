import { randomBytes, randomUUID } from "node:crypto";

import { describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeMember } from "../../../tests/support/factories";
import { newPerson } from "../../../tests/support/idp/index";
import { makeSamlWorkspace, memberOf, reasonOf, startSignIn } from "../../../tests/support/saml-sign-in";
import { db, inWorkspaceTx } from "../db/index";
import {
  deactivateMember,
  deleteMember,
  findMembers,
  getMemberForUpdate,
  reactivateMember,
  type Member,
} from "../directory/index";

useTestDatabase();

describe("somebody who was let go", () => {
  async function withMember(
    change: (member: Member, tx: Parameters<Parameters<typeof inWorkspaceTx>[1]>[0]) => Promise<unknown>,
  ) {
    const setting = await makeSamlWorkspace();
    const ada = newPerson();
    const id = (await memberOf(await setting.signIn({ person: ada })))!;
    await inWorkspaceTx(setting.scope, async (tx) => change(await getMemberForUpdate(tx, id), tx));
    return { ...setting, ada, id };
  }

  it("is refused in both directions, and by every key, until reactivated", async () => {
    const { workspace, scope, system, ada, id, signIn } = await withMember((member, tx) =>
      deactivateMember(tx, { kind: "system", workspaceId: member.workspaceId }, member, "test"),
    );
    expect(await db().session.count({ where: { memberId: id } })).toBe(0);
    expect(await reasonOf(scope, await signIn({ person: ada }))).toBe("member_inactive");
    const inResponseTo = await startSignIn(workspace.id);
    expect(await reasonOf(scope, await signIn({ person: ada, inResponseTo }))).toBe("member_inactive");
    const renamed = { ...ada, userName: "new-name@acme.test", email: "new-name@acme.test" };
    expect(await reasonOf(scope, await signIn({ person: renamed }))).toBe("member_inactive");
    expect(await findMembers(scope, { userName: "new-name@acme.test" })).toEqual([]);
    await inWorkspaceTx(scope, async (tx) => reactivateMember(tx, system, await getMemberForUpdate(tx, id)));
    expect(await memberOf(await signIn({ person: ada }))).toBe(id);
  });

  it("is not made anew when the provider begins to send an object id and another user name", async () => {
    const { scope, system, signIn } = await makeSamlWorkspace();
    const email = `x${randomBytes(4).toString("hex")}@acme.test`;
    const nameIdXml =
      '<NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">opaque-9</NameID>';
    const id = (await memberOf(await signIn({ nameIdXml, claims: [["email", email]] })))!;
    await inWorkspaceTx(scope, async (tx) =>
      deactivateMember(tx, system, await getMemberForUpdate(tx, id), "test"),
    );
    const renamed = { ...newPerson(), email };
    expect(await reasonOf(scope, await signIn({ person: renamed }))).toBe("member_inactive");
    expect(await findMembers(scope, { userName: renamed.userName })).toEqual([]);
  });

  it("is refused while inactive also before the first sign-in", async () => {
    const { scope, signIn } = await makeSamlWorkspace();
    const ada = newPerson();
    await makeMember(scope, { userName: ada.userName, active: false, source: "scim", scimManaged: true });
    expect(await reasonOf(scope, await signIn({ person: ada }))).toBe("member_inactive");
  });

  it("is not made anew after a deletion, but a successor with another object id may come", async () => {
    const { scope, ada, id, signIn } = await withMember((member, tx) =>
      deleteMember(tx, { kind: "system", workspaceId: member.workspaceId }, member, "test"),
    );
    expect(await reasonOf(scope, await signIn({ person: ada }))).toBe("member_deleted");
    const renamed = { ...ada, userName: "new-name@acme.test" };
    expect(await reasonOf(scope, await signIn({ person: renamed }))).toBe("member_deleted");
    const successor = { ...ada, objectId: randomUUID() };
    const next = await memberOf(await signIn({ person: successor }));
    expect(next).toBeDefined();
    expect(next).not.toBe(id);
  });

  it("cannot be let in by a spent response later", async () => {
    const { scope, system, ada, id, fixture, post } = await withMember((member, tx) =>
      deactivateMember(tx, { kind: "system", workspaceId: member.workspaceId }, member, "test"),
    );
    const response = fixture.response({ person: ada });
    expect(await reasonOf(scope, await post(response))).toBe("member_inactive");
    await inWorkspaceTx(scope, async (tx) => reactivateMember(tx, system, await getMemberForUpdate(tx, id)));
    expect(await reasonOf(scope, await post(response))).toBe("replayed");
  });

  it("loses a session that is being made while the deactivation runs", async () => {
    const { scope, system, signIn } = await makeSamlWorkspace();
    const ada = newPerson();
    const id = (await memberOf(await signIn({ person: ada })))!;
    for (let round = 0; round < 5; round++) {
      const [outcome] = await Promise.all([
        signIn({ person: ada }),
        inWorkspaceTx(scope, async (tx) =>
          deactivateMember(tx, system, await getMemberForUpdate(tx, id), "race"),
        ),
      ]);
      expect(await memberOf(outcome)).toBeUndefined();
      expect(await db().session.count({ where: { memberId: id } })).toBe(0);
      await inWorkspaceTx(scope, async (tx) =>
        reactivateMember(tx, system, await getMemberForUpdate(tx, id)),
      );
    }
  });
});
