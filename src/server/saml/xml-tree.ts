import { DOMParser } from "@xmldom/xmldom";

/** The namespaces that SAML 2.0 messages and metadata are made of. */
export const NS = {
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  signature: "http://www.w3.org/2000/09/xmldsig#",
} as const;

/**
 * Parses XML without forgiveness: whatever the parser would only warn about is an error here.
 * Call it only on text that the markup gate has let through.
 * @throws Error when the text is not one well-formed document.
 */
export function parseXml(xml: string): Element {
  const fail = (message: unknown) => {
    throw new Error(String(message).slice(0, 200));
  };
  const errorHandler = { warning: fail, error: fail, fatalError: fail };
  const document = new DOMParser({ errorHandler }).parseFromString(xml, "text/xml") as Document | undefined;
  const root = document?.documentElement;
  if (!root) throw new Error("no document element");
  for (let node: Node | null = document.firstChild; node; node = node.nextSibling) {
    if (node !== root && isElement(node)) throw new Error("more than one document element");
  }
  return root;
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** The element children, in order; walks siblings because indexing a live list is quadratic. */
export function childElements(parent: Node, namespace?: string, localName?: string): Element[] {
  const found: Element[] = [];
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (!isElement(node)) continue;
    if (namespace !== undefined && node.namespaceURI !== namespace) continue;
    if (localName !== undefined && node.localName !== localName) continue;
    found.push(node);
  }
  return found;
}

/** The element itself and every element below it, in document order. */
export function allElements(root: Element): Element[] {
  const found: Element[] = [root];
  // The list grows while it is read: that is the traversal.
  for (let at = 0; at < found.length; at++) found.push(...childElements(found[at]!));
  return found;
}

/** The attributes as plain records. */
export function attributesOf(
  element: Element,
): readonly { readonly name: string; readonly localName: string; readonly value: string }[] {
  return Array.from(element.attributes, ({ name, localName, value }) => ({
    name,
    localName: localName ?? name,
    value,
  }));
}

/** An attribute without a namespace, or null when it is absent (the DOM gives "" for that). */
export function attribute(element: Element, name: string): string | null {
  return element.hasAttribute(name) ? element.getAttribute(name) : null;
}

/** The text of an element that has only text, trimmed; null when there is none or there are child elements. */
export function textOf(element: Element | undefined): string | null {
  if (!element || childElements(element).length > 0) return null;
  const text = (element.textContent ?? "").trim();
  return text === "" ? null : text;
}
