import { db, type Prisma, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";

/** By which names the people and groups of a self-test are known. */
export interface ThrowAwayMarks {
  readonly userNameStart: string;
  /** Under .invalid (RFC 2606), so that it can be nobody's address. */
  readonly userNameEnd: string;
  readonly groupStart: string;
  /** Only what was made before this moment. */
  readonly createdBefore?: Date;
  /** Only what was made since this moment. */
  readonly createdSince?: Date;
}

function madeWhen({ createdBefore, createdSince }: ThrowAwayMarks) {
  return {
    createdAt: {
      ...(createdBefore === undefined ? {} : { lt: createdBefore }),
      ...(createdSince === undefined ? {} : { gte: createdSince }),
    },
  };
}

function memberWhere(scope: WorkspaceScope, marks: ThrowAwayMarks): Prisma.MemberWhereInput {
  return {
    workspaceId: scope.workspaceId,
    AND: [
      { userNameLower: { startsWith: marks.userNameStart.toLowerCase() } },
      { userNameLower: { endsWith: marks.userNameEnd.toLowerCase() } },
    ],
    ...madeWhen(marks),
  };
}

function groupWhere(scope: WorkspaceScope, marks: ThrowAwayMarks): Prisma.GroupWhereInput {
  return {
    workspaceId: scope.workspaceId,
    displayNameLower: { startsWith: marks.groupStart.toLowerCase() },
    ...madeWhen(marks),
  };
}

/** What may be purged: made by SCIM, and nobody has ever been this person. Tombstones are among them. */
export async function findThrowAways(
  tx: WorkspaceTx,
  marks: ThrowAwayMarks,
): Promise<{ readonly members: string[]; readonly groups: string[] }> {
  const select = { id: true } as const;
  const members = await tx.db.member.findMany({
    where: {
      ...memberWhere(tx.scope, marks),
      source: "scim",
      scimManaged: true,
      role: { notIn: ["owner", "admin"] },
      passwordHash: null,
      samlObjectId: null,
      samlNameId: null,
      sessions: { none: {} },
      boardsMade: { none: {} },
      boardsEdited: { none: {} },
      boardOps: { none: {} },
    },
    select,
  });
  const groups = await tx.db.group.findMany({
    where: { ...groupWhere(tx.scope, marks), scimManaged: true },
    select,
  });
  return { members: members.map((row) => row.id), groups: groups.map((row) => row.id) };
}

/** Deletes rows for good; memberships go with them. */
export async function deleteThrowAways(
  tx: WorkspaceTx,
  ids: { readonly members: readonly string[]; readonly groups: readonly string[] },
): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.db.group.deleteMany({ where: { workspaceId, id: { in: [...ids.groups] } } });
  await tx.db.member.deleteMany({ where: { workspaceId, id: { in: [...ids.members] } } });
}

/** How many people and groups carry the marks, whoever made them. */
export async function countThrowAways(scope: WorkspaceScope, marks: ThrowAwayMarks): Promise<number> {
  const [members, groups] = await Promise.all([
    db().member.count({ where: memberWhere(scope, marks) }),
    db().group.count({ where: groupWhere(scope, marks) }),
  ]);
  return members + groups;
}
