import { comparable } from "#server/directory/index";

import { ENTERPRISE_URN, USER_URN } from "../schema/attributes";
import { resolvePath, type ResolvedPath } from "../schema/resolve";
import type { AttributePath } from "./ast";
import { metaOperand, subOf, text, type Narrow, type Operand } from "./operand";
import { joinSql, sql, TRUE, type SqlFragment } from "./sql";

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

/** All values of the JSON are in one index, folded and cut as here: who has all of these may be meant. */
const narrow: Narrow = (equalities) => {
  const texts = equalities.map(({ text: value }) => sql`lower(left(${value}::text, 200))`);
  return sql`(scim_texts(${attrs}) @> ARRAY[${joinSql(texts, ", ")}])`;
};

/** As `narrow`, and those whose only address is in the column. */
const narrowEmails: Narrow = (equalities) => {
  const address = equalities.find(({ name }) => name === "value");
  if (!address) return TRUE;
  return sql`(${narrow(equalities)} OR (NOT m."scimManaged" AND m."emailLower" = ${comparable(address.text)}::text))`;
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
    narrow: name === "emails" ? narrowEmails : narrow,
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

const groupsOperand = (baseUrl: string): Operand => ({
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
      case "$ref":
        return text(sql`(${`${baseUrl}/Groups/`}::text || g."id")`, true);
      default:
        return undefined;
    }
  },
});

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
  return urn.toLowerCase() === USER_URN.toLowerCase() ? TRUE : sql`(${memberNamed(attrs, urn)} IS NOT NULL)`;
}

/** An attribute of a customer's extension: its one value or any of its values; names count in any letter case. */
function customOperand(urn: string, name: string, sub: string | null): Operand {
  const whole = memberNamed(memberNamed(attrs, urn), name);
  const value = sub === null ? whole : memberNamed(asObject(whole), sub);
  const values = sql`CASE jsonb_typeof(${value}) WHEN 'array' THEN ${value} ELSE jsonb_build_array(${value}) END`;
  const element: Operand = { kind: "json", sql: sql`e.v` };
  return {
    kind: "many",
    exists: (condition) =>
      sql`EXISTS (SELECT 1 FROM jsonb_array_elements(${values}) AS e(v) WHERE ${condition})`,
    any: sql`(${value} IS NOT NULL)`,
    narrow,
    element: (elementName) => {
      if (elementName === "value") return element;
      return { kind: "json", sql: memberNamed(asObject(sql`e.v`), elementName) };
    },
    first: sql`lower(${values} #>> '{0}')`,
  };
}

/** The value under a key of a JSON object (or NULL) in any letter case. */
function memberNamed(object: SqlFragment, name: string): SqlFragment {
  return sql`(SELECT j.value FROM jsonb_each(${object}) AS j(key, value)
    WHERE lower(j.key) = lower(${name}::text) LIMIT 1)`;
}

/** NULL instead of an error for what is no object. */
const asObject = (value: SqlFragment): SqlFragment =>
  sql`CASE jsonb_typeof(${value}) WHEN 'object' THEN ${value} END`;

function attributeOperand(
  target: Extract<ResolvedPath, { kind: "attribute" }>,
  baseUrl: string,
): Operand | undefined {
  const { attribute, sub } = target;
  if (attribute.ignored) return { kind: "absent" };
  if (target.schema === "enterprise") {
    const stored = sql`(${attrs} -> ${ENTERPRISE_URN}::text -> ${attribute.name}::text)`;
    if (attribute.name === "manager") return managerOperand(stored, sub?.name ?? "value", baseUrl);
    return jsonOperand(stored, attribute.name, sub?.name ?? null);
  }
  const column = Object.hasOwn(COLUMNS, attribute.name) ? COLUMNS[attribute.name] : undefined;
  if (column) return column;
  if (attribute.name === "meta") return metaOperand("User", "m", sub?.name ?? null, baseUrl);
  if (attribute.name === "schemas") return schemasOperand();
  if (attribute.name === "groups") {
    const groups = groupsOperand(baseUrl);
    return sub === null ? groups : subOf(groups, sub.name);
  }
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

/** `manager eq "x"` means `manager.value`, as Entra's reference check writes it; the rest is the manager's own. */
function managerOperand(stored: SqlFragment, sub: string, baseUrl: string): Operand {
  const id = sql`(${stored} ->> 'value')`;
  if (sub === "value") return jsonText(id, true);
  const shown = sub === "$ref" ? sql`(${`${baseUrl}/Users/`}::text || x."id")` : sql`x."name"`;
  const found = sql`(SELECT ${shown} FROM "Member" x
    WHERE x."workspaceId" = m."workspaceId" AND x."id"::text = ${id} AND x."deletedAt" IS NULL)`;
  return text(found, sub === "$ref");
}

function jsonOperand(stored: SqlFragment, name: string, sub: string | null): Operand {
  if (name === "name" && sub === null) return { kind: "complex", present: sql`(${stored} IS NOT NULL)` };
  return jsonText(sub === null ? sql`(${stored} #>> '{}')` : sql`(${stored} ->> ${sub}::text)`);
}

const jsonText = (value: SqlFragment, caseExact = false): Operand => ({
  kind: "text",
  sql: value,
  caseExact,
  narrow,
});

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
