import { now } from "#server/kernel/clock";
import { AppError } from "#server/kernel/errors";

import { assertBoundedMarkup } from "../checks/markup-gate";
import { attribute, childElements, NS, parseXml, textOf } from "../xml-tree";
import { readCertificate, type StoredCertificate } from "./certificates";

export const MAX_METADATA_BYTES = 1024 * 1024;
const LIMITS = { elements: 20_000, depth: 64, attributes: 60_000 };
const MAX_CERTIFICATES = 10;
const EXPIRY_WARNING_MS = 30 * 86_400_000;
const BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:";

/** What an administrator reviews before saving. */
export interface IdpMetadata {
  readonly idpEntityId: string;
  readonly ssoUrl: string;
  readonly certificates: readonly StoredCertificate[];
  readonly warnings: readonly string[];
}

/**
 * Reads an identity provider's metadata (SAML metadata 2.4.3). Only the IDPSSODescriptor counts: Entra's
 * document also carries WS-Federation roles. Document types and entities are refused.
 * @throws AppError BAD_INPUT or TOO_LARGE that says what is missing or wrong.
 */
export function parseIdpMetadata(xml: string): IdpMetadata {
  const entity = parseEntityDescriptor(xml);
  const idpEntityId = attribute(entity, "entityID")?.trim() ?? "";
  if (idpEntityId === "" || idpEntityId.length > 1024) bad("It has no usable entityID.");
  const descriptors = childElements(entity, NS.metadata, "IDPSSODescriptor");
  const descriptor = descriptors.find((one) =>
    (attribute(one, "protocolSupportEnumeration") ?? NS.protocol).split(/\s+/).includes(NS.protocol),
  );
  if (!descriptor)
    bad("It has no IDPSSODescriptor for SAML 2.0, so it is not an identity provider's metadata.");
  const warnings: string[] = [];
  const ssoUrl = findSsoUrl(descriptor, warnings);
  const certificates = findCertificates(descriptor);
  warnings.push(...certificates.flatMap(certificateWarning));
  return { idpEntityId, ssoUrl, certificates, warnings };
}

function bad(problem: string, cause?: unknown): never {
  throw new AppError("BAD_INPUT", `The metadata cannot be used. ${problem}`, { cause });
}

function parseEntityDescriptor(xml: string): Element {
  if (Buffer.byteLength(xml) > MAX_METADATA_BYTES) {
    throw new AppError(
      "TOO_LARGE",
      "The metadata is larger than 1 MiB. Upload the metadata of one application only.",
    );
  }
  // Some tools write a byte order mark, and people paste with a line break in front.
  const text = xml.replace(/^[\uFEFF\s]+/, "");
  if (/<!(?!--)/.test(text)) bad("It has a document type, entities or CDATA, which metadata does not need.");
  const withoutComments = dropComments(text);
  try {
    assertBoundedMarkup(withoutComments, LIMITS);
    const root = parseXml(withoutComments);
    if (root.namespaceURI === NS.metadata && root.localName === "EntityDescriptor") return root;
    const inner = childElements(root, NS.metadata, "EntityDescriptor");
    if (root.localName === "EntitiesDescriptor" && inner.length === 1) return inner[0]!;
  } catch (error) {
    bad("It is not well-formed XML.", error);
  }
  return bad("Its root is not an EntityDescriptor.");
}

/** In one pass: a lazy pattern reads to the end once for every "<!--" that nobody closes, which takes minutes. */
function dropComments(xml: string): string {
  const kept: string[] = [];
  let at = 0;
  for (let start = xml.indexOf("<!--"); start !== -1; start = xml.indexOf("<!--", at)) {
    const end = xml.indexOf("-->", start + 4);
    if (end === -1) bad("It is not well-formed XML: a comment is not closed.");
    kept.push(xml.slice(at, start));
    at = end + 3;
  }
  return [...kept, xml.slice(at)].join("");
}

function findSsoUrl(descriptor: Element, warnings: string[]): string {
  const services = childElements(descriptor, NS.metadata, "SingleSignOnService").map((service) => ({
    binding: attribute(service, "Binding") ?? "",
    location: attribute(service, "Location")?.trim() ?? "",
  }));
  if (services.length === 0) bad("It has no SingleSignOnService.");
  const redirects = services.filter(({ binding }) => binding === `${BINDING}HTTP-Redirect`);
  if (redirects.length > 1) {
    warnings.push("The metadata offers several sign-on addresses for HTTP-Redirect; the first one is used.");
  }
  if (redirects.length === 0) {
    warnings.push(
      "The metadata has no sign-on address for HTTP-Redirect. Sign-in that starts in Chalkroom may fail; sign-in that starts at the identity provider works.",
    );
  }
  const { location } = redirects[0] ?? services[0]!;
  if (!isWebUrl(location)) bad("Its sign-on address is not an http or https URL.");
  if (!location.startsWith("https:"))
    warnings.push("The sign-on address is not https. Use it for tests only.");
  return location;
}

function isWebUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && value.length <= 2048;
}

/** Every signing certificate; a KeyDescriptor without `use` is for signing too (SAML metadata 2.4.1.1). */
function findCertificates(descriptor: Element): StoredCertificate[] {
  const bodies = childElements(descriptor, NS.metadata, "KeyDescriptor")
    .filter((key) => (attribute(key, "use") ?? "signing") === "signing")
    .flatMap((key) => childElements(key, NS.signature, "KeyInfo"))
    .flatMap((info) => childElements(info, NS.signature, "X509Data"))
    .flatMap((data) => childElements(data, NS.signature, "X509Certificate"))
    .map((element) => textOf(element) ?? "");
  const unique = [...new Set(bodies.map((body) => body.replace(/\s+/g, "")))];
  if (unique.length === 0) bad("It has no signing certificate.");
  if (unique.length > MAX_CERTIFICATES) bad(`It has more than ${MAX_CERTIFICATES} signing certificates.`);
  return unique.map(readCertificate);
}

/** Expiry only warns: the key is pinned here, and refusing it would lock everybody out on that day. */
function certificateWarning({ subject, notBefore, notAfter }: StoredCertificate): string[] {
  const at = now().getTime();
  const end = Date.parse(notAfter);
  const day = notAfter.slice(0, 10);
  if (end <= at) return [`The certificate ${subject} expired on ${day}.`];
  if (end - at < EXPIRY_WARNING_MS) return [`The certificate ${subject} expires soon, on ${day}.`];
  if (Date.parse(notBefore) > at)
    return [`The certificate ${subject} is not valid before ${notBefore.slice(0, 10)}.`];
  return [];
}
