import { afterEach, describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../../tests/support/database";
import { makeWorkspace } from "../../../../tests/support/factories";
import { useClock } from "#server/kernel/clock";

import { addToHours } from "./activity.repo";
import { insertExchanges } from "./exchanges.repo";
import { readActivity, readPulse } from "./read-activity";
import { sampleExchange } from "./testing/sample-exchange";

useTestDatabase();

const HOUR = 3_600_000;
/** A quarter past one in the afternoon. */
const NOW = Date.UTC(2026, 10, 20, 13, 15);

let putBack = () => {};
afterEach(() => putBack());

type Counts = Partial<Record<"reads" | "writes" | "refused" | "failed", number>>;

/** A workspace with requests so many minutes ago. */
async function busy(...hours: readonly (Counts & { readonly ago: number })[]) {
  putBack = useClock(() => NOW);
  const { scope } = await makeWorkspace();
  await addToHours(
    hours.map(({ ago, ...counts }) => {
      const at = new Date(NOW - ago * 60_000);
      const succeeded = (counts.reads ?? 0) + (counts.writes ?? 0) > 0;
      return {
        workspaceId: scope.workspaceId,
        hour: new Date(Math.floor(at.getTime() / HOUR) * HOUR),
        ...{ reads: 0, writes: 0, refused: 0, failed: 0, ...counts },
        lastRequestAt: at,
        lastSuccessAt: succeeded ? at : null,
      };
    }),
  );
  return scope;
}

describe("the chart of activity", () => {
  it("has a bar for each hour of the day, the running one last, and none for others", async () => {
    const scope = await busy(
      { ago: 5, reads: 3, failed: 1 },
      { ago: 23 * 60, writes: 2 },
      { ago: 25 * 60, reads: 9 },
    );
    const bars = await readActivity(scope, 1);
    expect(bars).toHaveLength(24);
    expect(bars.at(-1)).toEqual({
      at: new Date(NOW - 15 * 60_000),
      reads: 3,
      writes: 0,
      refused: 0,
      failed: 1,
    });
    expect(bars[0]).toEqual({
      at: new Date(NOW - 15 * 60_000 - 23 * HOUR),
      reads: 0,
      writes: 2,
      refused: 0,
      failed: 0,
    });
    expect(bars.reduce((sum, bar) => sum + bar.reads, 0)).toBe(3);
  });

  it("has quarter days for a week and days for a month, in UTC", async () => {
    const scope = await busy({ ago: 30, reads: 1 }, { ago: 100, reads: 2 }, { ago: 24 * 60, refused: 4 });
    const week = await readActivity(scope, 7);
    expect(week).toHaveLength(28);
    expect(week.slice(-2)).toMatchObject([
      { at: new Date("2026-11-20T06:00:00Z"), reads: 2 },
      { at: new Date("2026-11-20T12:00:00Z"), reads: 1 },
    ]);
    const month = await readActivity(scope, 30);
    expect(month).toHaveLength(30);
    expect(month.slice(-2)).toMatchObject([
      { at: new Date("2026-11-19T00:00:00Z"), reads: 0, refused: 4 },
      { at: new Date("2026-11-20T00:00:00Z"), reads: 3 },
    ]);
  });
});

describe("the pulse of a connection", () => {
  it("is waiting before the first request", async () => {
    expect(await readPulse(await busy())).toEqual({
      ...{ lastRequestAt: null, lastSuccessAt: null, errorsLastDay: 0, health: "waiting" },
    });
  });

  it("is connected while requests succeed, and tells the day's errors", async () => {
    const scope = await busy(
      { ago: 5, writes: 4, refused: 1 },
      { ago: 10 * 60, failed: 2 },
      { ago: 26 * 60, failed: 50 },
    );
    expect(await readPulse(scope)).toEqual({
      lastRequestAt: new Date(NOW - 5 * 60_000),
      lastSuccessAt: new Date(NOW - 5 * 60_000),
      ...{ errorsLastDay: 3, health: "connected" },
    });
  });

  it("is quiet when nothing has succeeded for three hours", async () => {
    expect(await readPulse(await busy({ ago: 181, reads: 4 }))).toMatchObject({ health: "quiet" });
    expect(await readPulse(await busy({ ago: 179, reads: 4 }))).toMatchObject({ health: "connected" });
  });

  it("is failing when more goes wrong than right", async () => {
    const scope = await busy({ ago: 20, reads: 2, refused: 3 });
    expect(await readPulse(scope)).toMatchObject({ health: "failing" });
    // Long ago is over.
    expect(await readPulse(await busy({ ago: 5, reads: 1 }, { ago: 150, failed: 9 }))).toMatchObject({
      health: "connected",
    });
  });

  it("is failing when the last request came with a token that was taken away, however well it went before", async () => {
    const scope = await busy({ ago: 5, reads: 100 });
    await insertExchanges([
      sampleExchange(scope.workspaceId, {
        at: new Date(NOW - 60_000),
        action: "token.refused",
        outcome: "refused",
      }),
    ]);
    expect(await readPulse(scope)).toMatchObject({ health: "failing" });
    // The self-test has a token of its own, and proves nothing about the provider's.
    await insertExchanges([sampleExchange(scope.workspaceId, { at: new Date(NOW), tokenKind: "self_test" })]);
    expect(await readPulse(scope)).toMatchObject({ health: "failing" });
    await insertExchanges([sampleExchange(scope.workspaceId, { at: new Date(NOW) })]);
    expect(await readPulse(scope)).toMatchObject({ health: "connected" });
  });
});
