import type { Job } from "./job";
import type { EntraSource } from "./mapping";

/** Deletes what has left the source for good. Who was unassigned before is left inactive: Entra forgets them. */
export async function purge(
  job: Job,
  source: EntraSource,
  attempt: (sourceId: string, work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { users, groups, lastSeen, managers, watermark, made, connection } = job;
  const present = new Set([...source.users, ...source.groups].map((object) => object.id));
  for (const [sourceId, targetId] of [...users].filter(([id]) => !present.has(id))) {
    await attempt(sourceId, async () => {
      if (lastSeen.get(sourceId)?.assigned !== false) {
        await connection.delete("User", targetId);
        made.delete(`Users/${targetId}`);
        for (const { members } of groups.values()) members.delete(targetId);
      }
      for (const map of [users, lastSeen, managers, watermark]) map.delete(sourceId);
    });
  }
  for (const [sourceId, { targetId }] of [...groups].filter(([id]) => !present.has(id))) {
    await attempt(sourceId, async () => {
      await connection.delete("Group", targetId);
      made.delete(`Groups/${targetId}`);
      groups.delete(sourceId);
      watermark.delete(sourceId);
    });
  }
}
