import { db } from "#server/db/index";
import { now } from "#server/kernel/clock";

/** How much there is, over all workspaces. Counted at each scrape: exact, and cheap beside a board's traffic. */
export interface Totals {
  readonly workspaces: number;
  readonly activeMembers: number;
  readonly inactiveMembers: number;
  readonly boards: number;
  readonly sessions: number;
}

export async function countTotals(): Promise<Totals> {
  const client = db();
  const [workspaces, activeMembers, inactiveMembers, boards, sessions] = await Promise.all([
    client.workspace.count(),
    client.member.count({ where: { deletedAt: null, active: true } }),
    client.member.count({ where: { deletedAt: null, active: false } }),
    client.board.count({ where: { deletedAt: null } }),
    client.session.count({ where: { expiresAt: { gt: now() } } }),
  ]);
  return { workspaces, activeMembers, inactiveMembers, boards, sessions };
}
