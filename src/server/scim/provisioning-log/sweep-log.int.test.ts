import { afterEach, describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../../tests/support/database";
import { makeWorkspace } from "../../../../tests/support/factories";
import { db } from "#server/db/index";
import { useClock } from "#server/kernel/clock";

import type { NewExchange } from "./exchange";
import { addToHours } from "./activity.repo";
import { insertExchanges } from "./exchanges.repo";
import { sweepProvisioningLog } from "./sweep-log";
import { sampleExchange } from "./testing/sample-exchange";

useTestDatabase();

const NOW = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;

let putBack = () => {};
afterEach(() => putBack());

async function filled(rows: readonly Partial<NewExchange>[]) {
  putBack();
  putBack = useClock(() => NOW);
  const { workspaceId } = (await makeWorkspace()).scope;
  await insertExchanges(
    rows.map((values, index) =>
      sampleExchange(workspaceId, {
        at: new Date(NOW - (rows.length - index) * 1_000),
        path: `/${index}`,
        ...values,
      }),
    ),
  );
  const paths = async () =>
    (await db().scimExchange.findMany({ where: { workspaceId }, orderBy: { id: "asc" } })).map(
      (row) => row.path,
    );
  return { workspaceId, paths };
}

const READ = {};
const WRITE = { isWrite: true };
const FAILED_READ = { outcome: "failed" } as const;
const REFUSED_WRITE = { isWrite: true, outcome: "refused" } as const;

describe("the provisioning log", () => {
  it("keeps thirty days, whatever it holds", async () => {
    const log = await filled([
      { ...WRITE, at: new Date(NOW - 30 * DAY - 1) },
      { ...READ, at: new Date(NOW - 45 * DAY) },
      { ...WRITE, at: new Date(NOW - 30 * DAY) },
      READ,
    ]);
    await sweepProvisioningLog();
    expect(await log.paths()).toEqual(["/2", "/3"]);
  });

  it("keeps the newest reads, and apart from them the newest writes and errors, of every workspace", async () => {
    const kinds = [READ, WRITE, READ, FAILED_READ, READ, REFUSED_WRITE, READ, WRITE];
    const one = await filled(kinds);
    const other = await filled(kinds);
    const small = await filled([READ, WRITE]);
    await sweepProvisioningLog({ reads: 2, others: 3 });
    for (const log of [one, other]) expect(await log.paths()).toEqual(["/3", "/4", "/5", "/6", "/7"]);
    expect(await small.paths()).toEqual(["/0", "/1"]);
  });

  it("is shortened in several small deletions when much is too much", async () => {
    const log = await filled(Array.from({ length: 4_500 }, () => READ));
    await sweepProvisioningLog({ reads: 3, others: 3 });
    expect(await log.paths()).toEqual(["/4497", "/4498", "/4499"]);
  });

  it("can be shortened by two processes at once", async () => {
    const log = await filled(Array.from({ length: 5_000 }, () => WRITE));
    await Promise.all([1, 2, 3].map(() => sweepProvisioningLog({ reads: 1, others: 10 })));
    expect(await log.paths()).toHaveLength(10);
  });

  it("keeps the hours' counters for a year and a bit", async () => {
    const { workspaceId } = await filled([]);
    const hour = (days: number) => ({
      ...{ workspaceId, hour: new Date(NOW - days * DAY), reads: 1, writes: 0, refused: 0, failed: 0 },
      ...{ lastRequestAt: new Date(NOW - days * DAY), lastSuccessAt: null },
    });
    await addToHours([hour(401), hour(399), hour(1)]);
    await sweepProvisioningLog();
    expect(await db().scimActivity.count({ where: { workspaceId } })).toBe(2);
  });
});
