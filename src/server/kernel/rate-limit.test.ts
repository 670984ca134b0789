import { describe, expect, it } from "vitest";

import { takeToken } from "./rate-limit";

const LIMIT = { capacity: 3, refillPerSecond: 2 };

describe("the token bucket", () => {
  it("allows the burst, then says how long to wait, then refills", () => {
    const take = (at: number) => takeToken("burst", "a", LIMIT, at);
    expect([take(0), take(0), take(0)]).toEqual([0, 0, 0]);
    expect(take(0)).toBe(1);
    expect(take(500)).toBe(0);
    expect(take(500)).toBe(1);
  });

  it("keeps keys and names apart", () => {
    for (let i = 0; i < 3; i++) takeToken("apart", "a", LIMIT, 0);
    expect(takeToken("apart", "a", LIMIT, 0)).toBeGreaterThan(0);
    expect(takeToken("apart", "b", LIMIT, 0)).toBe(0);
    expect(takeToken("other", "a", LIMIT, 0)).toBe(0);
  });
});
