import { describe, expect, it } from "vitest";

import { expiryOf } from "./expiry";

const now = new Date("2026-11-23T12:00:00Z");
const at = (text: string) => expiryOf(new Date(text), now);

describe("the end of a credential", () => {
  it("is nothing to speak of when there is none", () => {
    expect(expiryOf(null, now)).toBeNull();
  });

  it.each([
    ["2026-11-23T11:59:59Z", "danger", "Has expired"],
    ["2026-11-23T12:10:00Z", "danger", "Ends in 1 hour"],
    ["2026-11-24T12:00:00Z", "danger", "Ends in 24 hours"],
    ["2026-11-27T12:00:00Z", "danger", "Ends in 4 days"],
    ["2026-12-13T12:00:00Z", "caution", "Ends in 20 days"],
    ["2027-11-23T12:00:00Z", "plain", "Ends on 23 November 2027"],
  ])("at %s is %s: %s", (end, tone, words) => {
    expect(at(end)).toEqual({ tone, words });
  });
});
