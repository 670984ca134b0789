import { DURATION_BOUNDS, provisioningLogStats, requestCounts, type RequestCounts } from "#server/scim/index";

import type { Metric, Sample } from "./prometheus";

/** SCIM requests of this process by method and outcome, and how long they took. No workspace, no names. */
export function scimMetrics(): Metric[] {
  const counts = requestCounts();
  const { waiting, dropped } = provisioningLogStats();
  return [
    {
      name: "chalkroom_scim_requests_total",
      help: "SCIM requests that were answered.",
      type: "counter",
      samples: counts.map((each) => ({ value: each.count, labels: labelsOf(each) })),
    },
    {
      name: "chalkroom_scim_request_duration_seconds",
      help: "Time from a SCIM request to its answer.",
      type: "histogram",
      samples: counts.flatMap(histogram),
    },
    {
      name: "chalkroom_scim_log_waiting_rows",
      help: "Rows of the provisioning log that wait for the database.",
      type: "gauge",
      samples: [{ value: waiting }],
    },
    {
      name: "chalkroom_scim_log_dropped_total",
      help: "Rows of the provisioning log that were given up because the database was slow.",
      type: "counter",
      samples: [{ value: dropped }],
    },
  ];
}

const labelsOf = ({ method, outcome }: RequestCounts) => ({ method, outcome });

/** Prometheus counts a request in every bucket whose bound it is below. */
function histogram(counts: RequestCounts): Sample[] {
  const labels = labelsOf(counts);
  let below = 0;
  const buckets = counts.buckets.map((value, index): Sample => {
    below += value;
    const le = String(DURATION_BOUNDS[index] ?? "+Inf");
    return { value: below, suffix: "_bucket", labels: { ...labels, le } };
  });
  return [
    ...buckets,
    { value: counts.seconds, suffix: "_sum", labels },
    { value: counts.count, suffix: "_count", labels },
  ];
}
