import { describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeWorkspace } from "../../../tests/support/factories";
import { inSqlTx, inWorkspaceTx, sqlOnPool, type SqlTx, type WorkspaceScope } from "./index";

useTestDatabase();

const renamed = async (scope: WorkspaceScope) =>
  (
    await sqlOnPool()<{
      name: string;
    }>`SELECT "name" FROM "Workspace" WHERE "id" = ${scope.workspaceId}::uuid`
  )[0]?.name;

const rename = (tx: SqlTx, name: string) =>
  tx.sql`UPDATE "Workspace" SET "name" = ${name}::text WHERE "id" = ${tx.scope.workspaceId}::uuid`;

describe.each([
  ["SQL alone", inSqlTx],
  ["Prisma", inWorkspaceTx as typeof inSqlTx],
])("a transaction of %s", (_name, inTx) => {
  it("keeps what was done and then runs what waits for the commit, in order", async () => {
    const { scope } = await makeWorkspace();
    const seen: unknown[] = [];
    await inTx(scope, async (tx) => {
      await rename(tx, "Kept");
      tx.afterCommit(async () => void seen.push(await renamed(scope)));
      tx.afterCommit(() => void seen.push("second"));
    });
    expect(seen).toEqual(["Kept", "second"]);
  });

  it("leaves nothing behind when its work throws, and runs nothing afterwards", async () => {
    const { scope, workspace } = await makeWorkspace();
    const work = inTx(scope, async (tx) => {
      await rename(tx, "Lost");
      tx.afterCommit(() => expect.unreachable());
      throw new Error("no");
    });
    await expect(work).rejects.toThrow();
    expect(await renamed(scope)).toBe(workspace.name);
  });

  it("is tried again after a serialization failure", async () => {
    const { scope } = await makeWorkspace();
    let tries = 0;
    await inTx(scope, async (tx) => {
      await rename(tx, `Try ${++tries}`);
      if (tries < 3) await tx.sql`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`;
    });
    expect(await renamed(scope)).toBe("Try 3");
  });
});

describe("a transaction of SQL alone", () => {
  it("never says it has kept what PostgreSQL threw away", async () => {
    const { scope, workspace } = await makeWorkspace();
    const work = inSqlTx(scope, async (tx) => {
      await rename(tx, "Lost");
      await expect(tx.sql`SELECT 1 / 0`).rejects.toMatchObject({ code: "22012" });
    });
    await expect(work).rejects.toThrow();
    expect(await renamed(scope)).toBe(workspace.name);
  });
});
