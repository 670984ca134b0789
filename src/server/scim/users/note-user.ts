import type { Member } from "#server/directory/index";

import type { Observe } from "../http/observation";
import { isObject, jsonEquals, type JsonObject } from "../json";

/** Notes a POST: it makes a person, or brings one back in place. */
export function noteUserMade(observe: Observe, member: Member, isNew: boolean): void {
  observe({
    action: isNew ? "user.created" : "user.restored",
    subjectIds: [member.id],
    facts: { name: member.name },
  });
}

export function noteUserDeleted(observe: Observe, member: Member): void {
  observe({ action: "user.deleted", subjectIds: [member.id], facts: { name: member.name } });
}

/** Notes a PATCH or PUT by what it changed, not by what it said. */
export function noteUserChange(observe: Observe, before: Member, after: Member): void {
  const changed = before.version !== after.version;
  const attributes = changed ? changedAttributes(before, after) : [];
  observe({
    action:
      before.active === after.active
        ? "user.updated"
        : after.active
          ? "user.reactivated"
          : "user.deactivated",
    subjectIds: [after.id],
    changed,
    facts: {
      name: before.name,
      ...(before.name === after.name ? {} : { renamedTo: after.name }),
      ...(before.role === after.role ? {} : { role: after.role }),
      ...(attributes.length > 0 ? { attributes } : {}),
    },
  });
}

/** SCIM's names of what differs; of a complex attribute or an extension its parts: `name.familyName`, `department`. */
function changedAttributes(before: Member, after: Member): string[] {
  const columns = (["userName", "externalId", "displayName"] as const).filter(
    (name) => before[name] !== after[name],
  );
  return [...columns, ...differences(asObject(before.scimAttributes), asObject(after.scimAttributes))];
}

function differences(before: JsonObject, after: JsonObject): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => {
    if (jsonEquals(before[key], after[key])) return [];
    if (!isObject(before[key]) && !isObject(after[key])) return [key];
    const prefix = key.includes(":") ? "" : `${key}.`;
    return differences(asObject(before[key]), asObject(after[key])).map((part) => `${prefix}${part}`);
  });
}

const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});
