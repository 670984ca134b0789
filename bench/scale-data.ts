import { db } from "../src/server/db/index";
import { newId } from "../src/server/kernel/ids";

/** People of a workspace, made by SQL as SCIM would have stored them. */
export interface Filled {
  readonly workspaceId: string;
  /** The id of the person with this number, from 0. */
  idOf(index: number): string;
}

export async function fillPeople(workspaceId: string, count: number): Promise<Filled> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    INSERT INTO "Member" ("id", "workspaceId", "userName", "userNameLower", "externalId", "displayName", "email",
      "emailLower", "name", "role", "source", "scimManaged", "scimAttributes", "createdAt", "updatedAt")
    SELECT gen_random_uuid(), ${workspaceId}::uuid, 'Person.' || n || '@contoso.example',
      'person.' || n || '@contoso.example', 'e' || n, 'Person ' || n, 'person.' || n || '@contoso.example',
      'person.' || n || '@contoso.example', 'Person ' || n, 'editor', 'scim', TRUE, jsonb_build_object(
        'name', jsonb_build_object('givenName', 'Given' || n % 5000, 'familyName', 'Family' || n),
        'title', 'Title ' || n % 2000,
        'emails', jsonb_build_array(jsonb_build_object(
          'type', 'work', 'value', 'person.' || n || '@contoso.example', 'primary', TRUE)),
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', jsonb_build_object(
          'department', 'Department ' || n % 500, 'employeeNumber', 'E' || n)),
      now() - ${count}::int * interval '1 ms' + n * interval '1 ms', now()
    FROM generate_series(0, ${count}::int - 1) AS n ORDER BY n RETURNING "id"`;
  return { workspaceId, idOf: (index) => rows[index]!.id };
}

export interface FilledGroup {
  readonly id: string;
  readonly size: number;
  /** Ids of people who are not in it. */
  readonly outsiders: readonly string[];
}

/** Groups of these sizes among the same people, with some who are in none. */
export async function fillGroups(
  people: Filled,
  sizes: readonly number[],
  outsiders: number,
): Promise<FilledGroup[]> {
  const groups: FilledGroup[] = [];
  for (const size of sizes) {
    const id = newId();
    await db().$executeRaw`
      INSERT INTO "Group" ("id", "workspaceId", "displayName", "displayNameLower", "scimManaged", "updatedAt")
      VALUES (${id}::uuid, ${people.workspaceId}::uuid, ${id}::text, ${id}::text, TRUE, now())`;
    const members = Array.from({ length: size }, (_, index) => people.idOf(outsiders + index));
    await db().$executeRaw`
      INSERT INTO "GroupMembership" ("workspaceId", "groupId", "memberId")
      SELECT ${people.workspaceId}::uuid, ${id}::uuid, unnest(${members}::uuid[])`;
    groups.push({ id, size, outsiders: Array.from({ length: outsiders }, (_, index) => people.idOf(index)) });
  }
  await db().$executeRaw`VACUUM ANALYZE "GroupMembership"`;
  return groups;
}
