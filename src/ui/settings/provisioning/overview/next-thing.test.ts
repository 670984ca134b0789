import { describe, expect, it } from "vitest";

import { nextThing, type ConsoleState } from "./next-thing";

const NOW = new Date("2026-11-23T12:00:00Z");
const HEALTHY: ConsoleState = {
  provider: "Entra",
  health: "connected",
  errorsLastDay: 0,
  members: 214,
  expiring: [],
};
const token = (expiresAt: string) => [
  { what: "The secret token", expiresAt: new Date(expiresAt), isReplaced: false },
];
const next = (change: Partial<ConsoleState>) => nextThing({ ...HEALTHY, ...change }, NOW);

describe("the next thing to do", () => {
  it("is nothing while all is well", () => {
    expect(next({})).toEqual({ tone: "good", text: "There is nothing to do.", action: null });
  });

  it("is Test Connection until the provider has called", () => {
    expect(next({ health: "waiting", members: 0 })).toMatchObject({
      text: expect.stringContaining("Test Connection"),
      action: { path: "/connect" },
    });
  });

  it("is to assign people once the connection works and nobody has come", () => {
    expect(next({ members: 0 })).toMatchObject({
      text: expect.stringContaining("assign people"),
      action: { path: "/connect" },
    });
  });

  it("is to look at what was refused, with its number", () => {
    expect(next({ errorsLastDay: 3 })).toMatchObject({
      tone: "caution",
      text: "3 requests were refused in the last day.",
      action: { label: "See them", path: "/log?outcome=problems&range=24h" },
    });
    expect(next({ errorsLastDay: 1 }).text).toBe("1 request was refused in the last day.");
  });

  it("is to look after a provider that has gone quiet", () => {
    expect(next({ health: "quiet", errorsLastDay: 2 })).toMatchObject({ action: { path: "/self-test" } });
  });

  it.each([
    ["2026-11-29T13:00:00Z", "expires in 6 days", "caution"],
    ["2026-11-24T13:00:00Z", "expires in 1 day.", "danger"],
    ["2026-11-23T13:00:00Z", "expires within a day", "danger"],
    ["2026-11-22T13:00:00Z", "has expired", "danger"],
  ])("is to rotate a token that ends on %s: it %s", (expiresAt, words, tone) => {
    expect(next({ expiring: token(expiresAt), errorsLastDay: 3 })).toMatchObject({
      tone,
      text: expect.stringContaining(`The secret token ${words}`),
      action: { path: "/credentials" },
    });
  });

  it("is to take over the new token before the former one ends", () => {
    const [former] = token("2026-11-25T12:00:00Z");
    const { text } = next({ expiring: [{ ...former!, what: "The former secret token", isReplaced: true }] });
    expect(text).toBe("The former secret token expires in 2 days. Paste the new one in Entra before that.");
  });

  it("leaves a token in peace that lives for more than two weeks", () => {
    expect(next({ expiring: token("2026-12-08T12:00:00Z") }).action).toBeNull();
  });

  it("puts a connection that fails before everything else", () => {
    expect(next({ health: "failing", expiring: token("2026-11-24T12:00:00Z") })).toMatchObject({
      tone: "danger",
      action: { path: "/log?outcome=problems&range=24h" },
    });
  });

  it("calls a provider without a name by what it is", () => {
    expect(next({ provider: "The identity provider", members: 0 }).text).toContain(
      "in the identity provider",
    );
  });
});
