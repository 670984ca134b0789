import { hasInvisible } from "#server/kernel/storable";

import { refuse } from "../refusal";
import type { ValidatedResponse } from "../response/validate-response";

/** Who the provider says this is. Only what is safe to store and compare; absent claims are null. */
export interface SamlIdentity {
  readonly issuer: string;
  readonly nameId: string;
  /** Transient NameIDs are new at every sign-in and identify nobody. */
  readonly nameIdIsStable: boolean;
  /** With objectId the immutable key of a person; without a tenant claim the tenant of the entity ID, or the issuer. */
  readonly tenantId: string;
  readonly objectId: string | null;
  readonly userName: string | null;
  readonly email: string | null;
  readonly displayName: string | null;
}

const XMLSOAP = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
const MICROSOFT = "http://schemas.microsoft.com/identity/claims/";
const TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
const ENTRA_ENTITY_ID = /^https:\/\/sts\.windows\.net\/([0-9a-f-]{36})\/$/i;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const EMAIL = /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]{1,255}$/;

type Attributes = ReadonlyMap<string, readonly string[]>;

/** Whether a value has the form of Entra's object and tenant ids. */
export function isGuid(value: string): boolean {
  return GUID.test(value);
}

/**
 * Reads the claims, under Entra's URIs or as the short names that applications ask for without namespace.
 * @throws SamlRefusal claim_unusable for an identifier with several values or unusable characters,
 *   tenant_mismatch when the tenant claim is not the configured tenant.
 */
export function readIdentity(response: ValidatedResponse): SamlIdentity {
  const { attributes, nameId, issuer } = response;
  const objectId = identifier(attributes, `${MICROSOFT}objectidentifier`, ["objectidentifier"]);
  const nameClaim = identifier(attributes, `${XMLSOAP}name`, ["name"]);
  const upn = identifier(attributes, `${XMLSOAP}upn`, ["upn", "userprincipalname"]);
  const email = identifier(attributes, `${XMLSOAP}emailaddress`, ["emailaddress", "email", "mail"]);
  const usableEmail = email !== null && EMAIL.test(email) ? email : null;
  return {
    issuer,
    nameId: assertIdentifier(nameId.value, "NameID"),
    nameIdIsStable: nameId.format !== TRANSIENT,
    tenantId: readTenant(attributes, issuer),
    objectId: objectId !== null && isGuid(objectId) ? objectId.toLowerCase() : objectId,
    // A `name` without "@" is what some providers show people, not a user name.
    userName: upn ?? (nameClaim?.includes("@") ? nameClaim : null),
    email: usableEmail ?? addressIn(nameId.value),
    displayName: readDisplayName(attributes, nameClaim),
  };
}

function readTenant(attributes: Attributes, issuer: string): string {
  const claimed = identifier(attributes, `${MICROSOFT}tenantid`, ["tenantid"])?.toLowerCase() ?? null;
  const configured = ENTRA_ENTITY_ID.exec(issuer)?.[1]?.toLowerCase() ?? null;
  if (claimed !== null && configured !== null && claimed !== configured) refuse("tenant_mismatch", claimed);
  return claimed ?? configured ?? issuer;
}

function addressIn(nameId: string): string | null {
  return EMAIL.test(nameId) ? nameId : null;
}

function readDisplayName(attributes: Attributes, nameClaim: string | null): string | null {
  const full = display(attributes, `${MICROSOFT}displayname`, ["displayname", "cn"]);
  if (full !== null) return full;
  const given = display(attributes, `${XMLSOAP}givenname`, ["givenname", "firstname"]);
  const family = display(attributes, `${XMLSOAP}surname`, ["surname", "lastname", "sn"]);
  const joined = [given, family].filter((part) => part !== null).join(" ");
  if (joined !== "") return joined;
  return nameClaim !== null && !nameClaim.includes("@") ? nameClaim : null;
}

/** A claim that people see: the first value, dropped when it has characters that could mislead. */
function display(attributes: Attributes, uri: string, shortNames: readonly string[]): string | null {
  const value = valuesOf(attributes, uri, shortNames)[0]?.normalize("NFC").replace(/\s+/g, " ").trim() ?? "";
  return value === "" || value.length > 256 || hasInvisible(value) ? null : value;
}

/** A claim that something is looked up by: exactly one usable value, or absent. */
function identifier(attributes: Attributes, uri: string, shortNames: readonly string[]): string | null {
  const [value, ...others] = valuesOf(attributes, uri, shortNames);
  if (value === undefined) return null;
  if (others.length > 0) refuse("claim_unusable", `${uri} has several values`);
  return assertIdentifier(value, uri);
}

function assertIdentifier(value: string, name: string): string {
  if (value.length > 256 || hasInvisible(value)) refuse("claim_unusable", name);
  return value;
}

/** The claim under its full URI, else under a short name, in any case and behind any namespace. */
function valuesOf(attributes: Attributes, uri: string, shortNames: readonly string[]): readonly string[] {
  const exact = attributes.get(uri);
  if (exact) return exact;
  for (const shortName of shortNames) {
    for (const [name, values] of attributes) {
      if (name.toLowerCase().split("/").at(-1) === shortName) return values;
    }
  }
  return [];
}
