import { readLimitedBody } from "#server/kernel/limited-body";

import { refuse } from "../refusal";

/** A genuine response with 150 groups is about 20 KiB of base64; this leaves room for many more. */
export const MAX_BODY_BYTES = 512 * 1024;

export interface PostedForm {
  /** Still base64. */
  readonly samlResponse: string;
  readonly relayState: string | null;
}

/**
 * Reads the HTTP-POST binding's form (SAML bindings 3.5). The body is read as a stream and given up at
 * the limit, so that its announced length need not be believed.
 * @throws SamlRefusal not_a_form, body_too_large, response_missing, response_repeated
 */
export async function readPostedForm(request: Request): Promise<PostedForm> {
  const contentType = request.headers.get("content-type") ?? "";
  if (contentType.split(";")[0]!.trim().toLowerCase() !== "application/x-www-form-urlencoded") {
    refuse("not_a_form", contentType);
  }
  const body = await readLimitedBody(request, MAX_BODY_BYTES);
  if (!body) refuse("body_too_large");
  const fields = new URLSearchParams(body.toString("latin1"));
  const [samlResponse, ...more] = fields.getAll("SAMLResponse");
  if (samlResponse === undefined || samlResponse === "") refuse("response_missing");
  // Two fields invite two readers of one message to look at different ones.
  if (more.length > 0) refuse("response_repeated");
  const relayStates = fields.getAll("RelayState");
  return { samlResponse, relayState: relayStates.length === 1 ? relayStates[0]! : null };
}
