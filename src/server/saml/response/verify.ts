import type { SignedParts } from "../checks/signature-policy";
import type { Connection } from "../connection";
import { samlFor } from "../node-saml";
import { refuse } from "../refusal";
import { attribute, NS, parseXml } from "../xml-tree";

/**
 * Verifies the signatures and returns the assertion as a tree of the signed, canonical bytes. Nothing after
 * this may look into the received document for a claim.
 * @throws SamlRefusal signature_invalid, or library_refused for what the library checks by itself.
 */
export async function verifiedAssertion(
  xml: string,
  connection: Connection,
  signed: SignedParts,
  expectedId: string,
): Promise<Element> {
  const saml = samlFor(connection, { signed });
  // The text that was checked, encoded anew: the library must not decode the form's value in its own way.
  const SAMLResponse = Buffer.from(xml, "utf8").toString("base64");
  const { profile } = await saml.validatePostResponseAsync({ SAMLResponse }).catch(refuseByLibrary);
  const signedXml = profile?.getAssertionXml?.();
  if (signedXml === undefined) refuse("library_refused", "no assertion");
  const assertion = parseXml(signedXml);
  if (assertion.namespaceURI !== NS.assertion || assertion.localName !== "Assertion")
    refuse("library_refused", "root");
  if (attribute(assertion, "ID") !== expectedId) refuse("library_refused", "another assertion");
  return assertion;
}

/** The library knows its failures by text only. Those about time and audience have names of their own here. */
function refuseByLibrary(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  if (/^Invalid (document )?signature/.test(message)) refuse("signature_invalid", message);
  if (/not yet valid/.test(message)) refuse("conditions_not_yet", message);
  if (/expired/.test(message)) refuse("conditions_expired", message);
  if (/audience/i.test(message)) refuse("audience_mismatch", message);
  return refuse("library_refused", message);
}
