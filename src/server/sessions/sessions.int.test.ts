import { afterEach, describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeMember, makeSession, makeWorkspace } from "../../../tests/support/factories";
import { db, inWorkspaceTx } from "../db/index";
import { useClock } from "../kernel/clock";
import {
  createSession,
  findActiveSession,
  listRevocationsSince,
  sessionExpiry,
  sweepSessions,
} from "./index";

useTestDatabase();

const HOUR = 3_600_000;
let restoreClock: (() => void) | undefined;
afterEach(() => restoreClock?.());

async function signedIn() {
  const { scope } = await makeWorkspace();
  const member = await makeMember(scope);
  return { scope, member, ...(await makeSession(scope, member)) };
}

describe("a session", () => {
  it("ends after twelve hours without use", async () => {
    const { token } = await signedIn();
    const began = Date.now();
    restoreClock = useClock(() => began + 11.9 * HOUR);
    expect(await findActiveSession(token)).not.toBeNull();
    restoreClock();
    restoreClock = useClock(() => began + 12.1 * HOUR);
    expect(await findActiveSession(token)).toBeNull();
  });

  it.each([
    ["inactive", { active: false }],
    ["deleted", { deletedAt: new Date() }],
  ])("is worth nothing when its member is %s, even where its row was left behind", async (_what, state) => {
    const { token, member } = await signedIn();
    expect(await findActiveSession(token)).not.toBeNull();
    await db().member.update({ where: { id: member.id }, data: state });
    expect(await findActiveSession(token)).toBeNull();
  });

  it("never slides beyond what the identity provider allowed", async () => {
    const { scope, member } = await signedIn();
    const notOnOrAfter = new Date(Date.now() + HOUR);
    const { expiresAt } = await inWorkspaceTx(scope, (tx) =>
      createSession(tx, { memberId: member.id, method: "saml", notOnOrAfter }),
    );
    expect(expiresAt).toEqual(notOnOrAfter);
    expect(sessionExpiry(notOnOrAfter)).toEqual(notOnOrAfter);
    expect(sessionExpiry(null).getTime()).toBeGreaterThan(Date.now() + 11 * HOUR);
  });
});

it("sweeping deletes ended sessions and revocations of yesterday, and no others", async () => {
  const ended = await signedIn();
  const alive = await signedIn();
  const { workspaceId } = alive.scope;
  await db().session.updateMany({
    where: { memberId: ended.member.id },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR);
  await db().revocation.createMany({
    data: [25, 23].map((hours) => ({ workspaceId, reason: `${hours} hours ago`, at: hoursAgo(hours) })),
  });
  await sweepSessions();
  expect(await db().session.count({ where: { memberId: ended.member.id } })).toBe(0);
  expect(await findActiveSession(alive.token)).not.toBeNull();
  const kept = await listRevocationsSince(hoursAgo(100));
  expect(kept.filter((one) => one.workspaceId === workspaceId).map((one) => one.reason)).toEqual([
    "23 hours ago",
  ]);
});
