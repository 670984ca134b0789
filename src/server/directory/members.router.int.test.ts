import { describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeMember, makeSession, makeWorkspace } from "../../../tests/support/factories";
import { db, inWorkspaceTx, type WorkspaceScope } from "#server/db/index";
import { createCallerFactory, router } from "#server/trpc/init";
import { findActiveSession } from "#server/sessions/index";
import { updateWorkspaceRow } from "#server/workspaces/index";

import { createGroup } from "./manage-group";
import { deactivateMember, deleteMember, getMemberForUpdate, reactivateMember } from "./manage-member";
import { membersRouter } from "./members.router";

useTestDatabase();

const caller = createCallerFactory(router({ members: membersRouter }));

/** An administrator's procedures in a workspace whose SCIM is on or off. */
async function administrator({ scimOn }: { readonly scimOn: boolean }) {
  const { workspace, scope } = await makeWorkspace();
  await inWorkspaceTx(scope, (tx) => updateWorkspaceRow(tx, { scimEnabledAt: scimOn ? new Date() : null }));
  const { token } = await makeSession(scope, await makeMember(scope, { role: "owner" }));
  const session = await findActiveSession(token);
  const context = { session, address: "x", headers: new Headers(), setCookie: () => {}, sameOrigin: true };
  const { members } = caller(context);
  const workspaceSlug = workspace.slug;
  return {
    scope,
    members,
    workspaceSlug,
    about: (member: { readonly id: string }) => ({ workspaceSlug, memberId: member.id }),
    holdsOf: async (member: { readonly id: string }) =>
      (await members.list({ workspaceSlug })).find((row) => row.id === member.id)?.holds,
  };
}

const provisioned = (scope: WorkspaceScope) =>
  makeMember(scope, { source: "scim", scimManaged: true, roleAuthority: "scim" });

/** What a PATCH with `active` does, by the identity provider. */
function setActiveByScim(scope: WorkspaceScope, id: string, active: boolean) {
  const actor = { kind: "scim", workspaceId: scope.workspaceId, tokenId: id } as const;
  return inWorkspaceTx(scope, async (tx) => {
    const member = await getMemberForUpdate(tx, id);
    await (active ? reactivateMember(tx, actor, member) : deactivateMember(tx, actor, member, "scim"));
  });
}

const MANAGED = { code: "FORBIDDEN", cause: expect.objectContaining({ code: "SCIM_MANAGED" }) };

describe("a member whom the identity provider manages", () => {
  it("keeps the role that came from there, and is told so by whoever asks", async () => {
    const { scope, members, about, holdsOf } = await administrator({ scimOn: true });
    const ana = await provisioned(scope);
    expect(await holdsOf(ana)).toEqual({ role: true, reactivation: false, removal: true });
    await expect(members.setRole({ ...about(ana), role: "viewer" })).rejects.toMatchObject({
      ...MANAGED,
      message: expect.stringContaining("manages this person's role"),
    });
  });

  it("can have a role from here while none came from there", async () => {
    const { scope, members, about, holdsOf } = await administrator({ scimOn: true });
    const ana = await makeMember(scope, { scimManaged: true });
    expect(await holdsOf(ana)).toMatchObject({ role: false });
    await members.setRole({ ...about(ana), role: "viewer" });
  });

  it("can be deactivated here in an emergency, and let in again", async () => {
    const { scope, members, about, holdsOf } = await administrator({ scimOn: true });
    const ana = await provisioned(scope);
    await members.deactivate(about(ana));
    expect(await holdsOf(ana)).toMatchObject({ reactivation: false });
    await members.reactivate(about(ana));
    expect(await db().member.findFirst({ where: { id: ana.id } })).toMatchObject({ active: true });
  });

  it("stays out when the identity provider deactivated them", async () => {
    const { scope, members, about, holdsOf } = await administrator({ scimOn: true });
    const ana = await provisioned(scope);
    await setActiveByScim(scope, ana.id, false);
    expect(await holdsOf(ana)).toMatchObject({ reactivation: true });
    await expect(members.reactivate(about(ana))).rejects.toMatchObject(MANAGED);
    expect(await db().member.findFirst({ where: { id: ana.id } })).toMatchObject({ active: false });
  });

  it("stays out when the last of several deactivations was the identity provider's", async () => {
    const { scope, members, about, holdsOf } = await administrator({ scimOn: true });
    const ana = await provisioned(scope);
    await members.deactivate(about(ana));
    await setActiveByScim(scope, ana.id, true);
    await setActiveByScim(scope, ana.id, false);
    expect(await holdsOf(ana)).toMatchObject({ reactivation: true });
  });

  it("stays out when they were created inactive", async () => {
    const { scope, members, about, holdsOf } = await administrator({ scimOn: true });
    const ana = await makeMember(scope, { source: "scim", scimManaged: true, active: false });
    expect(await holdsOf(ana)).toMatchObject({ reactivation: true });
    await expect(members.reactivate(about(ana))).rejects.toMatchObject(MANAGED);
  });

  it("is not removed, active or not: the identity provider would ask for an id that is gone", async () => {
    const { scope, members, about } = await administrator({ scimOn: true });
    const ana = await provisioned(scope);
    await expect(members.remove(about(ana))).rejects.toMatchObject(MANAGED);
    await setActiveByScim(scope, ana.id, false);
    await expect(members.remove(about(ana))).rejects.toMatchObject(MANAGED);
  });

  it("is the administrators' again once SCIM is off", async () => {
    const { scope, members, about, holdsOf } = await administrator({ scimOn: false });
    const ana = await provisioned(scope);
    await setActiveByScim(scope, ana.id, false);
    expect(await holdsOf(ana)).toEqual({ role: false, reactivation: false, removal: false });
    await members.reactivate(about(ana));
    await members.setRole({ ...about(ana), role: "admin" });
    await members.remove(about(ana));
    expect(await holdsOf(ana)).toBeUndefined();
  });
});

describe("a member whom nobody else manages", () => {
  it("is removed, and stays the author of what they drew", async () => {
    const { scope, members, about, holdsOf } = await administrator({ scimOn: true });
    const bo = await makeMember(scope);
    expect(await holdsOf(bo)).toEqual({ role: false, reactivation: false, removal: false });
    await members.remove(about(bo));
    expect(await holdsOf(bo)).toBeUndefined();
    const row = await db().member.findFirst({ where: { id: bo.id } });
    expect(row).toMatchObject({ active: false, deletedAt: expect.any(Date) });
  });

  it("is not removed when they are the last owner, or an owner and the asker is none", async () => {
    const { scope, members, about, workspaceSlug } = await administrator({ scimOn: true });
    const [owner] = await members.list({ workspaceSlug });
    await expect(members.remove(about(owner!))).rejects.toMatchObject({ code: "CONFLICT" });
    const { token } = await makeSession(scope, await makeMember(scope, { role: "admin" }));
    const session = await findActiveSession(token);
    const admin = caller({
      session,
      address: "x",
      headers: new Headers(),
      setCookie: () => {},
      sameOrigin: true,
    });
    await expect(admin.members.remove(about(owner!))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("picking a person or group", () => {
  async function directory() {
    const admin = await administrator({ scimOn: true });
    const { scope, members, workspaceSlug } = admin;
    const system = { kind: "system", workspaceId: scope.workspaceId } as const;
    const ana = await makeMember(scope, { name: "Ana Ruiz", userName: "ana_ruiz@contoso.example" });
    const gone = await makeMember(scope, { name: "Anabel Sy", userName: "sy@contoso.example" });
    await inWorkspaceTx(scope, async (tx) =>
      deleteMember(tx, system, await getMemberForUpdate(tx, gone.id), "scim"),
    );
    const group = await inWorkspaceTx(scope, (tx) => createGroup(tx, system, { displayName: "Analysts" }));
    return { ana, gone, group, scope, find: (text: string) => members.subjects({ workspaceSlug, text }) };
  }

  it("finds people before groups by any part of the name, deleted people too", async () => {
    const { find } = await directory();
    expect(await find("aNa")).toEqual([
      expect.objectContaining({ kind: "member", name: "Ana Ruiz", deleted: false }),
      expect.objectContaining({ kind: "member", name: "Anabel Sy", deleted: true }),
      expect.objectContaining({ kind: "group", name: "Analysts", userName: null }),
    ]);
  });

  it("finds exactly one by id, and nobody of another workspace", async () => {
    const { find, ana, group } = await directory();
    expect(await find(ana.id.toUpperCase())).toEqual([expect.objectContaining({ name: "Ana Ruiz" })]);
    expect(await find(group.id)).toEqual([expect.objectContaining({ name: "Analysts" })]);
    const stranger = await makeMember((await makeWorkspace()).scope, { name: "Ana Elsewhere" });
    expect(await find(stranger.id)).toEqual([]);
    expect(await find("Elsewhere")).toEqual([]);
  });

  it("takes LIKE's signs for what they are", async () => {
    const { find } = await directory();
    expect((await find("ana_r")).map((one) => one.name)).toEqual(["Ana Ruiz"]);
    expect(await find("%")).toEqual([]);
    expect(await find("s_@")).toEqual([]);
  });
});
