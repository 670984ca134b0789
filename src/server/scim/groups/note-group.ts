import type { Group } from "#server/directory/index";
import { isId } from "#server/kernel/ids";

import type { Observe } from "../http/observation";
import type { MembersPlan } from "../patch/members-plan";
import type { ScimAction } from "../provisioning-log/exchange";

/** Notes a POST, with the members that it came with. */
export function noteGroupMade(observe: Observe, group: Group, plan: MembersPlan): void {
  observe({
    action: "group.created",
    subjectIds: subjectsOf(group, plan),
    facts: { name: group.displayName },
  });
}

export function noteGroupDeleted(observe: Observe, group: Group): void {
  observe({ action: "group.deleted", subjectIds: [group.id], facts: { name: group.displayName } });
}

/** Notes a PATCH or PUT; who joined and who left is noted where the directory counts them. */
export function noteGroupChange(observe: Observe, before: Group, after: Group, plan: MembersPlan): void {
  const attributes = (["displayName", "externalId"] as const).filter((name) => before[name] !== after[name]);
  const isRenamed = before.displayName !== after.displayName;
  observe({
    action: attributes.length > 0 || plan.isEmpty ? "group.updated" : membersAction(plan),
    subjectIds: subjectsOf(after, plan),
    changed: before.version !== after.version,
    facts: {
      name: before.displayName,
      ...(isRenamed ? { renamedTo: after.displayName } : {}),
      ...(attributes.length > 0 ? { attributes } : {}),
    },
  });
}

function membersAction(plan: MembersPlan): ScimAction {
  if (plan.exact) return "group.members.replaced";
  if (plan.removed.size === 0) return "group.members.added";
  return plan.added.size === 0 ? "group.members.removed" : "group.members.changed";
}

const subjectsOf = (group: Group, plan: MembersPlan): string[] => [
  group.id,
  ...[...plan.added, ...plan.removed].filter(isId),
];
