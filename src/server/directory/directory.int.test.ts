import { describe, expect, it } from "vitest";

import { countLockWaits, useTestDatabase } from "../../../tests/support/database";
import { makeMember, makeSession, makeWorkspace } from "../../../tests/support/factories";
import { db, inWorkspaceTx, type WorkspaceScope } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { signals } from "#server/kernel/signals";
import { findActiveSession } from "#server/sessions/index";

import {
  changeGroupMembers,
  createGroup,
  createMember,
  deactivateMember,
  deleteMember,
  findMember,
  getMemberForUpdate,
  listMembers,
  reactivateMember,
  setMemberRole,
} from "./index";

useTestDatabase();

const system = (scope: WorkspaceScope): Actor => ({ kind: "system", workspaceId: scope.workspaceId });

const deactivate = (scope: WorkspaceScope, memberId: string) =>
  inWorkspaceTx(scope, async (tx) =>
    deactivateMember(tx, system(scope), await getMemberForUpdate(tx, memberId), "test"),
  );

describe("deactivation", () => {
  it("ends sessions, writes the revocation and the audit row, and tells the process after the commit", async () => {
    const { scope } = await makeWorkspace();
    const member = await makeMember(scope);
    const { token } = await makeSession(scope, member);
    expect(await findActiveSession(token)).not.toBeNull();
    const heard: string[] = [];
    const stop = signals.on("member.revoked", (signal) => heard.push(signal.memberId));

    await deactivate(scope, member.id);
    stop();

    expect(await findActiveSession(token)).toBeNull();
    expect(heard).toEqual([member.id]);
    expect(await db().session.count({ where: { memberId: member.id } })).toBe(0);
    expect(await db().revocation.count({ where: { memberId: member.id } })).toBe(1);
    expect(
      await db().auditEvent.count({ where: { targetId: member.id, action: "member.deactivated" } }),
    ).toBe(1);
  });

  it("keeps role and groups for the return, and old sessions stay dead after it", async () => {
    const { scope } = await makeWorkspace();
    const member = await makeMember(scope, { role: "viewer" });
    const { token } = await makeSession(scope, member);
    await inWorkspaceTx(scope, async (tx) => {
      const group = await createGroup(tx, system(scope), { displayName: "Design" });
      await changeGroupMembers(tx, system(scope), group, { add: [member.id], remove: [] });
    });
    await deactivate(scope, member.id);
    await inWorkspaceTx(scope, async (tx) =>
      reactivateMember(tx, system(scope), await getMemberForUpdate(tx, member.id)),
    );

    const [listed] = await listMembers(scope);
    expect(listed).toMatchObject({ active: true, role: "viewer", groups: ["Design"] });
    expect(await findActiveSession(token)).toBeNull();
  });

  it("tells nobody and changes nothing when the transaction rolls back", async () => {
    const { scope } = await makeWorkspace();
    const member = await makeMember(scope);
    const { token } = await makeSession(scope, member);
    const heard: string[] = [];
    const stop = signals.on("member.revoked", (signal) => heard.push(signal.memberId));
    await expect(
      inWorkspaceTx(scope, async (tx) => {
        await deactivateMember(tx, system(scope), await getMemberForUpdate(tx, member.id), "test");
        throw new Error("later step fails");
      }),
    ).rejects.toMatchObject({ code: "INTERNAL" });
    stop();
    expect(heard).toEqual([]);
    expect(await findActiveSession(token)).not.toBeNull();
  });

  it("refuses the last owner, also when two owners are taken out at once", async () => {
    const { scope } = await makeWorkspace();
    const one = await makeMember(scope, { role: "owner" });
    const two = await makeMember(scope, { role: "owner" });
    const outcomes = await Promise.allSettled([deactivate(scope, one.id), deactivate(scope, two.id)]);
    expect(outcomes.filter((outcome) => outcome.status === "rejected")).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({
      code: "LAST_OWNER",
    });
  });
});

describe("members", () => {
  it("has one winner among parallel creations of one userName in different case", async () => {
    const { scope } = await makeWorkspace();
    const create = (userName: string) =>
      inWorkspaceTx(scope, (tx) =>
        createMember(tx, system(scope), { userName, role: "editor", source: "scim" }),
      );
    const outcomes = await Promise.allSettled(
      ["Ana@x.test", "ana@x.test", "ANA@x.test", "aNa@x.test"].map(create),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === "rejected" ? [(outcome.reason as { code: string }).code] : [],
    );
    expect(refusals).toEqual(["CONFLICT", "CONFLICT", "CONFLICT"]);
  });

  it("frees the userName of a deleted member and keeps the row as an author", async () => {
    const { scope } = await makeWorkspace();
    const member = await makeMember(scope, { userName: "bo@x.test" });
    await inWorkspaceTx(scope, async (tx) =>
      deleteMember(tx, system(scope), await getMemberForUpdate(tx, member.id), "test"),
    );
    expect(await findMember(scope, { userName: "bo@x.test" })).toBeNull();
    const again = await makeMember(scope, { userName: "BO@x.test" });
    expect(again.id).not.toBe(member.id);
    expect(await db().member.findUnique({ where: { id: member.id } })).not.toBeNull();
  });

  it("leaves no deleted member in a group when the deletion is under way while the group grows", async () => {
    const { scope } = await makeWorkspace();
    const member = await makeMember(scope);
    const group = await inWorkspaceTx(scope, (tx) =>
      createGroup(tx, system(scope), { displayName: "Growing" }),
    );
    let adding: Promise<{ readonly added: number }> | undefined;
    await inWorkspaceTx(scope, async (tx) => {
      await deleteMember(tx, system(scope), await getMemberForUpdate(tx, member.id), "test");
      adding = inWorkspaceTx(scope, (other) =>
        changeGroupMembers(other, system(scope), group, { add: [member.id], remove: [] }),
      );
      await expect.poll(countLockWaits).toBe(1);
    });
    expect(await adding).toMatchObject({ added: 0 });
    expect(await db().groupMembership.count({ where: { groupId: group.id } })).toBe(0);
  });

  it("does not find or change a member of another workspace", async () => {
    const { scope: mine } = await makeWorkspace();
    const { scope: theirs } = await makeWorkspace();
    const stranger = await makeMember(theirs);
    expect(await findMember(mine, { id: stranger.id })).toBeNull();
    await expect(deactivate(mine, stranger.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      inWorkspaceTx(mine, async (tx) => {
        const group = await createGroup(tx, system(mine), { displayName: "Ours" });
        await changeGroupMembers(tx, system(mine), group, { add: [stranger.id], remove: [] });
      }),
    ).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  it("lets only owners make owners", async () => {
    const { scope } = await makeWorkspace();
    const admin = await makeMember(scope, { role: "admin" });
    const editor = await makeMember(scope);
    const { actor } = await makeSession(scope, admin);
    const setRole = (id: string, role: "owner" | "viewer") =>
      inWorkspaceTx(scope, (tx) => setMemberRole(tx, actor, id, role));
    await expect(setRole(editor.id, "owner")).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await setRole(editor.id, "viewer")).toMatchObject({ role: "viewer" });
  });
});
