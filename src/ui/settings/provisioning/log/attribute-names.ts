import { countOf } from "../count-of";

/** SCIM's attributes as people call them; a name covers its sub-attributes, too. Order decides: the longer ones first. */
const NAMES: readonly (readonly [prefix: string, name: string])[] = [
  ["name.familyname", "surname"],
  ["name.givenname", "first name"],
  ["name.formatted", "full name"],
  ["name", "name"],
  ["username", "user name"],
  ["displayname", "display name"],
  ["nickname", "nickname"],
  ["externalid", "external id"],
  ["emails", "e-mail"],
  ["email", "e-mail"],
  ["phonenumbers", "phone number"],
  ["addresses", "address"],
  ["title", "job title"],
  ["usertype", "kind of user"],
  ["preferredlanguage", "language"],
  ["locale", "region"],
  ["timezone", "time zone"],
  ["roles", "role"],
  ["role", "role"],
  ["roleauthority", "role"],
  ["active", "access"],
  ["members", "members"],
  ["employeenumber", "employee number"],
  ["costcenter", "cost centre"],
  ["organization", "organisation"],
  ["division", "division"],
  ["department", "department"],
  ["manager", "manager"],
];

const URN = /^urn:[^[]*:/i;

/** One attribute as people call it; an unknown one keeps its own name. */
function attributeName(path: string): string {
  const plain = path.replace(URN, "");
  const key = plain.toLowerCase();
  const known = NAMES.find(
    ([prefix]) => key === prefix || key.startsWith(`${prefix}.`) || key.startsWith(`${prefix}[`),
  );
  return known ? known[1] : plain;
}

/** "surname", "surname and e-mail", "surname, e-mail and 4 other details". */
export function attributeList(paths: readonly string[]): string {
  const names = [...new Set(paths.map(attributeName))];
  if (names.length <= 3) return joinWords(names);
  return `${names[0]}, ${names[1]} and ${countOf(names.length - 2, "other detail", "other details")}`;
}

function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
