import { describe, expect, it } from "vitest";

import { isId, newId } from "./ids";

describe("ids", () => {
  it("are UUIDs of version 7 that sort by time", () => {
    const early = newId(1_700_000_000_000);
    const late = newId(1_700_000_000_001);
    expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(early < late).toBe(true);
    expect(isId(early)).toBe(true);
  });

  it("are told from what a uuid column would choke on", () => {
    for (const value of ["", "1", "not-a-uuid", `${newId()} `, "../../etc", newId().toUpperCase()]) {
      expect(isId(value)).toBe(false);
    }
  });
});
