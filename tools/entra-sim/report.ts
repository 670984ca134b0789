import type { LoadResult } from "./load";
import type { Finding, RunConfig, RunResult } from "./run";

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** A run's combination in one line. */
const describeConfig = ({ dialect, urlForm, matching, roles }: RunConfig): string =>
  `${dialect.padEnd(6)} ${urlForm}  by ${matching}${roles === "none" ? "" : `, roles ${roles}`}`;

/** A run for people: one line when all is well, else every step and how to send the request again. */
export function renderRun(result: RunResult, verbose: boolean): string {
  const { config, ok, requests, writes, ms, findings } = result;
  const head = `${ok ? "ok  " : "FAIL"}  ${describeConfig(config)}  ${requests} requests, ${writes} writes, ${seconds(ms)}`;
  const shown = verbose ? findings : findings.filter((finding) => !finding.ok);
  return [head, ...distinct(shown).map(renderFinding)].join("\n");
}

/** The same fault of many objects is told once, with its first request. */
function distinct(findings: readonly Finding[]): (Finding & { times: number })[] {
  const groups = new Map<string, Finding & { times: number }>();
  for (const finding of findings) {
    const key = `${finding.step} ${finding.detail.replaceAll(/"[^"]*"|[0-9a-f-]{20,}|\d+/g, "…")}`;
    groups.set(key, { ...(groups.get(key) ?? finding), times: (groups.get(key)?.times ?? 0) + 1 });
  }
  return [...groups.values()];
}

function renderFinding({ step, ok, detail, replay, times }: Finding & { times: number }): string {
  const count = times > 1 ? ` (and ${times - 1} more alike)` : "";
  const line = `      ${ok ? "·" : "✗"} ${step}${detail === "" ? "" : `: ${detail}`}${count}`;
  return ok || !replay ? line : `${line}\n${replay.replaceAll(/^/gm, "        ")}`;
}

export function renderLoad(load: LoadResult, rate: number): string {
  const times = `p50 ${load.p50.toFixed(1)} ms, p95 ${load.p95.toFixed(1)} ms, p99 ${load.p99.toFixed(1)} ms, max ${load.max.toFixed(1)} ms`;
  const kinds = Object.entries(load.byKind).map(([kind, count]) => `${kind} ${count}`);
  const lines = [
    `${load.requests} requests at ${load.requestsPerSecond.toFixed(1)} a second (asked for ${rate}): ${kinds.join(", ")}`,
    `      ${times}; ${load.errors} errors, ${load.throttled} throttled`,
  ];
  return load.firstError === null ? lines.join("\n") : [...lines, `      ${load.firstError}`].join("\n");
}

/** A run as data, without its trace. */
export function runAsJson({ trace: _trace, ...rest }: RunResult): object {
  return rest;
}
