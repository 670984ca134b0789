import { describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeMember, makeWorkspace } from "../../../tests/support/factories";
import { db, inWorkspaceTx, type WorkspaceScope } from "#server/db/index";
import { createGroup, deleteGroup, deleteMember, getMemberForUpdate } from "#server/directory/index";

import { searchGroups, searchMembers } from "./search.repo";

useTestDatabase();

const NOTHING = { condition: null, order: null, descending: false, from: 0, limit: 0 } as const;
const systemOf = (scope: WorkspaceScope) => ({ kind: "system", workspaceId: scope.workspaceId }) as const;
const totals = async (scope: WorkspaceScope) => ({
  members: (await searchMembers(scope, NOTHING, false)).total,
  groups: (await searchGroups(scope, NOTHING)).total,
});
const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

const bury = (scope: WorkspaceScope, id: string) =>
  inWorkspaceTx(scope, async (tx) =>
    deleteMember(tx, systemOf(scope), await getMemberForUpdate(tx, id), "test"),
  );

describe("the total of everything", () => {
  it("is exact while many come and go at once, and other workspaces are not counted", async () => {
    const { scope } = await makeWorkspace();
    const { scope: other } = await makeWorkspace();
    await makeMember(other);
    const people = await times(120, () => makeMember(scope));
    await Promise.all([
      times(60, (index) => bury(scope, people[index]!.id)),
      times(120, () => makeMember(scope)),
      times(40, (index) =>
        inWorkspaceTx(scope, async (tx) => {
          const group = await createGroup(tx, systemOf(scope), { displayName: `Group ${index}` });
          if (index % 4 === 0) await deleteGroup(tx, systemOf(scope), group);
        }),
      ),
    ]);
    expect(await totals(scope)).toEqual({ members: 180, groups: 30 });
    expect(await totals(other)).toEqual({ members: 1, groups: 0 });
  });

  it("forgets what a transaction that failed had counted", async () => {
    const { scope } = await makeWorkspace();
    const failing = inWorkspaceTx(scope, async (tx) => {
      await createGroup(tx, systemOf(scope), { displayName: "Never" });
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow();
    expect(await totals(scope)).toEqual({ members: 0, groups: 0 });
  });

  it("stays a handful of rows however many writes there were", async () => {
    const { scope } = await makeWorkspace();
    for (let round = 0; round < 1500; round++) {
      await db().$executeRaw`
        INSERT INTO "Group" ("id", "workspaceId", "displayName", "displayNameLower", "updatedAt")
        VALUES (gen_random_uuid(), ${scope.workspaceId}::uuid, ${`g${round}`}::text, ${`g${round}`}::text, now())`;
    }
    expect(await totals(scope)).toEqual({ members: 0, groups: 1500 });
    const rows = await db().resourceTally.count({ where: { workspaceId: scope.workspaceId } });
    expect(rows).toBeLessThan(1000);
  });

  it("goes with its workspace", async () => {
    const { scope } = await makeWorkspace();
    await makeMember(scope);
    await db().workspace.delete({ where: { id: scope.workspaceId } });
    expect(await db().resourceTally.count({ where: { workspaceId: scope.workspaceId } })).toBe(0);
  });
});
