import { describe, expect, it } from "vitest";

import { chargeToken, takeToken } from "./rate-limit";

const LIMIT = { capacity: 3, refillPerSecond: 2 };

describe("the token bucket", () => {
  it("allows the burst, then says how long to wait, then refills", () => {
    const take = (at: number) => takeToken("burst", "a", LIMIT, at);
    expect([take(0), take(0), take(0)]).toEqual([0, 0, 0]);
    expect(take(0)).toBe(1);
    expect(take(500)).toBe(0);
    expect(take(500)).toBe(1);
  });

  it("goes into debt for what was let through already, and has to pay it back", () => {
    expect(takeToken("debt", "a", LIMIT, 0)).toBe(0);
    for (let i = 0; i < 6; i++) chargeToken("debt", "a", LIMIT, 0);
    expect(takeToken("debt", "a", LIMIT, 0)).toBe(3);
    expect(takeToken("debt", "a", LIMIT, 2_400)).toBe(1);
    expect(takeToken("debt", "a", LIMIT, 2_600)).toBe(0);
  });

  it("keeps keys and names apart", () => {
    for (let i = 0; i < 3; i++) takeToken("apart", "a", LIMIT, 0);
    expect(takeToken("apart", "a", LIMIT, 0)).toBeGreaterThan(0);
    expect(takeToken("apart", "b", LIMIT, 0)).toBe(0);
    expect(takeToken("other", "a", LIMIT, 0)).toBe(0);
  });
});
