import { Client } from "pg";
import { describe, expect, it } from "vitest";

import { countLockWaits, useTestDatabase } from "../../../../tests/support/database";
import { makeWorkspace } from "../../../../tests/support/factories";
import { db } from "#server/db/index";

import type { NewExchange } from "./exchange";
import { LogWriter } from "./log-writer";
import { sampleExchange } from "./testing/sample-exchange";

const database = useTestDatabase();

const AT = new Date("2026-11-20T12:10:00Z");

async function workspace() {
  const { workspaceId } = (await makeWorkspace()).scope;
  const row = (values: Partial<NewExchange> = {}) => sampleExchange(workspaceId, { at: AT, ...values });
  const stored = () => db().scimExchange.count({ where: { workspaceId } });
  return { workspaceId, row, stored };
}

/** Another connection holds the log's table, so that every write to it waits. */
async function blockLog(): Promise<{ release(): Promise<void> }> {
  const client = new Client({ connectionString: database.url() });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE "ScimExchange" IN ACCESS EXCLUSIVE MODE`);
  return {
    async release() {
      await client.query("COMMIT");
      await client.end();
    },
  };
}

const someoneWaits = () => expect.poll(countLockWaits, { timeout: 10_000 }).toBeGreaterThan(0);

describe("the writer of the provisioning log", () => {
  it("writes by itself, without being asked", async () => {
    const { row, stored } = await workspace();
    new LogWriter().add(row());
    await expect.poll(stored, { timeout: 10_000 }).toBe(1);
  });

  it("writes everything in batches, whole and once, and counts it by the hour", async () => {
    const { workspaceId, row, stored } = await workspace();
    const writer = new LogWriter();
    const special = row({
      ...{ isWrite: true, method: "PATCH", path: "/Users/8?x=1", status: 409, outcome: "refused" },
      ...{ scimType: "uniqueness", detail: 'It\'s "taken"', action: "user.updated", durationMs: 12.25 },
      ...{ facts: { name: "Ana", attributes: ["title"] }, subjectIds: [workspaceId] },
      ...{ requestBody: '{"a":1}', answerBody: '{"b":2}' },
    });
    for (const one of [special, ...Array.from({ length: 449 }, () => row())]) writer.add(one);
    await writer.flush();
    expect(await stored()).toBe(450);
    expect(await db().scimExchange.findUnique({ where: { id: special.id } })).toEqual(special);
    expect(await db().scimActivity.findMany({ where: { workspaceId } })).toEqual([
      {
        workspaceId,
        hour: new Date("2026-11-20T12:00:00Z"),
        ...{ reads: 449, writes: 0, refused: 1, failed: 0 },
        ...{ lastRequestAt: AT, lastSuccessAt: AT },
      },
    ]);
    writer.add(row({ at: new Date(AT.getTime() + 60_000), outcome: "failed" }));
    await writer.flush();
    expect(await db().scimActivity.findMany({ where: { workspaceId } })).toMatchObject([
      { reads: 449, failed: 1, lastRequestAt: new Date(AT.getTime() + 60_000), lastSuccessAt: AT },
    ]);
  });

  it("takes rows without waiting while the database does not answer, and gives the oldest reads up first", async () => {
    const { workspaceId, row, stored } = await workspace();
    const writer = new LogWriter(300);
    const block = await blockLog();
    for (let index = 0; index < 200; index++) writer.add(row());
    await someoneWaits();
    for (let index = 0; index < 250; index++) writer.add(row());
    for (let index = 0; index < 100; index++) writer.add(row({ isWrite: true, path: `/write/${index}` }));
    expect(writer.stats).toEqual({ waiting: 300, dropped: 50 });
    await block.release();
    expect(await writer.flush()).toBe(true);
    expect(await stored()).toBe(500);
    expect(await db().scimExchange.count({ where: { workspaceId, isWrite: true } })).toBe(100);
    // What was given up was a request all the same.
    expect(await db().scimActivity.findMany({ where: { workspaceId } })).toMatchObject([
      { reads: 450, writes: 100 },
    ]);
  });

  it("keeps one row that cannot be stored from taking others with it", async () => {
    const { row, stored } = await workspace();
    const writer = new LogWriter();
    const bad = row({ subjectIds: ["nobody"] });
    for (const one of [row(), bad, row(), row(), row()]) writer.add(one);
    expect(await writer.flush()).toBe(true);
    expect(await stored()).toBe(4);
  });

  it("leaves a workspace out that is gone by now", async () => {
    const gone = await workspace();
    const kept = await workspace();
    await db().workspace.delete({ where: { id: gone.workspaceId } });
    const writer = new LogWriter();
    writer.add(gone.row());
    writer.add(kept.row());
    expect(await writer.flush()).toBe(true);
    expect([await gone.stored(), await kept.stored()]).toEqual([0, 1]);
  });

  it("keeps its rows while the database is away, and writes each once when it is back", async () => {
    const { workspaceId, row, stored } = await workspace();
    const writer = new LogWriter();
    await db().$executeRaw`ALTER TABLE "ScimExchange" RENAME TO "ScimExchangeAway"`;
    for (let index = 0; index < 3; index++) writer.add(row());
    expect(await writer.flush()).toBe(false);
    expect(writer.stats).toEqual({ waiting: 3, dropped: 0 });
    await db().$executeRaw`ALTER TABLE "ScimExchangeAway" RENAME TO "ScimExchange"`;
    expect(await writer.flush()).toBe(true);
    expect(await stored()).toBe(3);
    expect(await db().scimActivity.findMany({ where: { workspaceId } })).toMatchObject([{ reads: 3 }]);
  });
});

describe("the end of a process", () => {
  it("waits for the write under way and for what came during it, each row once", async () => {
    const { row, stored } = await workspace();
    const writer = new LogWriter();
    const block = await blockLog();
    for (let index = 0; index < 230; index++) writer.add(row());
    await someoneWaits();
    const closed = writer.close();
    const closedAgain = writer.close();
    for (let index = 0; index < 20; index++) writer.add(row());
    await block.release();
    await Promise.all([closed, closedAgain]);
    expect(await stored()).toBe(250);
    expect(writer.stats.waiting).toBe(0);
  });
});
