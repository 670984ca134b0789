import { describe, expect, it } from "vitest";

import { chartBars, scaleTop, spanOf, stack, sumOf, type Activity } from "./chart-bars";

const at = new Date("2026-11-23T12:00:00Z");
const activity = (counts: Partial<Activity>): Activity => ({
  at,
  reads: 0,
  writes: 0,
  refused: 0,
  failed: 0,
  ...counts,
});
const bar = (counts: Partial<Activity>) => chartBars([activity(counts)], 1)[0]!;

describe("the chart's bars", () => {
  it("end where the next begins, and put refused and failed requests together", () => {
    expect(chartBars([activity({ reads: 4, writes: 2, refused: 1, failed: 1 })], 7)).toEqual([
      { from: at, to: new Date("2026-11-23T18:00:00Z"), reads: 4, writes: 2, errors: 2, total: 8 },
    ]);
  });

  it("are summed up", () => {
    const bars = [bar({ reads: 4, failed: 1 }), bar({ reads: 1, writes: 2, refused: 2 })];
    expect(sumOf(bars)).toEqual({ reads: 5, writes: 2, errors: 3 });
  });

  it.each([
    [0, 4],
    [1, 4],
    [7, 10],
    [10, 10],
    [11, 20],
    [230, 500],
    [5001, 10_000],
  ])("with %i requests at most stand on a scale up to %i", (reads, top) => {
    expect(scaleTop([bar({ reads })])).toBe(top);
  });

  it("stack errors on writes on reads", () => {
    expect(stack(bar({ reads: 5, writes: 3, refused: 2 }), 10, 100)).toEqual([
      { part: "reads", y: 50, height: 50 },
      { part: "writes", y: 20, height: 30 },
      { part: "errors", y: 0, height: 20 },
    ]);
  });

  it("leave out what did not happen, and let one error among thousands be seen", () => {
    expect(stack(bar({ reads: 5000, failed: 1 }), 10_000, 100)).toEqual([
      { part: "reads", y: 50, height: 50 },
      { part: "errors", y: 48, height: 2 },
    ]);
  });

  it("never grow out of the chart's top", () => {
    const parts = stack(bar({ reads: 9999, failed: 1 }), 10_000, 100);
    expect(Math.min(...parts.map((part) => part.y))).toBe(0);
  });

  it("say their time as short as the chart allows", () => {
    const [quarter] = chartBars([activity({})], 7);
    const [day] = chartBars([activity({})], 30);
    expect(spanOf(bar({}), 1, "UTC")).toBe("12:00 to 13:00");
    expect(spanOf(quarter!, 7, "UTC")).toBe("Mon 23 Nov, 12:00 to 18:00");
    expect(spanOf(day!, 30)).toBe("Monday 23 November");
  });
});
