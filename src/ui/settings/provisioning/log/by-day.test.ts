import { describe, expect, it } from "vitest";

import { byDay } from "./by-day";

const NOW = new Date("2026-11-23T00:30:00Z");
const at = (iso: string) => ({ at: new Date(iso) });

describe("rows by day", () => {
  it("stand under the days of the reader's time zone, in their order", () => {
    const rows = [at("2026-11-23T00:10:00Z"), at("2026-11-22T23:50:00Z"), at("2026-11-20T12:00:00Z")];
    expect(byDay(rows, NOW, "UTC").map((day) => [day.name, day.entries.length])).toEqual([
      ["Today", 1],
      ["Yesterday", 1],
      ["Friday 20 November", 1],
    ]);
    expect(byDay(rows, NOW, "Europe/Berlin").map((day) => [day.name, day.entries.length])).toEqual([
      ["Today", 2],
      ["Friday 20 November", 1],
    ]);
  });

  it("are none without rows", () => {
    expect(byDay([], NOW)).toEqual([]);
  });
});
