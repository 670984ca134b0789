import { databaseLog } from "./log";
import { RealtimeServer, type RealtimeStats } from "./realtime-server";
import { realtimeSlot } from "./slot";

export { respondWithSnapshot } from "./board-snapshot";
export type { RealtimeServer, RealtimeStats } from "./realtime-server";

/** Starts this process's realtime server. The caller hands it the upgrade requests for /realtime. */
export function attachRealtime(): RealtimeServer {
  const server = new RealtimeServer(databaseLog);
  realtimeSlot().server = server;
  return server;
}

/** What the realtime server holds, for metrics; zeros while none runs in this process. */
export function realtimeStats(): RealtimeStats {
  return realtimeSlot().server?.stats() ?? { rooms: 0, connections: 0, waiting: 0 };
}
