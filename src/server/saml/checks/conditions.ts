import { refuse } from "../refusal";
import { attribute, childElements, NS, textOf } from "../xml-tree";
import { parseInstant, SKEW_MS } from "./instants";
import { assertionChildren } from "./structure";

/** What we know how to obey. An unknown condition makes an assertion's validity undeterminable (SAML core 2.5.1.1). */
const KNOWN = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];

/**
 * One Conditions element with both ends of its window, now inside of it, and only conditions that we obey.
 * @returns the window's end.
 * @throws SamlRefusal conditions_missing, conditions_not_yet, conditions_expired, condition_unknown
 */
export function assertConditions(assertion: Element, at: Date): { readonly notOnOrAfter: Date } {
  const [conditions, ...others] = assertionChildren(assertion, "Conditions");
  if (!conditions || others.length > 0) refuse("conditions_missing");
  const notBefore = parseInstant(attribute(conditions, "NotBefore"));
  const notOnOrAfter = parseInstant(attribute(conditions, "NotOnOrAfter"));
  if (!notBefore || !notOnOrAfter) refuse("conditions_missing");
  if (at.getTime() < notBefore.getTime() - SKEW_MS) refuse("conditions_not_yet");
  if (at.getTime() >= notOnOrAfter.getTime() + SKEW_MS) refuse("conditions_expired");
  const unknown = childElements(conditions).find(
    (child) => child.namespaceURI !== NS.assertion || !KNOWN.includes(child.localName),
  );
  if (unknown) refuse("condition_unknown", unknown.nodeName);
  return { notOnOrAfter };
}

/**
 * Meant for us: every restriction names our entity ID exactly; there is at least one.
 * @throws SamlRefusal audience_mismatch
 */
export function assertAudience(assertion: Element, entityId: string): void {
  const restrictions = assertionChildren(assertion, "Conditions").flatMap((conditions) =>
    assertionChildren(conditions, "AudienceRestriction"),
  );
  const audiences = restrictions.map((restriction) =>
    assertionChildren(restriction, "Audience").map((audience) => textOf(audience)),
  );
  if (audiences.length === 0 || !audiences.every((names) => names.includes(entityId))) {
    refuse("audience_mismatch", audiences.flat().join(" "));
  }
}
