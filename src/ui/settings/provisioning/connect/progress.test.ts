import { describe, expect, it } from "vitest";

import { reached, stepStates } from "./progress";

const NOTHING = { samlConfigured: false, enabled: false, lastRequestAt: null, members: 0, groups: 0 };
const STEPS = ["saml", "enabled", "called", "called", "provisioned"] as const;

describe("the progress of a connection", () => {
  it("begins with single sign-on", () => {
    expect(stepStates(STEPS, reached(NOTHING))).toEqual(["now", "later", "later", "later", "later"]);
  });

  it("shows steps that wait for the same thing as next together", () => {
    const has = reached({ ...NOTHING, samlConfigured: true, enabled: true });
    expect(stepStates(STEPS, has)).toEqual(["done", "done", "now", "now", "later"]);
  });

  it("goes on to the first person once the other side has called", () => {
    const has = reached({ ...NOTHING, samlConfigured: true, enabled: true, lastRequestAt: new Date() });
    expect(stepStates(STEPS, has)).toEqual(["done", "done", "done", "done", "now"]);
  });

  it("sends back to the switch when provisioning was turned off later", () => {
    const has = reached({ ...NOTHING, samlConfigured: true, lastRequestAt: new Date(), members: 3 });
    expect(stepStates(STEPS, has)).toEqual(["done", "now", "done", "done", "done"]);
  });

  it("is complete when the first person or group is there", () => {
    const all = { samlConfigured: true, enabled: true, lastRequestAt: new Date(), members: 0, groups: 1 };
    expect(stepStates(STEPS, reached(all))).toEqual(["done", "done", "done", "done", "done"]);
  });
});
