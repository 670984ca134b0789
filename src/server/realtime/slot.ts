import { processSlot } from "#server/kernel/slot";

import type { RealtimeServer } from "./realtime-server";

/** Where route handlers, which live in Next's bundle, find the rooms of the custom server. */
export function realtimeSlot(): { server: RealtimeServer | null } {
  return processSlot<{ server: RealtimeServer | null }>("realtime", () => ({ server: null }));
}
