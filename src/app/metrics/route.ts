import { answerMetrics } from "#server/metrics/index";

export const dynamic = "force-dynamic";

/** Prometheus text; 404 unless METRICS_TOKEN is set. */
export function GET(request: Request): Promise<Response> {
  return answerMetrics(request);
}
