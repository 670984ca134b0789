import { monitorEventLoopDelay, type IntervalHistogram } from "node:perf_hooks";

import { log } from "#server/kernel/logger";
import { processSlot } from "#server/kernel/slot";
import { realtimeStats } from "#server/realtime/index";

import { countTotals, type Totals } from "./metrics.repo";
import { scimMetrics } from "./scim-metrics";
import { toPrometheusText, type Metric, type Sample } from "./prometheus";

const DATABASE_MS = 2_000;

const gauge = (name: string, help: string, ...samples: Sample[]): Metric => ({
  name,
  help,
  type: "gauge",
  samples,
});
const counter = (name: string, help: string, value: number): Metric => ({
  name,
  help,
  type: "counter",
  samples: [{ value }],
});

/** Everything a monitor may know of this process and its database, as Prometheus text. No names, no addresses. */
export async function collectMetrics(): Promise<string> {
  const totals = await readTotals();
  return toPrometheusText([
    ...processMetrics(),
    ...realtimeMetrics(),
    ...scimMetrics(),
    ...databaseMetrics(totals),
  ]);
}

/** Null when the database does not answer in time: the scrape still says that, instead of failing. */
async function readTotals(): Promise<Totals | null> {
  const timeout = new Promise<null>((resolve) => setTimeout(() => resolve(null), DATABASE_MS).unref());
  const totals = countTotals().catch((error: unknown) => {
    log().warn({ err: error }, "metrics could not be read from the database");
    return null;
  });
  return Promise.race([totals, timeout]);
}

function processMetrics(): Metric[] {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const delay = eventLoopDelay();
  // Nanoseconds; NaN until the first interval has passed.
  const p99 = delay.percentile(99) / 1e9;
  const metrics = [
    gauge("process_resident_memory_bytes", "Resident memory.", { value: rss }),
    gauge("nodejs_heap_size_used_bytes", "Used JavaScript heap.", { value: heapUsed }),
    counter("process_cpu_seconds_total", "CPU time of this process.", (user + system) / 1e6),
    gauge("process_uptime_seconds", "Time since the process was started.", { value: process.uptime() }),
    gauge(
      "nodejs_eventloop_lag_p99_seconds",
      "99th percentile of the event loop's delay since the last scrape.",
      ...(Number.isFinite(p99) ? [{ value: p99 }] : []),
    ),
  ];
  delay.reset();
  return metrics;
}

function eventLoopDelay(): IntervalHistogram {
  return processSlot("metrics.event-loop", () => {
    const histogram = monitorEventLoopDelay({ resolution: 20 });
    histogram.enable();
    return histogram;
  });
}

function realtimeMetrics(): Metric[] {
  const { rooms, connections, waiting } = realtimeStats();
  return [
    gauge("chalkroom_realtime_connections", "Open board sockets.", { value: connections }),
    gauge("chalkroom_realtime_boards", "Boards held in memory.", { value: rooms }),
    gauge("chalkroom_realtime_waiting_batches", "Batches of edits that wait for their commit.", {
      value: waiting,
    }),
  ];
}

function databaseMetrics(totals: Totals | null): Metric[] {
  const up = gauge("chalkroom_database_up", "1 when the database answered within two seconds.", {
    value: totals ? 1 : 0,
  });
  if (!totals) return [up];
  return [
    up,
    gauge("chalkroom_workspaces", "Workspaces.", { value: totals.workspaces }),
    gauge(
      "chalkroom_members",
      "Members by state.",
      { value: totals.activeMembers, labels: { state: "active" } },
      { value: totals.inactiveMembers, labels: { state: "inactive" } },
    ),
    gauge("chalkroom_boards", "Boards that are not deleted.", { value: totals.boards }),
    gauge("chalkroom_sessions", "Sessions that have not ended.", { value: totals.sessions }),
  ];
}
