import { describe, expect, it } from "vitest";

import { NO_FILTERS, parseFilters, printFilters, toLogQuery, type LogFilters } from "./log-filters";

const NOW = new Date("2026-11-23T12:00:00Z");
const ANA = "0199f3c1-2b6d-7e0f-9a33-7711c0ffee01";
const read = (query: string) => parseFilters(new URLSearchParams(query));

describe("the log's filters", () => {
  it.each<[string, Partial<LogFilters>]>([
    ["", {}],
    [`who=${ANA}`, { who: ANA }],
    ["outcome=problems", { outcome: "problems" }],
    ["changes=1", { changesOnly: true }],
    ["range=24h", { range: "24h" }],
    [
      `who=${ANA}&outcome=done&changes=1&from=2026-11-23T10%3A00%3A00.000Z&to=2026-11-23T11%3A00%3A00.000Z`,
      {
        who: ANA,
        outcome: "done",
        changesOnly: true,
        span: { from: new Date("2026-11-23T10:00:00Z"), to: new Date("2026-11-23T11:00:00Z") },
      },
    ],
  ])("are the same after a way through the address: %j", (query, filters) => {
    expect(read(query)).toEqual({ ...NO_FILTERS, ...filters });
    expect(printFilters({ ...NO_FILTERS, ...filters })).toBe(query);
  });

  it.each([
    "who=ana",
    "outcome=maybe",
    "changes=yes",
    "range=1y",
    "range=toString",
    "from=2026-11-23T10:00:00Z",
    "from=2026-11-23T10:00:00Z&to=2026-11-23T09:00:00Z",
    "from=yesterday&to=today",
  ])("leave out what they do not understand: %s", (query) => {
    expect(read(query)).toEqual(NO_FILTERS);
  });

  it("prefer a fixed span to a range", () => {
    const filters = read("range=7d&from=2026-11-23T10:00:00Z&to=2026-11-23T11:00:00Z");
    expect([filters.range, filters.span === null]).toEqual([null, false]);
  });

  it("ask the server for refused and failed together as problems, and for a range up to now", () => {
    expect(toLogQuery(read("outcome=problems&range=24h&changes=1"), NOW)).toEqual({
      outcome: ["refused", "failed"],
      writesOnly: true,
      from: new Date("2026-11-22T12:00:00Z"),
    });
    expect(toLogQuery(NO_FILTERS, NOW)).toEqual({});
  });
});
