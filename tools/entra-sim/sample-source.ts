import type { EntraSource, SourceGroup, SourceUser } from "./mapping";

export interface SampleOptions {
  /** Part of every name and id, so that two runs on one service do not meet; at most 8 characters. */
  readonly tag?: string;
  /** For matching by address. */
  readonly everybodyHasMail?: boolean;
  readonly withRoles?: boolean;
}

/** A made-up directory: every fifth person manages the four after them, groups overlap. */
export function makeSource(users: number, groups: number, options: SampleOptions = {}): EntraSource {
  return {
    users: Array.from({ length: users }, (_, index) => sourceUser(index, options)),
    groups: Array.from({ length: groups }, (_, index) => sourceGroup(index, users, options)),
  };
}

const uuid = (kind: number, index: number, tag = "") =>
  `${Buffer.from(tag.slice(-4)).toString("hex").padStart(8, "0")}-0000-4000-800${kind}-${index.toString(16).padStart(12, "0")}`;

function sourceUser(index: number, { tag, everybodyHasMail, withRoles }: SampleOptions): SourceUser {
  const domain = tag === undefined ? "contoso.example" : `${tag}.contoso.example`;
  return {
    id: uuid(1, index, tag),
    userPrincipalName: `Person.${index}@${domain[0]!.toUpperCase()}${domain.slice(1)}`,
    displayName: `Person ${index} O'Neil "${tag ?? index}"`,
    givenName: index % 7 === 3 ? null : `Person${index}`,
    surname: `Surname ${index}`,
    mail: index % 11 === 5 && !everybodyHasMail ? null : `person.${index}@${domain}`,
    jobTitle: index % 3 === 0 ? "Designer" : null,
    department: index % 2 === 0 ? "Research & Development" : "Söul + Søul",
    employeeId: String(40_000 + index),
    mobile: index % 4 === 0 ? `+34 600 ${String(index).padStart(6, "0")}` : null,
    office: index % 6 === 0 ? "4.12" : null,
    managerId: index % 5 === 0 ? null : uuid(1, index - (index % 5), tag),
    enabled: true,
    ...(withRoles ? { appRole: index % 4 === 1 ? "Viewer" : "Editor" } : {}),
  };
}

function sourceGroup(index: number, users: number, { tag }: SampleOptions): SourceGroup {
  const members = Array.from({ length: users }, (_, user) => user).filter((user) => user % (index + 2) === 0);
  return {
    id: uuid(2, index, tag),
    displayName: `Team ${index} (50% & a_b)${tag === undefined ? "" : ` ${tag}`}`,
    memberIds: members.map((user) => uuid(1, user, tag)),
  };
}

/** A working day: people change, leave, are unassigned or move; a group is renamed, members move. */
export function changeSource(source: EntraSource): EntraSource {
  const last = source.users.length - 1;
  return {
    users: source.users.map((user, index) =>
      index === last ? { ...user, enabled: false } : changeUser(user, index),
    ),
    groups: source.groups
      .map((group, index) => ({
        ...group,
        displayName: index === 0 ? `${group.displayName} renamed` : group.displayName,
        memberIds: group.memberIds.filter((_, member) => (member + index) % 3 !== 0),
      }))
      .filter((_, index) => index === 0 || index !== source.groups.length - 1),
  };
}

function changeUser(user: SourceUser, index: number): SourceUser {
  switch (index % 8) {
    case 1:
      return {
        ...user,
        surname: `${user.surname ?? ""}-Gil`,
        mail: `new.${user.mail ?? user.userPrincipalName}`,
      };
    case 2:
      return index % 16 === 2 ? { ...user, enabled: false } : { ...user, assigned: false };
    case 3:
      return {
        ...user,
        userPrincipalName: user.userPrincipalName.replace("Person", "Renamed"),
        jobTitle: null,
      };
    case 4:
      return { ...user, managerId: null, department: "Legal" };
    case 5:
      return {
        ...user,
        mobile: `+34 611 ${index}`,
        office: "5.01",
        ...(user.appRole === undefined ? {} : { appRole: "Editor" }),
      };
    default:
      return user;
  }
}

/** The day after: whoever was disabled or unassigned is back, but for the last person, who is deleted for good. */
function restoreSource(source: EntraSource): EntraSource {
  const gone = source.users.at(-1)?.id;
  return {
    users: source.users
      .filter((user) => user.id !== gone)
      .map((user) => ({ ...user, enabled: true, assigned: true })),
    groups: source.groups.map((group) => ({
      ...group,
      memberIds: group.memberIds.filter((id) => id !== gone),
    })),
  };
}

/** A directory over some days: as it was, and then changed and restored by turns. */
export function* days(source: EntraSource, count: number): Generator<EntraSource> {
  let today = source;
  for (let day = 1; day <= count; day++) {
    today = day % 2 === 1 ? changeSource(today) : restoreSource(today);
    yield today;
  }
}
