import { refuse } from "../refusal";
import { attribute } from "../xml-tree";

/**
 * Which request this answers, or null for a sign-in that the provider started. The signed value counts,
 * and the envelope must say the same: otherwise an unsolicited assertion could be slipped into the envelope
 * of somebody's live request.
 * @throws SamlRefusal in_response_to_mismatch
 */
export function correlate(response: Element, signedInResponseTo: string | null): string | null {
  if (attribute(response, "InResponseTo") !== signedInResponseTo) refuse("in_response_to_mismatch");
  return signedInResponseTo;
}
