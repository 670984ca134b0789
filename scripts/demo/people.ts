import type { SourceGroup, SourceUser } from "../../tools/entra-sim/index";
import type { TestPerson } from "../../tests/support/idp/index";

/** The made-up company's directory. Object ids are the same in the claims of a sign-in. */
function user(
  index: number,
  givenName: string,
  surname: string,
  jobTitle: string,
  managerIndex: number | null,
): SourceUser {
  const userName = `${givenName}.${surname}@contoso.example`.toLowerCase();
  return {
    id: objectId(index),
    userPrincipalName: userName,
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    mail: userName,
    jobTitle,
    department: "Design",
    employeeId: String(4000 + index),
    mobile: null,
    office: null,
    managerId: managerIndex === null ? null : objectId(managerIndex),
    enabled: true,
  };
}

const objectId = (index: number) => `5eed0000-0000-4000-8000-${String(index).padStart(12, "0")}`;

export const ANA = user(1, "Ana", "Ruiz", "Product designer", 2);
export const BO = user(2, "Bo", "Lind", "Head of design", null);
export const CHIDI = user(3, "Chidi", "Obi", "Contractor", 2);
export const DESIGN: SourceGroup = {
  id: "5eed0000-0000-4000-8001-000000000001",
  displayName: "Design team",
  memberIds: [ANA.id, BO.id],
};
export const AURORA: SourceGroup = {
  id: "5eed0000-0000-4000-8001-000000000002",
  displayName: "Project Aurora",
  memberIds: [CHIDI.id],
};

export const OWNER = {
  name: "Olga Berg",
  email: "olga.berg@contoso.example",
  password: "chalk and cheese 2026",
};

/** Whom the test identity provider offers; the owner may come that way, too. */
export const TILE_PEOPLE: readonly TestPerson[] = [
  ...[ANA, BO, CHIDI].map((one) => ({
    userName: one.userPrincipalName,
    objectId: one.id,
    email: one.mail,
    displayName: one.displayName,
    ...(one.givenName !== null && { givenName: one.givenName }),
    ...(one.surname !== null && { surname: one.surname }),
  })),
  { userName: OWNER.email, objectId: objectId(9), email: OWNER.email, displayName: OWNER.name },
];
