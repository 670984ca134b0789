import { refuse } from "../refusal";
import { attribute, textOf } from "../xml-tree";
import { parseInstant, SKEW_MS } from "./instants";
import { assertionChildren } from "./structure";

/** Between issue and arrival lies a redirect, not a coffee break; bounds what a stolen message is worth. */
const MAX_ASSERTION_AGE_MS = 600_000;

/** @throws SamlRefusal assertion_version */
export function assertVersion(assertion: Element): void {
  if (attribute(assertion, "Version") !== "2.0") refuse("assertion_version");
}

/** The signed issuer is the configured provider. @throws SamlRefusal assertion_issuer_mismatch */
export function assertIssuer(assertion: Element, idpEntityId: string): void {
  const issuers = assertionChildren(assertion, "Issuer");
  const issuer = textOf(issuers[0]);
  if (issuers.length !== 1 || issuer !== idpEntityId) refuse("assertion_issuer_mismatch", issuer ?? "absent");
}

/** Issued just now, whatever window the conditions allow. @throws SamlRefusal assertion_too_old */
export function assertFresh(assertion: Element, at: Date): void {
  const issued = parseInstant(attribute(assertion, "IssueInstant"));
  const age = issued === null ? NaN : at.getTime() - issued.getTime();
  if (!(age <= MAX_ASSERTION_AGE_MS + SKEW_MS && age >= -SKEW_MS)) refuse("assertion_too_old");
}

export interface NameId {
  readonly value: string;
  readonly format: string | null;
}

/** The one Subject with its one, readable NameID. @throws SamlRefusal subject_missing, name_id_missing */
export function readNameId(assertion: Element): NameId {
  const subjects = assertionChildren(assertion, "Subject");
  if (subjects.length !== 1) refuse("subject_missing");
  const nameIds = assertionChildren(subjects[0]!, "NameID");
  const value = textOf(nameIds[0]);
  if (nameIds.length !== 1 || value === null) refuse("name_id_missing");
  return { value, format: attribute(nameIds[0]!, "Format") };
}

/**
 * Somebody signed in at the provider; an attribute query's answer, for example, says nothing of the kind.
 * @returns the session's end and index where the provider set them.
 * @throws SamlRefusal authn_statement_missing, session_over
 */
export function readAuthnStatement(
  assertion: Element,
  at: Date,
): { readonly notOnOrAfter: Date | undefined; readonly sessionIndex: string | undefined } {
  const [statement] = assertionChildren(assertion, "AuthnStatement");
  if (!statement) refuse("authn_statement_missing");
  const sessionIndex = attribute(statement, "SessionIndex")?.slice(0, 256) ?? undefined;
  const end = attribute(statement, "SessionNotOnOrAfter");
  if (end === null) return { notOnOrAfter: undefined, sessionIndex };
  const notOnOrAfter = parseInstant(end);
  // No skew here: a session that is over would be made and end at once.
  if (!notOnOrAfter || notOnOrAfter.getTime() <= at.getTime()) refuse("session_over", end);
  return { notOnOrAfter, sessionIndex };
}
