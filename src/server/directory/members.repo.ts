import type { MemberSource, Role, RoleAuthority } from "#generated/prisma/enums";
import type { MemberModel } from "#generated/prisma/models";
import { db, type Prisma, type DbClient, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import { now } from "#server/kernel/clock";
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

function columns(values: Partial<MemberValues>) {
  const { scimAttributes, ...rest } = values;
  return {
    ...rest,
    ...(values.userName === undefined ? {} : { userNameLower: comparable(values.userName) }),
    ...(values.email === undefined
      ? {}
      : { emailLower: values.email === null ? null : comparable(values.email) }),
    ...(scimAttributes === undefined ? {} : { scimAttributes: scimAttributes as Prisma.InputJsonObject }),
  };
}

export function insertMember(
  tx: WorkspaceTx,
  id: string,
  values: MemberValues,
  active: boolean,
): Promise<Member> {
  const at = now();
  return tx.db.member.create({
    data: {
      ...columns(values),
      ...requiredColumns(values),
      id,
      workspaceId: tx.scope.workspaceId,
      active,
      deactivatedAt: active ? null : at,
      createdAt: at,
      updatedAt: at,
    },
  });
}

/** Prisma's create type wants these named; `columns` is typed for partial updates. */
function requiredColumns(values: MemberValues) {
  return {
    userName: values.userName,
    userNameLower: comparable(values.userName),
    name: values.name,
    role: values.role,
    source: values.source,
  };
}

export interface MemberState {
  readonly active?: boolean;
  readonly deactivatedAt?: Date | null;
  readonly deletedAt?: Date | null;
}

/** Writes and raises the version: every change gives a new ETag. */
export function updateMemberRow(
  tx: WorkspaceTx,
  id: string,
  values: Partial<MemberValues> & MemberState,
): Promise<Member> {
  return tx.db.member.update({
    where: { workspaceId_id: { workspaceId: tx.scope.workspaceId, id } },
    data: { ...columns(values), version: { increment: 1 }, updatedAt: now() },
  });
}

/** The living member with its row locked until the transaction ends, or null. */
export async function lockMemberRow(tx: WorkspaceTx, id: string): Promise<Member | null> {
  if (!isId(id)) return null;
  await tx.db.$queryRaw`
    SELECT 1 FROM "Member" WHERE "workspaceId" = ${tx.scope.workspaceId}::uuid AND "id" = ${id}::uuid FOR UPDATE`;
  return findMember(tx.scope, { id }, tx.db);
}

/** Locks all active owners in a fixed order, so that two demotions at once cannot leave none. */
export async function lockActiveOwnerIds(tx: WorkspaceTx): Promise<string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
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
  client: DbClient = db(),
): Promise<Member | null> {
  return (await findMembers(scope, key, client))[0] ?? null;
}

/** All living members with the key; externalId and e-mail need not be unique. */
export async function findMembers(
  scope: WorkspaceScope,
  key: MemberKey,
  client: DbClient = db(),
): Promise<Member[]> {
  if ("id" in key && !isId(key.id)) return [];
  return client.member.findMany({
    where: { workspaceId: scope.workspaceId, deletedAt: null, ...keyWhere(key) },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 10,
  });
}

function keyWhere(key: MemberKey): Prisma.MemberWhereInput {
  if ("userName" in key) return { userNameLower: comparable(key.userName) };
  if ("email" in key) return { emailLower: comparable(key.email) };
  return key;
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
