import { GROUP_URN } from "../schema/attributes";
import { resolvePath } from "../schema/resolve";
import type { AttributePath } from "./ast";
import { metaOperand, subOf, text, type Operand } from "./operand";
import { sql, TRUE } from "./sql";

const membersOperand = (baseUrl: string): Operand => ({
  kind: "many",
  exists: (condition) => sql`EXISTS (SELECT 1 FROM "GroupMembership" gm
    JOIN "Member" x ON x."workspaceId" = gm."workspaceId" AND x."id" = gm."memberId"
    WHERE gm."workspaceId" = g."workspaceId" AND gm."groupId" = g."id" AND ${condition})`,
  any: sql`EXISTS (SELECT 1 FROM "GroupMembership" gm
    WHERE gm."workspaceId" = g."workspaceId" AND gm."groupId" = g."id")`,
  element: (name) => {
    switch (name.toLowerCase()) {
      case "value":
        return { kind: "uuid", sql: sql`gm."memberId"` };
      case "display":
        return text(sql`x."name"`);
      case "type":
        return text(sql`'User'::text`);
      case "$ref":
        return text(sql`(${`${baseUrl}/Users/`}::text || gm."memberId")`, true);
      default:
        return undefined;
    }
  },
});

/** The operand of an attribute path on groups (alias `g`), or undefined for a name that is no attribute. */
export function groupOperand(path: AttributePath, baseUrl: string): Operand | undefined {
  const target = resolvePath("Group", path);
  if (target.kind === "unknown") return undefined;
  if (target.kind === "extension") return { kind: "complex", present: TRUE };
  if (target.kind !== "attribute") return { kind: "absent" };
  const sub = target.sub?.name ?? null;
  switch (target.attribute.name) {
    case "id":
      return { kind: "uuid", sql: sql`g."id"` };
    case "externalId":
      return text(sql`g."externalId"`, true);
    case "displayName":
      return { kind: "text", sql: sql`g."displayName"`, caseExact: false, folded: sql`g."displayNameLower"` };
    case "members":
      return sub === null ? membersOperand(baseUrl) : subOf(membersOperand(baseUrl), sub);
    case "meta":
      return metaOperand("Group", "g", sub, baseUrl);
    case "schemas":
      return text(sql`${GROUP_URN}::text`);
    default:
      return { kind: "absent" };
  }
}
