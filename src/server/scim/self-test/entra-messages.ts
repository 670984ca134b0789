/** What Entra writes, in its own shapes; the flag of the tenant URL decides between the two PATCH dialects. */

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User";
export const ENTERPRISE_USER = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
const MICROSOFT_GROUP = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

interface Named {
  readonly userName: string;
  readonly externalId: string;
  readonly displayName: string;
}

export function userMessage(person: Named): object {
  return {
    schemas: [CORE_USER, ENTERPRISE_USER],
    externalId: person.externalId,
    userName: person.userName,
    active: true,
    displayName: person.displayName,
    emails: [{ type: "work", value: person.userName, primary: true }],
    name: { formatted: person.displayName, givenName: "Self-test", familyName: "Chalkroom" },
    title: "Throw-away person",
    roles: [],
    meta: { resourceType: "User" },
    [ENTERPRISE_USER]: { department: "Self-test" },
  };
}

export function groupMessage(displayName: string, externalId: string): object {
  return { schemas: [CORE_GROUP, MICROSOFT_GROUP], externalId, displayName, meta: { resourceType: "Group" } };
}

export function patchMessage(...operations: readonly object[]): object {
  return { schemas: [PATCH_OP], Operations: operations };
}

/** `userName eq "…"` as it goes into a request line: spaces as plus signs, everything else percent-encoded. */
export function filterQuery(filter: string): string {
  return `filter=${encodeURIComponent(filter).replaceAll("%20", "+")}`;
}
