import { expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { connectScim } from "../../../tests/support/scim-in-process";
import { clearProcessSlot } from "#server/kernel/slot";
import { handleScim } from "#server/scim/index";

import { collectMetrics } from "./collect-metrics";

useTestDatabase();

it("SCIM requests are counted by method and outcome, with how long they took", async () => {
  const { target } = await connectScim();
  clearProcessSlot("scim.request-metrics");
  const send = (path: string, method: string, token = target.token) =>
    handleScim(
      new Request(`${target.baseUrl}${path}`, { method, headers: { authorization: `Bearer ${token}` } }),
    );
  await send("/Users?count=1", "GET");
  await send("/ServiceProviderConfig", "GET");
  await send("/Users", "GET", "chalk_scim_of_a_stranger");
  await send("/Users", "BREW");
  const text = await collectMetrics();
  expect(text).toContain('chalkroom_scim_requests_total{method="GET",outcome="done"} 2\n');
  expect(text).toContain('chalkroom_scim_requests_total{method="GET",outcome="refused"} 1\n');
  expect(text).toContain('chalkroom_scim_requests_total{method="other",outcome="refused"} 1\n');
  expect(text).toContain("# TYPE chalkroom_scim_request_duration_seconds histogram\n");
  expect(text).toContain(
    'chalkroom_scim_request_duration_seconds_bucket{method="GET",outcome="done",le="+Inf"} 2\n',
  );
  expect(text).toContain('chalkroom_scim_request_duration_seconds_count{method="GET",outcome="done"} 2\n');
  expect(text).toMatch(/chalkroom_scim_request_duration_seconds_sum\{method="GET",outcome="done"\} 0\.\d+\n/);
  const buckets = [...text.matchAll(/_bucket\{method="GET",outcome="done",le="[^"]+"\} (\d+)/g)].map(
    (match) => Number(match[1]),
  );
  expect(buckets).toHaveLength(11);
  expect(buckets).toEqual([...buckets].sort((a, b) => a - b));
  expect(text).toContain("chalkroom_scim_log_dropped_total 0\n");
});
