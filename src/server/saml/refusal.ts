/**
 * Why a sign-in was refused. For the log and the audit trail only: the browser always gets the same
 * neutral sentence, because a precise answer would be an oracle for whoever forges messages.
 */
export type RefusalReason =
  // transport
  | "not_configured"
  | "rate_limited"
  | "not_a_form"
  | "body_too_large"
  | "response_missing"
  | "response_repeated"
  // bytes
  | "bad_base64"
  | "xml_too_large"
  | "bad_utf8"
  | "forbidden_markup"
  | "wrong_encoding"
  | "malformed_xml"
  | "too_many_elements"
  | "too_many_attributes"
  | "too_deep"
  // structure
  | "not_a_response"
  | "response_version"
  | "encrypted_assertion"
  | "assertion_count"
  | "assertion_misplaced"
  | "id_missing"
  | "id_repeated"
  | "id_foreign"
  | "signature_missing"
  | "signature_misplaced"
  | "signature_shape"
  | "signature_reference"
  | "algorithm_refused"
  // envelope
  | "status_not_success"
  | "destination_mismatch"
  | "response_issuer_mismatch"
  // cryptography and what the library looks at
  | "signature_invalid"
  | "library_refused"
  // signed assertion
  | "assertion_version"
  | "assertion_issuer_mismatch"
  | "assertion_too_old"
  | "subject_missing"
  | "name_id_missing"
  | "confirmation_count"
  | "confirmation_method"
  | "confirmation_data"
  | "recipient_mismatch"
  | "confirmation_expired"
  | "conditions_missing"
  | "conditions_not_yet"
  | "conditions_expired"
  | "condition_unknown"
  | "audience_mismatch"
  | "authn_statement_missing"
  | "session_over"
  | "attribute_repeated"
  // protocol state
  | "in_response_to_mismatch"
  | "request_unknown"
  | "unsolicited_refused"
  | "replayed"
  // person
  | "privileged_link"
  | "claim_unusable"
  | "tenant_mismatch"
  | "identity_conflict"
  | "member_inactive"
  | "member_deleted"
  | "unknown_person";

/** A sign-in that must not happen. `detail` is for the log: it may quote what was received, cut short. */
export class SamlRefusal extends Error {
  constructor(
    readonly reason: RefusalReason,
    readonly detail?: string,
  ) {
    super(detail === undefined ? reason : `${reason}: ${detail}`);
    this.name = "SamlRefusal";
  }
}

/** Refuses; the detail is cut to a length that cannot flood a log. */
export function refuse(reason: RefusalReason, detail?: string): never {
  throw new SamlRefusal(reason, detail?.slice(0, 200));
}

/** The refusal inside an error: a transaction wraps what is thrown in it. By name, since bundles have own classes. */
export function findRefusal(error: unknown): SamlRefusal | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at.name === "SamlRefusal") return at as SamlRefusal;
  }
  return null;
}
