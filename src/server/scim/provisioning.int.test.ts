import { beforeEach } from "vitest";

import { provisioningSuite } from "../../../tests/conformance/scim/suites/provisioning";
import { useTestDatabase } from "../../../tests/support/database";
import { connectScim } from "../../../tests/support/scim-in-process";
import type { ScimTarget } from "../../../tools/entra-sim/index";
import { db } from "#server/db/index";
import { clearProcessSlot } from "#server/kernel/slot";

useTestDatabase();

beforeEach(() => clearProcessSlot("rate-limit.scim"));

const workspaceIds = new WeakMap<ScimTarget, string>();

async function freshTarget(): Promise<ScimTarget> {
  const { scope, target } = await connectScim();
  workspaceIds.set(target, scope.workspaceId);
  return target;
}

/** Every row that provisioning writes, whatever the resources show of it; ids are replaced by names, times left out. */
async function readRows(target: ScimTarget): Promise<unknown> {
  const workspaceId = workspaceIds.get(target)!;
  const [members, groups, memberships] = await Promise.all([
    db().member.findMany({
      where: { workspaceId },
      omit: { createdAt: true, updatedAt: true, version: true },
    }),
    db().group.findMany({
      where: { workspaceId },
      omit: { createdAt: true, updatedAt: true, version: true },
    }),
    db().groupMembership.findMany({ where: { workspaceId } }),
  ]);
  const names = new Map<string, string>([[workspaceId, "workspace"]]);
  for (const { id, userName } of members) names.set(id, userName);
  for (const { id, displayName } of groups) names.set(id, displayName);
  const rows = [
    ...members.map((member) => ({
      ...member,
      deactivatedAt: member.deactivatedAt !== null,
      deletedAt: member.deletedAt !== null,
    })),
    ...groups,
    ...memberships.map(({ groupId, memberId }) => ({ groupId, memberId })),
  ];
  const readable = [...names].reduce(
    (text, [id, name]) => text.replaceAll(id, name),
    JSON.stringify(rows, sortedKeys),
  );
  return (JSON.parse(readable) as unknown[]).map((row) => JSON.stringify(row)).sort();
}

/** JSON columns keep the order in which attributes were written, which means nothing. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)));
}

provisioningSuite({ freshTarget, readState: readRows }, { users: 200, groups: 20, everyCombination: true });
