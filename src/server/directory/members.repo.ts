import type { MemberSource, Role, RoleAuthority } from "#generated/prisma/enums";
import type { MemberModel } from "#generated/prisma/models";
import {
  db,
  sqlOnPool,
  type SqlRunner,
  type SqlTx,
  type WorkspaceScope,
  type WorkspaceTx,
} from "#server/db/index";
import { now } from "#server/kernel/clock";
import { AppError } from "#server/kernel/errors";
import { isId } from "#server/kernel/ids";

export type Member = MemberModel;

/** The columns that callers may write; the derived ones (lower-case copies, name) are made here. */
export interface MemberValues {
  readonly userName: string;
  readonly externalId: string | null;
  readonly displayName: string | null;
  readonly email: string | null;
  readonly name: string;
  readonly role: Role;
  readonly roleAuthority: RoleAuthority;
  readonly source: MemberSource;
  readonly scimManaged: boolean;
  readonly scimAttributes: Readonly<Record<string, unknown>>;
  readonly passwordHash: string | null;
  readonly samlTenantId: string | null;
  readonly samlObjectId: string | null;
  readonly samlIssuer: string | null;
  readonly samlNameId: string | null;
}

/** The one normal form for comparing user names and addresses: NFC, then lower case. Never look-alike folding. */
export function comparable(value: string): string {
  return value.normalize("NFC").toLowerCase();
}

/** What each column that callers may write is in PostgreSQL; the order makes equal changes equal statements. */
const COLUMN_TYPES = {
  userName: "text",
  userNameLower: "text",
  externalId: "text",
  displayName: "text",
  email: "text",
  emailLower: "text",
  name: "text",
  role: '"Role"',
  roleAuthority: '"RoleAuthority"',
  source: '"MemberSource"',
  scimManaged: "boolean",
  scimAttributes: "jsonb",
  passwordHash: "text",
  samlTenantId: "text",
  samlObjectId: "text",
  samlIssuer: "text",
  samlNameId: "text",
  active: "boolean",
  deactivatedAt: "timestamptz",
  deletedAt: "timestamptz",
} as const;

type Column = keyof typeof COLUMN_TYPES;
type Written = Partial<Record<Column, unknown>>;

function columns(values: Partial<MemberValues> & MemberState): Written {
  const { scimAttributes, ...rest } = values;
  return {
    ...rest,
    ...(values.userName === undefined ? {} : { userNameLower: comparable(values.userName) }),
    ...(values.email === undefined
      ? {}
      : { emailLower: values.email === null ? null : comparable(values.email) }),
    ...(scimAttributes === undefined ? {} : { scimAttributes: JSON.stringify(scimAttributes) }),
  };
}

/**
 * @param values `role` null stands for the workspace's default role
 * @returns null when a living member has this userName, also one that another transaction is making just now.
 */
export async function insertMember(
  tx: SqlTx,
  id: string,
  values: Omit<MemberValues, "role"> & { readonly role: Role | null },
  active: boolean,
): Promise<Member | null> {
  const at = now();
  const rows = await tx.sql<Member>`
    INSERT INTO "Member" ("id", "workspaceId", "userName", "userNameLower", "externalId", "displayName", "email",
      "emailLower", "name", "role", "roleAuthority", "source", "scimManaged", "scimAttributes", "passwordHash",
      "samlTenantId", "samlObjectId", "samlIssuer", "samlNameId", "active", "deactivatedAt", "createdAt", "updatedAt")
    SELECT ${id}::uuid, w."id", ${values.userName}::text, ${comparable(values.userName)}::text,
      ${values.externalId}::text, ${values.displayName}::text, ${values.email}::text,
      ${values.email === null ? null : comparable(values.email)}::text, ${values.name}::text,
      coalesce(${values.role}::"Role", w."defaultRole"), ${values.roleAuthority}::"RoleAuthority",
      ${values.source}::"MemberSource", ${values.scimManaged}::boolean,
      ${JSON.stringify(values.scimAttributes)}::jsonb, ${values.passwordHash}::text, ${values.samlTenantId}::text,
      ${values.samlObjectId}::text, ${values.samlIssuer}::text, ${values.samlNameId}::text, ${active}::boolean,
      ${active ? null : at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
    FROM "Workspace" w WHERE w."id" = ${tx.scope.workspaceId}::uuid
    ON CONFLICT ("workspaceId", "userNameLower") WHERE "deletedAt" IS NULL DO NOTHING
    RETURNING *`;
  return rows[0] ?? null;
}

export interface MemberState {
  readonly active?: boolean;
  readonly deactivatedAt?: Date | null;
  readonly deletedAt?: Date | null;
}

/** Writes and raises the version: every change gives a new ETag. @throws AppError NOT_FOUND */
export async function updateMemberRow(
  tx: SqlTx,
  id: string,
  values: Partial<MemberValues> & MemberState,
): Promise<Member> {
  const written = columns(values);
  const names = (Object.keys(COLUMN_TYPES) as Column[]).filter((name) => written[name] !== undefined);
  let text = 'UPDATE "Member" SET "version" = "version" + 1, "updatedAt" = ';
  const strings = names.map((name, index) => {
    const before = text;
    text = `::${index === 0 ? "timestamptz" : COLUMN_TYPES[names[index - 1]!]}, "${name}" = `;
    return before;
  });
  const last = names.at(-1);
  strings.push(text, `::${last === undefined ? "timestamptz" : COLUMN_TYPES[last]} WHERE "workspaceId" = `);
  const parameters = [now(), ...names.map((name) => written[name]), tx.scope.workspaceId, id];
  const rows = await tx.sql<Member>([...strings, `::uuid AND "id" = `, `::uuid RETURNING *`], ...parameters);
  if (!rows[0]) throw new AppError("NOT_FOUND", "There is no such member.");
  return rows[0];
}

/** The living member with its row locked until the transaction ends, or null. */
export async function lockMemberRow(tx: SqlTx, id: string): Promise<Member | null> {
  if (!isId(id)) return null;
  // After waiting for another's lock PostgreSQL returns, and judges by the condition, the row as that one left it.
  const rows = await tx.sql<Member>`
    SELECT * FROM "Member"
    WHERE "workspaceId" = ${tx.scope.workspaceId}::uuid AND "id" = ${id}::uuid AND "deletedAt" IS NULL FOR UPDATE`;
  return rows[0] ?? null;
}

/** Locks all active owners in a fixed order, so that two demotions at once cannot leave none. */
export async function lockActiveOwnerIds(tx: SqlTx): Promise<string[]> {
  const rows = await tx.sql<{ id: string }>`
    SELECT "id" FROM "Member"
    WHERE "workspaceId" = ${tx.scope.workspaceId}::uuid AND "role" = 'owner' AND "active" AND "deletedAt" IS NULL
    ORDER BY "id" FOR UPDATE`;
  return rows.map((row) => row.id);
}

export type MemberKey =
  | { readonly id: string }
  | { readonly userName: string }
  | { readonly externalId: string }
  | { readonly email: string }
  | { readonly samlTenantId: string; readonly samlObjectId: string }
  | { readonly samlIssuer: string; readonly samlNameId: string };

/** One living (undeleted) member, active or not, or null. With several matches by a non-unique key: the oldest. */
export async function findMember(
  scope: WorkspaceScope,
  key: MemberKey,
  sql: SqlRunner = sqlOnPool(),
): Promise<Member | null> {
  return (await findMembers(scope, key, sql))[0] ?? null;
}

/** All living members with the key; externalId and e-mail need not be unique. */
export async function findMembers(
  scope: WorkspaceScope,
  key: MemberKey,
  sql: SqlRunner = sqlOnPool(),
): Promise<Member[]> {
  if ("id" in key && !isId(key.id)) return [];
  const wanted = Object.entries(keyColumns(key));
  const strings = [
    'SELECT * FROM "Member" WHERE "deletedAt" IS NULL AND "workspaceId" = ',
    ...wanted.map(([name], index) => `::${index === 0 ? "uuid" : "text"} AND "${name}" = `),
    `::${"id" in key ? "uuid" : "text"} ORDER BY "createdAt", "id" LIMIT 10`,
  ];
  return sql<Member>(strings, scope.workspaceId, ...wanted.map(([, value]) => value));
}

/** The columns that make up a key. Never the key itself: its own names must not become SQL. */
function keyColumns(key: MemberKey): Readonly<Record<string, string>> {
  if ("id" in key) return { id: key.id };
  if ("userName" in key) return { userNameLower: comparable(key.userName) };
  if ("email" in key) return { emailLower: comparable(key.email) };
  if ("externalId" in key) return { externalId: key.externalId };
  if ("samlObjectId" in key) return { samlTenantId: key.samlTenantId, samlObjectId: key.samlObjectId };
  return { samlIssuer: key.samlIssuer, samlNameId: key.samlNameId };
}

/** Tombstones that could be this person; the caller decides by their ids. */
export function findTombstones(
  tx: WorkspaceTx,
  keys: { readonly objectId: string | null; readonly userNames: readonly string[] },
): Promise<Member[]> {
  const { objectId, userNames } = keys;
  return tx.db.member.findMany({
    where: {
      workspaceId: tx.scope.workspaceId,
      deletedAt: { not: null },
      OR: [
        { userNameLower: { in: userNames.map(comparable) } },
        ...(objectId === null ? [] : [{ samlObjectId: objectId }, { externalId: objectId }]),
      ],
    },
    take: 50,
  });
}

export interface MemberListItem {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly userName: string;
  readonly role: Role;
  readonly active: boolean;
  readonly source: MemberSource;
  readonly scimManaged: boolean;
  readonly roleAuthority: RoleAuthority;
  readonly groups: string[];
  readonly createdAt: Date;
  readonly deactivatedAt: Date | null;
}

/** Every living member with the names of their groups, by name. */
export async function listMembers(scope: WorkspaceScope): Promise<MemberListItem[]> {
  const rows = await db().member.findMany({
    where: { workspaceId: scope.workspaceId, deletedAt: null },
    include: { memberships: { include: { group: { select: { displayName: true } } } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    userName: row.userName,
    role: row.role,
    active: row.active,
    source: row.source,
    scimManaged: row.scimManaged,
    roleAuthority: row.roleAuthority,
    groups: row.memberships.map((membership) => membership.group.displayName).sort(),
    createdAt: row.createdAt,
    deactivatedAt: row.deactivatedAt,
  }));
}

/** How many living people and groups SCIM manages. */
export async function countScimManaged(
  scope: WorkspaceScope,
): Promise<{ readonly members: number; readonly groups: number }> {
  const where = { workspaceId: scope.workspaceId, scimManaged: true };
  const [members, groups] = await Promise.all([
    db().member.count({ where: { ...where, deletedAt: null } }),
    db().group.count({ where }),
  ]);
  return { members, groups };
}

/** Members of any workspace who can sign in with a password under this address (sign-in knows no workspace yet). */
export function findPasswordMembers(email: string, workspaceId?: string): Promise<Member[]> {
  return db().member.findMany({
    where: {
      emailLower: comparable(email),
      passwordHash: { not: null },
      active: true,
      deletedAt: null,
      ...(workspaceId === undefined ? {} : { workspaceId }),
    },
    orderBy: { createdAt: "asc" },
    take: 10,
  });
}
