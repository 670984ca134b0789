import { refuse } from "../refusal";
import { attribute } from "../xml-tree";
import { parseInstant, SKEW_MS } from "./instants";
import { assertionChildren } from "./structure";

const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

export interface Confirmation {
  readonly notOnOrAfter: Date;
  /** Signed, unlike the envelope's: the one that counts. */
  readonly inResponseTo: string | null;
}

/**
 * The one bearer confirmation of the web browser profile (SAML profiles 4.1.4.2): for this address, not
 * expired, without a NotBefore.
 * @throws SamlRefusal confirmation_count, confirmation_method, confirmation_data, recipient_mismatch,
 *   confirmation_expired
 */
export function readConfirmation(assertion: Element, acsUrl: string, at: Date): Confirmation {
  const confirmations = assertionChildren(assertion, "Subject").flatMap((subject) =>
    assertionChildren(subject, "SubjectConfirmation"),
  );
  if (confirmations.length !== 1) refuse("confirmation_count", String(confirmations.length));
  const method = attribute(confirmations[0]!, "Method");
  if (method !== BEARER) refuse("confirmation_method", method ?? "absent");
  const [data, ...others] = assertionChildren(confirmations[0]!, "SubjectConfirmationData");
  if (!data || others.length > 0) refuse("confirmation_data");
  const recipient = attribute(data, "Recipient");
  if (recipient !== acsUrl) refuse("recipient_mismatch", recipient ?? "absent");
  const notOnOrAfter = parseInstant(attribute(data, "NotOnOrAfter"));
  if (!notOnOrAfter || attribute(data, "NotBefore") !== null) refuse("confirmation_data");
  if (at.getTime() >= notOnOrAfter.getTime() + SKEW_MS) refuse("confirmation_expired");
  return { notOnOrAfter, inResponseTo: attribute(data, "InResponseTo") };
}
