import { db, type WorkspaceScope } from "#server/db/index";
import { isId } from "#server/kernel/ids";

/** A person or a group, to be picked. */
export interface Subject {
  readonly id: string;
  readonly kind: "member" | "group";
  readonly name: string;
  /** A person's user name; null for groups. */
  readonly userName: string | null;
  readonly deleted: boolean;
}

const PEOPLE = 8;
const GROUPS = 4;

/**
 * People, deleted ones included, and groups whose name, user name or address contains the text, people first; or
 * the one with the id, when the text is one. A dozen at most.
 */
export async function findSubjects(scope: WorkspaceScope, text: string): Promise<Subject[]> {
  const where = { workspaceId: scope.workspaceId };
  const wanted = contains(text);
  const id = text.toLowerCase();
  const [people, groups] = await Promise.all([
    db().member.findMany({
      where: {
        ...where,
        ...(isId(id) ? { id } : { OR: [{ name: wanted }, { userName: wanted }, { email: wanted }] }),
      },
      select: { id: true, name: true, userName: true, deletedAt: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: PEOPLE,
    }),
    db().group.findMany({
      where: { ...where, ...(isId(id) ? { id } : { displayName: wanted }) },
      select: { id: true, displayName: true },
      orderBy: [{ displayNameLower: "asc" }, { id: "asc" }],
      take: GROUPS,
    }),
  ]);
  return [
    ...people.map(({ deletedAt, ...row }) => ({
      ...row,
      kind: "member" as const,
      deleted: deletedAt !== null,
    })),
    ...groups.map((row) => ({
      id: row.id,
      kind: "group" as const,
      name: row.displayName,
      userName: null,
      deleted: false,
    })),
  ];
}

/** Prisma leaves LIKE's own signs as they are: without this, "a_b" would find "axb". */
function contains(text: string) {
  return { contains: text.replace(/[\\%_]/g, String.raw`\$&`), mode: "insensitive" as const };
}
