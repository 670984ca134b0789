import { isDatabaseReady } from "#server/db/health";

export const dynamic = "force-dynamic";

/** The process can do its work: the database answers. Migrations have run before the port was opened. */
export async function GET(): Promise<Response> {
  const ready = await isDatabaseReady();
  return Response.json({ status: ready ? "ready" : "database unavailable" }, { status: ready ? 200 : 503 });
}
