import { now } from "#server/kernel/clock";

import {
  deleteExcess,
  deleteHoursBefore,
  deleteRowsBefore,
  findFirstExcess,
  findLoggedWorkspaces,
  type LogClass,
} from "./retention.repo";

const DAY_MS = 86_400_000;

/** How long and how much of the log is kept; docs/guides/entra.md says it to administrators. */
const RETENTION = {
  days: 30,
  /** Per workspace: reads that succeeded. */
  reads: 20_000,
  /** Per workspace: writes, and whatever was refused or failed. */
  others: 200_000,
  /** Counters of hours are small; a year of them tells when a connection went quiet. */
  activityDays: 400,
} as const;

/** Shortens the log to what is kept, in small deletions one after the other. For the server, once an hour. */
export async function sweepProvisioningLog(
  limits: Readonly<Record<LogClass, number>> = RETENTION,
): Promise<void> {
  const at = now().getTime();
  await inBatches(() => deleteRowsBefore(new Date(at - RETENTION.days * DAY_MS)));
  await deleteHoursBefore(new Date(at - RETENTION.activityDays * DAY_MS));
  for (const workspaceId of await findLoggedWorkspaces()) {
    for (const kind of ["reads", "others"] as const) {
      const upTo = await findFirstExcess(workspaceId, kind, limits[kind]);
      if (upTo !== null) await inBatches(() => deleteExcess(workspaceId, kind, upTo));
    }
  }
}

async function inBatches(deleteSome: () => Promise<number>): Promise<void> {
  while ((await deleteSome()) > 0);
}
