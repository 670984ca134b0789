import { now } from "#server/kernel/clock";

import {
  assertFresh,
  assertIssuer,
  assertVersion,
  readAuthnStatement,
  readNameId,
  type NameId,
} from "../checks/assertion";
import { readAttributes } from "../checks/attributes";
import { assertAudience, assertConditions } from "../checks/conditions";
import { readConfirmation } from "../checks/confirmation";
import { correlate } from "../checks/correlation";
import { decodeBase64, decodeUtf8 } from "../checks/decode";
import { assertDestination, assertResponseIssuer, assertSuccess } from "../checks/envelope";
import { SKEW_MS } from "../checks/instants";
import { assertBoundedMarkup, assertPlainMarkup, RESPONSE_LIMITS } from "../checks/markup-gate";
import { assertSignatureShapes, findSignedParts } from "../checks/signature-policy";
import { assertUniqueIds, findResponseParts } from "../checks/structure";
import type { Connection } from "../connection";
import { refuse } from "../refusal";
import { serviceProviderUrls } from "../service-provider";
import { attribute, parseXml } from "../xml-tree";
import { verifiedAssertion } from "./verify";

/** What a response says once it has been believed: all of it from the signed bytes. */
export interface ValidatedResponse {
  readonly issuer: string;
  readonly assertionId: string;
  readonly nameId: NameId;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** The AuthnRequest it answers, or null when the provider started the sign-in. */
  readonly inResponseTo: string | null;
  /** Until when it could be accepted again, so how long its use must be remembered. */
  readonly replayableUntil: Date;
  readonly sessionNotOnOrAfter: Date | undefined;
  readonly sessionIndex: string | undefined;
}

/**
 * Everything between the form field and trust, in the one order that is safe: cheap limits before parsing,
 * structure before cryptography, and no claim read before the signature has been verified. What depends on
 * stored state (the request, the replay, the member) comes after it.
 * @param samlResponse base64, as posted.
 * @throws SamlRefusal with the reason of the first check that fails.
 */
export async function validateResponse(
  samlResponse: string,
  connection: Connection,
): Promise<ValidatedResponse> {
  const { acsUrl, entityId } = serviceProviderUrls(connection.workspaceId);
  const at = now();
  const xml = decodeUtf8(decodeBase64(samlResponse));
  assertPlainMarkup(xml);
  assertBoundedMarkup(xml, RESPONSE_LIMITS);
  const parts = findResponseParts(parseOrRefuse(xml));
  assertUniqueIds(parts);
  const signed = findSignedParts(parts);
  assertSignatureShapes(parts);
  assertSuccess(parts.response);
  assertDestination(parts.response, acsUrl, signed);
  assertResponseIssuer(parts.response, connection.idpEntityId);

  const assertionId = attribute(parts.assertion, "ID")!;
  const assertion = await verifiedAssertion(xml, connection, signed, assertionId);
  assertVersion(assertion);
  assertIssuer(assertion, connection.idpEntityId);
  assertFresh(assertion, at);
  const nameId = readNameId(assertion);
  const confirmation = readConfirmation(assertion, acsUrl, at);
  const conditions = assertConditions(assertion, at);
  assertAudience(assertion, entityId);
  const session = readAuthnStatement(assertion, at);
  const attributes = readAttributes(assertion);
  const latest = Math.max(confirmation.notOnOrAfter.getTime(), conditions.notOnOrAfter.getTime());
  return {
    issuer: connection.idpEntityId,
    assertionId,
    nameId,
    attributes,
    inResponseTo: correlate(parts.response, confirmation.inResponseTo),
    replayableUntil: new Date(latest + SKEW_MS),
    sessionNotOnOrAfter: session.notOnOrAfter,
    sessionIndex: session.sessionIndex,
  };
}

function parseOrRefuse(xml: string): Element {
  try {
    return parseXml(xml);
  } catch (error) {
    return refuse("malformed_xml", error instanceof Error ? error.message : undefined);
  }
}
