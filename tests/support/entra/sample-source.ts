import type { EntraSource, SourceGroup, SourceUser } from "./mapping";

const uuid = (kind: number, index: number) =>
  `00000000-0000-4000-800${kind}-${index.toString(16).padStart(12, "0")}`;

/** A made-up directory: every fifth person manages the four after them, groups overlap. */
export function makeSource(users: number, groups: number): EntraSource {
  return {
    users: Array.from({ length: users }, (_, index) => sourceUser(index)),
    groups: Array.from({ length: groups }, (_, index) => sourceGroup(index, users)),
  };
}

function sourceUser(index: number): SourceUser {
  return {
    id: uuid(1, index),
    userPrincipalName: `Person.${index}@Contoso.example`,
    displayName: `Person ${index} O'Neil "${index}"`,
    givenName: index % 7 === 3 ? null : `Person${index}`,
    surname: `Surname ${index}`,
    mail: index % 11 === 5 ? null : `person.${index}@contoso.example`,
    jobTitle: index % 3 === 0 ? "Designer" : null,
    department: index % 2 === 0 ? "Research & Development" : "Söul + Søul",
    employeeId: String(40_000 + index),
    mobile: index % 4 === 0 ? `+34 600 ${String(index).padStart(6, "0")}` : null,
    office: index % 6 === 0 ? "4.12" : null,
    managerId: index % 5 === 0 ? null : uuid(1, index - (index % 5)),
    enabled: true,
  };
}

function sourceGroup(index: number, users: number): SourceGroup {
  const members = Array.from({ length: users }, (_, user) => user).filter((user) => user % (index + 2) === 0);
  return {
    id: uuid(2, index),
    displayName: `Team ${index} (50% & a_b)`,
    memberIds: members.map((user) => uuid(1, user)),
  };
}

/** A working day in that directory: people change, leave, come back; a group is renamed, members move. */
export function changeSource(source: EntraSource): EntraSource {
  return {
    users: source.users
      .map((user, index) => changeUser(user, index))
      .filter((_, index) => index !== source.users.length - 1),
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
      return { ...user, surname: `${user.surname ?? ""}-Gil`, mail: `new.${index}@contoso.example` };
    case 2:
      return { ...user, enabled: false };
    case 3:
      return {
        ...user,
        userPrincipalName: user.userPrincipalName.replace("Person", "Renamed"),
        jobTitle: null,
      };
    case 4:
      return { ...user, managerId: null, department: "Legal" };
    case 5:
      return { ...user, mobile: `+34 611 ${index}`, office: "5.01" };
    default:
      return user;
  }
}

/** The day after: whoever was disabled is back. */
export function restoreSource(source: EntraSource): EntraSource {
  return { ...source, users: source.users.map((user) => ({ ...user, enabled: true })) };
}
