import type { Job } from "./job";
import { insist } from "./strict-answer";
import { textOf } from "./wire";

/** How Account Discovery sorts what it finds; counts of users. */
export interface Accounts {
  readonly total: number;
  readonly pages: number;
  /** Linked with somebody who is assigned. */
  readonly assigned: number;
  /** Linked with somebody who is not assigned any more. */
  readonly unassigned: number;
  /** Known to the service only. */
  readonly local: number;
}

/** Reads all users by index paging and insists on right pages: echoed, disjoint, complete. @throws ServiceIncompatible */
export async function readAccounts(job: Job, pageSize: number): Promise<Accounts> {
  const sources = new Map([...job.users].map(([sourceId, targetId]) => [targetId, sourceId]));
  const seen = new Set<string>();
  const counts = { assigned: 0, unassigned: 0, local: 0 };
  let total: number;
  let pages = 0;
  do {
    const startIndex = seen.size + 1;
    const page = await job.connection.page("User", startIndex, pageSize);
    total = page.total;
    pages++;
    insist(page.startIndex === startIndex, `startIndex ${startIndex} was answered as ${page.startIndex}`);
    insist(page.resources.length > 0 || seen.size >= total, "a page is empty before the end of the list");
    insist(page.resources.length <= pageSize, "a page has more resources than asked for");
    for (const resource of page.resources) {
      const id = textOf(resource["id"]);
      insist(!seen.has(id), "a user is on two pages: the order is not stable");
      seen.add(id);
      const sourceId = sources.get(id);
      if (sourceId === undefined) counts.local++;
      else if (job.lastSeen.get(sourceId)?.assigned === false) counts.unassigned++;
      else counts.assigned++;
    }
  } while (seen.size < total);
  return { total, pages, ...counts };
}
