import { ENTERPRISE_URN, USER_URN } from "../schema/attributes";
import { resolvePath, type ResolvedPath } from "../schema/resolve";
import type { AttributePath } from "./ast";
import { metaOperand, subOf, text, type Operand } from "./operand";
import { sql, TRUE, type SqlFragment } from "./sql";

/** The alias that queries give to the Member table. */
const attrs = sql`m."scimAttributes"`;

/** Columns that are not in the JSON. */
const COLUMNS: Readonly<Record<string, Operand>> = {
  id: { kind: "uuid", sql: sql`m."id"` },
  userName: { kind: "text", sql: sql`m."userName"`, caseExact: false, folded: sql`m."userNameLower"` },
  externalId: text(sql`m."externalId"`, true),
  displayName: text(sql`m."displayName"`),
  active: { kind: "boolean", sql: sql`m."active"` },
};

/** A list in the JSON; an empty one when the key is missing. */
function list(name: string): SqlFragment {
  const stored = sql`${attrs} -> ${name}::text`;
  if (name !== "emails")
    return sql`CASE jsonb_typeof(${stored}) WHEN 'array' THEN ${stored} ELSE '[]'::jsonb END`;
  // A member whom SCIM never wrote has an address in the column only; Entra must be able to match by it.
  return sql`CASE WHEN jsonb_typeof(${stored}) = 'array' THEN ${stored}
    WHEN NOT m."scimManaged" AND m."email" IS NOT NULL
      THEN jsonb_build_array(jsonb_build_object('value', m."email", 'type', 'work', 'primary', TRUE))
    ELSE '[]'::jsonb END`;
}

function listOperand(
  name: string,
  subNames: ReadonlyMap<string, { name: string; boolean: boolean }>,
): Operand {
  const values = list(name);
  return {
    kind: "many",
    exists: (condition) =>
      sql`EXISTS (SELECT 1 FROM jsonb_array_elements(${values}) AS e(v) WHERE ${condition})`,
    any: sql`(jsonb_array_length(${values}) > 0)`,
    element: (subName) => {
      const sub = subNames.get(subName.toLowerCase());
      if (!sub) return undefined;
      if (sub.boolean) return { kind: "boolean", sql: sql`(e.v -> ${sub.name}::text = 'true'::jsonb)` };
      return text(sql`(e.v ->> ${sub.name}::text)`);
    },
    first: sql`(SELECT lower(coalesce(e.v ->> 'value', e.v ->> 'formatted'))
      FROM jsonb_array_elements(${values}) WITH ORDINALITY AS e(v, n)
      ORDER BY coalesce(e.v -> 'primary' = 'true'::jsonb, FALSE) DESC, n LIMIT 1)`,
  };
}

const groupsOperand: Operand = {
  kind: "many",
  exists: (condition) => sql`EXISTS (SELECT 1 FROM "GroupMembership" gm
    JOIN "Group" g ON g."workspaceId" = gm."workspaceId" AND g."id" = gm."groupId"
    WHERE gm."workspaceId" = m."workspaceId" AND gm."memberId" = m."id" AND ${condition})`,
  any: sql`EXISTS (SELECT 1 FROM "GroupMembership" gm
    WHERE gm."workspaceId" = m."workspaceId" AND gm."memberId" = m."id")`,
  element: (subName) => {
    switch (subName.toLowerCase()) {
      case "value":
        return { kind: "uuid", sql: sql`g."id"` };
      case "display":
        return text(sql`g."displayName"`);
      case "type":
        return text(sql`'direct'::text`);
      default:
        return undefined;
    }
  },
};

/** The operand of an attribute path on users, or undefined for a name that is no attribute. */
export function userOperand(path: AttributePath, baseUrl: string): Operand | undefined {
  const target = resolvePath("User", path);
  switch (target.kind) {
    case "unknown":
      return undefined;
    case "foreign":
      return { kind: "absent" };
    case "extension":
      return { kind: "complex", present: hasExtension(target.urn) };
    case "custom":
      return customOperand(target.urn, target.name, target.sub);
    case "attribute":
      return attributeOperand(target, baseUrl);
  }
}

function hasExtension(urn: string): SqlFragment {
  return urn.toLowerCase() === USER_URN.toLowerCase() ? TRUE : sql`jsonb_exists(${attrs}, ${urn}::text)`;
}

function customOperand(urn: string, name: string, sub: string | null): Operand {
  const value = sql`(${attrs} -> ${urn}::text -> ${name}::text)`;
  return { kind: "json", sql: sub === null ? value : sql`(${value} -> ${sub}::text)` };
}

function attributeOperand(
  target: Extract<ResolvedPath, { kind: "attribute" }>,
  baseUrl: string,
): Operand | undefined {
  const { attribute, sub } = target;
  if (attribute.ignored) return { kind: "absent" };
  if (target.schema === "enterprise") {
    return jsonOperand(
      sql`(${attrs} -> ${ENTERPRISE_URN}::text -> ${attribute.name}::text)`,
      attribute.name,
      sub?.name ?? null,
    );
  }
  const column = Object.hasOwn(COLUMNS, attribute.name) ? COLUMNS[attribute.name] : undefined;
  if (column) return column;
  if (attribute.name === "meta") return metaOperand("User", "m", sub?.name ?? null, baseUrl);
  if (attribute.name === "schemas") return schemasOperand();
  if (attribute.name === "groups") return sub === null ? groupsOperand : subOf(groupsOperand, sub.name);
  if (attribute.multiValued) {
    const names = attribute.subAttributes.map((item) => ({
      name: item.name,
      boolean: item.type === "boolean",
    }));
    const operand = listOperand(
      attribute.name,
      new Map(names.map((item) => [item.name.toLowerCase(), item])),
    );
    return sub === null ? operand : subOf(operand, sub.name);
  }
  const stored = sql`(${attrs} -> ${attribute.name}::text)`;
  if (attribute.type === "boolean") return { kind: "boolean", sql: sql`(${stored} = 'true'::jsonb)` };
  return jsonOperand(stored, attribute.name, sub?.name ?? null);
}

/** `manager eq "x"` means `manager.value`, as Entra's reference check writes it. */
function jsonOperand(stored: SqlFragment, name: string, sub: string | null): Operand {
  if (name === "manager") return text(sql`(${stored} ->> ${sub ?? "value"}::text)`, true);
  if (name === "name" && sub === null) return { kind: "complex", present: sql`(${stored} IS NOT NULL)` };
  return text(sub === null ? sql`(${stored} #>> '{}')` : sql`(${stored} ->> ${sub}::text)`);
}

function schemasOperand(): Operand {
  const urns = sql`(SELECT ${USER_URN}::text AS u UNION ALL
    SELECT k FROM jsonb_object_keys(${attrs}) AS k WHERE k LIKE 'urn:%')`;
  return {
    kind: "many",
    exists: (condition) => sql`EXISTS (SELECT 1 FROM ${urns} AS s WHERE ${condition})`,
    any: TRUE,
    element: (name) => (name === "value" ? text(sql`s.u`) : undefined),
  };
}
