import { constantTimeEqual } from "#server/kernel/crypto";
import { env } from "#server/kernel/env";

import { collectMetrics } from "./collect-metrics";

/**
 * Answers a scrape. Without METRICS_TOKEN there is no such page; with it, only its bearer gets in: the numbers
 * tell a stranger how large an organisation is and when it works.
 */
export async function answerMetrics(request: Request): Promise<Response> {
  const { metricsToken } = env();
  if (metricsToken === undefined) return Response.json({ error: "Not found" }, { status: 404 });
  const given = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  if (!constantTimeEqual(given, metricsToken)) {
    return Response.json(
      { error: "METRICS_TOKEN is needed as the bearer token" },
      { status: 401, headers: { "www-authenticate": 'Bearer realm="Chalkroom metrics"' } },
    );
  }
  return new Response(await collectMetrics(), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
  });
}
