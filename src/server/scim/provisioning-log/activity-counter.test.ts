import { expect, it } from "vitest";

import { ActivityCounter } from "./activity-counter";
import { sampleExchange } from "./testing/sample-exchange";

const WORKSPACE = "00000000-0000-7000-8000-000000000000";
const HOUR = new Date("2026-11-20T12:00:00Z");
const minute = (minutes: number) => new Date(HOUR.getTime() + minutes * 60_000);

it("requests are counted once each, by workspace and hour, and sums that could not be written are added again", () => {
  const counter = new ActivityCounter();
  const add = (minutes: number, values: object = {}) =>
    counter.add(sampleExchange(WORKSPACE, { at: minute(minutes), ...values }));
  add(1);
  add(2, { isWrite: true, outcome: "unchanged" });
  add(3, { isWrite: true, outcome: "refused" });
  const taken = counter.take();
  expect(counter.isEmpty).toBe(true);
  add(4, { outcome: "failed" });
  counter.putBack(taken);
  expect(counter.take()).toEqual([
    {
      workspaceId: WORKSPACE,
      hour: HOUR,
      ...{ reads: 1, writes: 1, refused: 1, failed: 1 },
      lastRequestAt: minute(4),
      lastSuccessAt: minute(2),
    },
  ]);
});

it("the self-test's requests are not the identity provider's", () => {
  const counter = new ActivityCounter();
  counter.add(sampleExchange(WORKSPACE, { tokenKind: "self_test" }));
  expect(counter.isEmpty).toBe(true);
});
