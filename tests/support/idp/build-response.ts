import { randomBytes } from "node:crypto";

import { SignedXml } from "xml-crypto";

import { certificateBody, type SigningKey } from "./self-signed";

/** A person as the test identity provider knows them. */
export interface TestPerson {
  /** The user principal name. */
  readonly userName: string;
  readonly objectId: string;
  readonly email?: string | null;
  readonly displayName?: string;
  readonly givenName?: string;
  readonly surname?: string;
}

/** One SAML response. Every field can be set wrong, which is what the attack tests do; null leaves a part out. */
export interface ResponseOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly acsUrl: string;
  readonly key: SigningKey;
  readonly person: TestPerson;
  readonly tenantId?: string | null;
  readonly inResponseTo?: string | null;
  /** What carries a signature. Entra's default is the assertion only. */
  readonly sign?: "assertion" | "response" | "both" | "none";
  readonly responseKey?: SigningKey;
  readonly assertionKey?: SigningKey;
  readonly signatureAlgorithm?: string;
  readonly digestAlgorithm?: string;
  readonly now?: Date;
  readonly responseId?: string;
  readonly assertionId?: string;
  readonly responseIssuer?: string | null;
  readonly assertionIssuer?: string;
  readonly destination?: string | null;
  readonly recipient?: string | null;
  readonly envelopeInResponseTo?: string | null;
  readonly status?: string | null;
  readonly statusMessage?: string;
  readonly responseVersion?: string;
  readonly assertionVersion?: string;
  readonly issueInstant?: Date;
  readonly notBefore?: Date | null;
  readonly notOnOrAfter?: Date | null;
  readonly confirmationNotOnOrAfter?: Date | null;
  readonly confirmationMethod?: string;
  /** XML in place of the usual SubjectConfirmation. */
  readonly confirmationXml?: string;
  /** XML in place of the usual NameID. */
  readonly nameIdXml?: string;
  /** XML in place of the usual AudienceRestriction, inside Conditions. */
  readonly restrictionXml?: string;
  readonly conditionsXml?: string;
  readonly authnStatement?: boolean;
  readonly sessionNotOnOrAfter?: Date;
  /** Claims by full name; replaces Entra's set. */
  readonly claims?: readonly (readonly [name: string, ...values: string[]])[];
  readonly extraClaims?: readonly (readonly [name: string, ...values: string[]])[];
  /** Changes the assertion before it is signed. */
  readonly editAssertion?: (xml: string) => string;
  /** Changes the finished message after signing: how a thief without a key works. */
  readonly tamper?: (xml: string) => string;
}

const SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const XMLSOAP = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
const MICROSOFT = "http://schemas.microsoft.com/identity/claims";
const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";

/** A new ID in the form Entra uses. */
export function newXmlId(): string {
  return `_${randomBytes(16).toString("hex")}`;
}

function escapeXml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function attributeXml(name: string, value: string | null | undefined): string {
  return value === null || value === undefined ? "" : ` ${name}="${escapeXml(value)}"`;
}

/** The claims that Entra sends for a new enterprise application. */
function entraClaims(person: TestPerson, tenantId: string | null): (readonly [string, ...string[]])[] {
  const [given = "", ...rest] = (person.displayName ?? person.userName).split(" ");
  const pairs: (readonly [string, string | null | undefined])[] = [
    [`${MICROSOFT}/tenantid`, tenantId],
    [`${MICROSOFT}/objectidentifier`, person.objectId],
    [`${MICROSOFT}/displayname`, person.displayName],
    [`${MICROSOFT}/identityprovider`, tenantId === null ? null : `https://sts.windows.net/${tenantId}/`],
    [`${XMLSOAP}/givenname`, person.givenName ?? given],
    [`${XMLSOAP}/surname`, person.surname ?? rest.join(" ")],
    [`${XMLSOAP}/emailaddress`, person.email],
    [`${XMLSOAP}/name`, person.userName],
  ];
  return pairs.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function claimsXml(options: ResponseOptions): string {
  const claims = [
    ...(options.claims ?? entraClaims(options.person, options.tenantId ?? null)),
    ...(options.extraClaims ?? []),
  ];
  const attributes = claims.map(
    ([name, ...values]) =>
      `<Attribute Name="${escapeXml(name)}">${values.map((value) => `<AttributeValue>${escapeXml(value)}</AttributeValue>`).join("")}</Attribute>`,
  );
  return attributes.length === 0 ? "" : `<AttributeStatement>${attributes.join("")}</AttributeStatement>`;
}

function minutes(at: Date, count: number): Date {
  return new Date(at.getTime() + count * 60_000);
}

function confirmationXml(options: ResponseOptions, at: Date): string {
  if (options.confirmationXml !== undefined) return options.confirmationXml;
  const end =
    options.confirmationNotOnOrAfter === undefined ? minutes(at, 60) : options.confirmationNotOnOrAfter;
  const data = [
    attributeXml("InResponseTo", options.inResponseTo),
    attributeXml("NotOnOrAfter", end?.toISOString()),
    attributeXml("Recipient", options.recipient === undefined ? options.acsUrl : options.recipient),
  ].join("");
  return `<SubjectConfirmation Method="${options.confirmationMethod ?? BEARER}"><SubjectConfirmationData${data}/></SubjectConfirmation>`;
}

function conditionsXml(options: ResponseOptions, at: Date): string {
  if (options.conditionsXml !== undefined) return options.conditionsXml;
  const notBefore = options.notBefore === undefined ? minutes(at, -5) : options.notBefore;
  const notOnOrAfter = options.notOnOrAfter === undefined ? minutes(at, 65) : options.notOnOrAfter;
  const window =
    attributeXml("NotBefore", notBefore?.toISOString()) +
    attributeXml("NotOnOrAfter", notOnOrAfter?.toISOString());
  const audience = `<AudienceRestriction><Audience>${escapeXml(options.audience)}</Audience></AudienceRestriction>`;
  return `<Conditions${window}>${options.restrictionXml ?? audience}</Conditions>`;
}

function assertionXml(options: ResponseOptions, at: Date, assertionId: string): string {
  const instant = (options.issueInstant ?? at).toISOString();
  const nameId =
    options.nameIdXml ??
    `<NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${escapeXml(options.person.userName)}</NameID>`;
  const session = attributeXml("SessionNotOnOrAfter", options.sessionNotOnOrAfter?.toISOString());
  const authn = `<AuthnStatement AuthnInstant="${instant}" SessionIndex="${assertionId}"${session}><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement>`;
  return [
    `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="${assertionId}" IssueInstant="${instant}" Version="${options.assertionVersion ?? "2.0"}">`,
    `<Issuer>${escapeXml(options.assertionIssuer ?? options.issuer)}</Issuer>`,
    `<Subject>${nameId}${confirmationXml(options, at)}</Subject>`,
    conditionsXml(options, at),
    claimsXml(options),
    options.authnStatement === false ? "" : authn,
    `</Assertion>`,
  ].join("");
}

function statusXml(options: ResponseOptions): string {
  if (options.status === null) return "";
  const message = options.statusMessage
    ? `<samlp:StatusMessage>${escapeXml(options.statusMessage)}</samlp:StatusMessage>`
    : "";
  return `<samlp:Status><samlp:StatusCode Value="${options.status ?? SUCCESS}"/>${message}</samlp:Status>`;
}

function envelope(options: ResponseOptions, at: Date, responseId: string, content: string): string {
  const inResponseTo =
    options.envelopeInResponseTo === undefined ? options.inResponseTo : options.envelopeInResponseTo;
  const issuer = options.responseIssuer === undefined ? options.issuer : options.responseIssuer;
  return [
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${responseId}" Version="${options.responseVersion ?? "2.0"}"`,
    ` IssueInstant="${(options.issueInstant ?? at).toISOString()}"`,
    attributeXml("Destination", options.destination === undefined ? options.acsUrl : options.destination),
    `${attributeXml("InResponseTo", inResponseTo)}>`,
    issuer === null
      ? ""
      : `<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${escapeXml(issuer)}</Issuer>`,
    `${statusXml(options)}${content}</samlp:Response>`,
  ].join("");
}

/** Signs the element with this ID in place, after its Issuer, as SAML core 5.4 wants it. */
function signElement(
  xml: string,
  id: string,
  key: SigningKey,
  algorithms: { readonly signature?: string; readonly digest?: string } = {},
): string {
  const signer = new SignedXml({
    privateKey: key.privateKeyPem,
    signatureAlgorithm: algorithms.signature ?? "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    canonicalizationAlgorithm: EXCLUSIVE_C14N,
    getKeyInfoContent: () =>
      `<X509Data><X509Certificate>${certificateBody(key.certificatePem)}</X509Certificate></X509Data>`,
  });
  const element = `//*[@ID='${id}']`;
  signer.addReference({
    xpath: element,
    transforms: ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", EXCLUSIVE_C14N],
    digestAlgorithm: algorithms.digest ?? "http://www.w3.org/2001/04/xmlenc#sha256",
  });
  const hasIssuer = new RegExp(`ID="${id}"[^>]*>\\s*<(?:\\w+:)?Issuer`).test(xml);
  const location = hasIssuer
    ? { reference: `${element}/*[local-name(.)='Issuer']`, action: "after" as const }
    : { reference: element, action: "prepend" as const };
  signer.computeSignature(xml, { location });
  return signer.getSignedXml();
}

/** The response as XML. */
export function buildResponseXml(options: ResponseOptions): string {
  const at = options.now ?? new Date();
  const sign = options.sign ?? "assertion";
  const assertionId = options.assertionId ?? newXmlId();
  const responseId = options.responseId ?? newXmlId();
  const algorithms = {
    ...(options.signatureAlgorithm ? { signature: options.signatureAlgorithm } : {}),
    ...(options.digestAlgorithm ? { digest: options.digestAlgorithm } : {}),
  };
  const plain = assertionXml(options, at, assertionId);
  let assertion = options.editAssertion?.(plain) ?? plain;
  if (sign === "assertion" || sign === "both") {
    assertion = signElement(assertion, assertionId, options.assertionKey ?? options.key, algorithms);
  }
  let xml = envelope(options, at, responseId, assertion);
  if (sign === "response" || sign === "both") {
    xml = signElement(xml, responseId, options.responseKey ?? options.key, algorithms);
  }
  return options.tamper?.(xml) ?? xml;
}

/** The response as the value of the form field SAMLResponse. */
export function buildResponse(options: ResponseOptions): string {
  return Buffer.from(buildResponseXml(options), "utf8").toString("base64");
}
