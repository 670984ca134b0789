import { runLoad } from "../tools/entra-sim/load";

import { residentMb } from "./process-figures";
import type { Bench } from "./scim-app";

const RATE = 25;
const SLICE_SECONDS = 30;
const MINUTES = 10;
/** What a process grows by while its compilers and caches warm up says nothing of an hour. */
const WARM_UP_MINUTES = 3;

interface Sample {
  readonly minute: number;
  readonly mb: number;
}

export interface MemoryFigures {
  readonly samples: readonly Sample[];
  readonly requests: number;
  readonly errors: number;
  /** The line through the samples after the warm-up, megabytes an hour. */
  readonly slopeMbPerHour: number;
}

/** Resident memory of the server under a steady mix of Entra's requests, a sample every 30 s. */
export async function benchScimMemory({ app }: Bench, minutes = MINUTES): Promise<MemoryFigures> {
  const { port, headers } = app.target(0);
  const token = headers?.["authorization"]?.replace(/^Bearer /, "") ?? "";
  const target = { baseUrl: `http://127.0.0.1:${port}/public-api/scim-v2`, token };
  const samples: Sample[] = [];
  let requests = 0;
  let errors = 0;
  for (let slice = 1; slice * SLICE_SECONDS <= minutes * 60; slice++) {
    const load = await runLoad(target, { rate: RATE, seconds: SLICE_SECONDS, seed: slice });
    requests += load.requests;
    errors += load.errors;
    samples.push({ minute: (slice * SLICE_SECONDS) / 60, mb: residentMb(app.pid) });
  }
  return { samples, requests, errors, slopeMbPerHour: slope(samples) * 60 };
}

/** Least squares, megabytes a minute. */
function slope(all: readonly Sample[]): number {
  const samples = all.filter(({ minute }) => minute > WARM_UP_MINUTES);
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [minute, mb] = [mean((sample) => sample.minute), mean((sample) => sample.mb)];
  const covariance = mean((sample) => (sample.minute - minute) * (sample.mb - mb));
  return covariance / mean((sample) => (sample.minute - minute) ** 2);
}

export function memoryTable({ samples, requests, errors, slopeMbPerHour }: MemoryFigures): string {
  const line = samples.map(({ mb }) => mb.toFixed(0)).join(" ");
  return [
    `${requests} requests at ${RATE}/s, ${errors} errors; resident MB every ${SLICE_SECONDS} s: ${line}`,
    `slope after ${WARM_UP_MINUTES} minutes: ${slopeMbPerHour.toFixed(1)} MB an hour`,
  ].join("\n");
}
