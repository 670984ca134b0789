import { refuse } from "../refusal";
import { allElements, attribute, attributesOf, childElements, NS } from "../xml-tree";
import { assertSuccess } from "./envelope";

/** The two elements that a message is about, after their places have been checked. */
export interface ResponseParts {
  readonly response: Element;
  readonly assertion: Element;
}

/**
 * The shape that signature wrapping needs to break: one samlp:Response of version 2.0 at the root, exactly
 * one Assertion anywhere in the document, as a child of that root.
 * @throws SamlRefusal not_a_response, response_version, status_not_success, encrypted_assertion,
 *   assertion_count, assertion_misplaced
 */
export function findResponseParts(root: Element): ResponseParts {
  if (root.namespaceURI !== NS.protocol || root.localName !== "Response") {
    refuse("not_a_response", root.nodeName);
  }
  if (attribute(root, "Version") !== "2.0") refuse("response_version");
  const elements = allElements(root);
  // Any namespace counts: a reader that looks at local names only must not find a second one.
  const assertions = elements.filter((element) => element.localName === "Assertion");
  if (elements.some((element) => element.localName === "EncryptedAssertion")) refuse("encrypted_assertion");
  // A provider's own error message has no assertion; its status is the better reason.
  if (assertions.length === 0) assertSuccess(root);
  const [assertion, ...others] = assertions;
  if (!assertion || others.length > 0) refuse("assertion_count", String(assertions.length));
  if (assertion.namespaceURI !== NS.assertion || assertion.parentNode !== root) refuse("assertion_misplaced");
  return { response: root, assertion };
}

/**
 * Every ID names one element, and no other attribute can be taken for an ID: the verifier and the reader
 * must never resolve one reference to different elements.
 * @throws SamlRefusal id_missing, id_repeated, id_foreign
 */
export function assertUniqueIds({ response, assertion }: ResponseParts): void {
  const seen = new Set<string>();
  for (const element of allElements(response)) {
    for (const { name, localName, value } of attributesOf(element)) {
      if (localName.toLowerCase() !== "id") continue;
      if (name !== "ID") refuse("id_foreign", name);
      if (seen.has(value)) refuse("id_repeated");
      seen.add(value);
    }
  }
  for (const element of [response, assertion]) {
    if (!/^[A-Za-z_][A-Za-z0-9._-]{0,199}$/.test(attribute(element, "ID") ?? "")) refuse("id_missing");
  }
}

/** The direct children of one SAML element, or nothing; a shorthand for the checks that follow. */
export function assertionChildren(parent: Element, localName: string): Element[] {
  return childElements(parent, NS.assertion, localName);
}
