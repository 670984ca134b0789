import { refuse } from "../refusal";
import { attribute, childElements, NS, textOf } from "../xml-tree";

const SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";

/**
 * The provider says that it worked; an assertion beside any other status is not a sign-in.
 * @throws SamlRefusal status_not_success, with the provider's own message for the log (Entra: AADSTS…)
 */
export function assertSuccess(response: Element): void {
  const [status, ...others] = childElements(response, NS.protocol, "Status");
  const codes = status ? childElements(status, NS.protocol, "StatusCode") : [];
  const code = codes.length === 1 && others.length === 0 ? attribute(codes[0]!, "Value") : null;
  if (code === SUCCESS) return;
  const message = status ? textOf(childElements(status, NS.protocol, "StatusMessage")[0]) : null;
  refuse("status_not_success", `${code ?? "no status"} ${message ?? ""}`.trim());
}

/**
 * The message was meant for this address (SAML core 3.2.2). A signed response must say so; around a signed
 * assertion it may be absent, since the Recipient inside says the same under the signature.
 * @throws SamlRefusal destination_mismatch
 */
export function assertDestination(
  response: Element,
  acsUrl: string,
  signed: { readonly response: boolean },
): void {
  const destination = attribute(response, "Destination");
  if (destination === null && !signed.response) return;
  if (destination !== acsUrl) refuse("destination_mismatch", destination ?? "absent");
}

/**
 * An Issuer of the envelope, where there is one, is the configured provider.
 * @throws SamlRefusal response_issuer_mismatch
 */
export function assertResponseIssuer(response: Element, idpEntityId: string): void {
  const issuers = childElements(response, NS.assertion, "Issuer");
  if (issuers.length === 0) return;
  const issuer = textOf(issuers[0]);
  if (issuers.length > 1 || issuer !== idpEntityId) refuse("response_issuer_mismatch", issuer ?? "empty");
}
