import {
  validateResponse,
  type ValidatedResponse,
} from "../../../src/server/saml/response/validate-response";
import { ADA, makeSamlFixture } from "./fixture";

/** The connection that the messages below are posted to, and the provider it trusts. */
export const fixture = makeSamlFixture();

export function validate(response: string): Promise<ValidatedResponse> {
  return validateResponse(response, fixture.connection);
}

/** Why a posted response is refused; "accepted" when it is not. */
export async function reasonOf(response: string): Promise<string> {
  return validate(response).then(
    () => "accepted",
    (error: unknown) => (error as { reason?: string }).reason ?? `unexpected: ${String(error)}`,
  );
}

/** XML as the form field carries it. */
export function encode(xml: string): string {
  return Buffer.from(xml, "utf8").toString("base64");
}

export function minutesFromNow(count: number): Date {
  return new Date(Date.now() + count * 60_000);
}

/** A genuine message, taken apart by somebody without the key. */
export const genuine = fixture.responseXml({ assertionId: "_genuine", responseId: "_envelope" });
export const assertionOf = (xml: string) => /<Assertion[\s\S]*<\/Assertion>/.exec(xml)![0];
const signatureOf = (xml: string) => /<Signature[\s\S]*<\/Signature>/.exec(xml)![0];
export const evil = (id: string) =>
  assertionOf(
    fixture.responseXml({ sign: "none", assertionId: id, person: { ...ADA, userName: "root@acme.test" } }),
  );
export const genuineAssertion = assertionOf(genuine);
export const genuineSignature = signatureOf(genuine);
export const unsignedGenuine = genuineAssertion.replace(genuineSignature, "");
export const withAssertion = (content: string) => genuine.replace(genuineAssertion, () => content);
export const inside = (assertion: string, content: string) =>
  assertion.replace("</Issuer>", () => `</Issuer>${content}`);

export const replaced = (from: string | RegExp, to: string) => {
  const changed = genuine.replace(from, () => to);
  if (changed === genuine) throw new Error(`the attack changes nothing: ${String(from)}`);
  return changed;
};
