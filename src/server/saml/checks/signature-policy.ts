import { refuse } from "../refusal";
import { allElements, attribute, attributesOf, childElements, NS, textOf } from "../xml-tree";
import type { ResponseParts } from "./structure";

/** Which of the two elements carry a signature. Whatever carries one must verify, and at least one must. */
export interface SignedParts {
  readonly response: boolean;
  readonly assertion: boolean;
}

const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/** RSA with SHA-2. SHA-1, HMAC, DSA and anything invented later are refused by not being here. */
const SIGNATURE_METHODS: ReadonlySet<string> = new Set([
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
]);
const DIGEST_METHODS: ReadonlySet<string> = new Set([
  "http://www.w3.org/2001/04/xmlenc#sha256",
  "http://www.w3.org/2001/04/xmldsig-more#sha384",
  "http://www.w3.org/2001/04/xmlenc#sha512",
]);

/**
 * Where signatures may stand: children of the Response or of the Assertion, one each at most.
 * @throws SamlRefusal signature_missing, signature_misplaced
 */
export function findSignedParts({ response, assertion }: ResponseParts): SignedParts {
  const signatures = allElements(response).filter((element) => element.localName === "Signature");
  if (signatures.length === 0) refuse("signature_missing");
  for (const signature of signatures) {
    const placed = signature.parentNode === response || signature.parentNode === assertion;
    if (!placed || signature.namespaceURI !== NS.signature) refuse("signature_misplaced");
  }
  const on = (parent: Element) => signatures.filter((signature) => signature.parentNode === parent).length;
  if (on(response) > 1 || on(assertion) > 1) refuse("signature_misplaced", "two on one element");
  return { response: on(response) === 1, assertion: on(assertion) === 1 };
}

/**
 * What a signature may look like: one SignedInfo, one SignatureValue, one Reference to its own parent,
 * listed algorithms, at most the two transforms that SAML core 5.4.4 allows, no ds:Object.
 * @throws SamlRefusal signature_shape, signature_reference, algorithm_refused
 */
export function assertSignatureShapes({ response, assertion }: ResponseParts): void {
  for (const parent of [response, assertion]) {
    for (const signature of childElements(parent, NS.signature, "Signature")) assertShape(signature, parent);
  }
}

function assertShape(signature: Element, parent: Element): void {
  const children = childElements(signature);
  const allowed = ["SignedInfo", "SignatureValue", "KeyInfo"];
  if (children.some((child) => child.namespaceURI !== NS.signature || !allowed.includes(child.localName))) {
    refuse("signature_shape", "unexpected child");
  }
  const signedInfo = only(signature, "SignedInfo");
  // The verifier looks these up by local name at any depth, so a second one hidden in KeyInfo would count too.
  const deep = allElements(signature).map((element) => element.localName);
  for (const name of ["SignedInfo", "SignatureValue", "Reference", "DigestValue", "Transforms"]) {
    if (deep.filter((other) => other === name).length !== 1) refuse("signature_shape", name);
  }
  if (textOf(only(signature, "SignatureValue")) === null) refuse("signature_shape", "SignatureValue");
  assertAlgorithm(only(signedInfo, "CanonicalizationMethod"), new Set([EXCLUSIVE_C14N]));
  assertAlgorithm(only(signedInfo, "SignatureMethod"), SIGNATURE_METHODS);
  assertReference(only(signedInfo, "Reference"), parent);
}

function assertReference(reference: Element, parent: Element): void {
  const id = attribute(parent, "ID");
  if (!id || attribute(reference, "URI") !== `#${id}`) refuse("signature_reference");
  if (attributesOf(reference).some(({ name }) => name !== "URI")) refuse("signature_reference", "attribute");
  assertAlgorithm(only(reference, "DigestMethod"), DIGEST_METHODS);
  if (textOf(only(reference, "DigestValue")) === null) refuse("signature_shape", "DigestValue");
  const transforms = childElements(only(reference, "Transforms")).map((transform) =>
    attribute(transform, "Algorithm"),
  );
  if (transforms.join(" ") !== `${ENVELOPED} ${EXCLUSIVE_C14N}`) {
    refuse("algorithm_refused", `transforms ${transforms.join(" ")}`);
  }
}

function only(parent: Element, localName: string): Element {
  const found = childElements(parent, NS.signature, localName);
  if (found.length !== 1) refuse("signature_shape", localName);
  return found[0]!;
}

function assertAlgorithm(element: Element, allowed: ReadonlySet<string>): void {
  const algorithm = attribute(element, "Algorithm") ?? "";
  if (!allowed.has(algorithm)) refuse("algorithm_refused", algorithm);
  // Parameters (HMACOutputLength and the like) change what an algorithm means; only prefix lists are harmless.
  if (childElements(element).some((child) => child.localName !== "InclusiveNamespaces")) {
    refuse("algorithm_refused", "parameters");
  }
}
