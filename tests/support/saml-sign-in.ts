import { randomUUID } from "node:crypto";

import { expect } from "vitest";

import { listAuditEvents } from "../../src/server/audit/index";
import type { WorkspaceScope } from "../../src/server/db/index";
import { answerAcs, answerLogin, saveConnection } from "../../src/server/saml/index";
import { findActiveSession, readSessionToken } from "../../src/server/sessions/index";
import { makeWorkspace } from "./factories";
import { ISSUER, makeSamlFixture } from "./idp/fixture";
import { idpMetadataXml, makeSigningKey, readAuthnRequest, type ResponseOptions } from "./idp/index";

const key = makeSigningKey();
const metadataXml = idpMetadataXml({
  entityId: ISSUER,
  ssoUrl: "http://idp.test/sso",
  certificatePems: [key.certificatePem],
});

/** A workspace connected to the provider, and ways to post the provider's responses to it. */
export async function makeSamlWorkspace(
  switches: { allowIdpInitiated?: boolean; jitEnabled?: boolean } = {},
) {
  const { workspace, scope } = await makeWorkspace();
  const system = { kind: "system", workspaceId: workspace.id } as const;
  await saveConnection(scope, system, { metadataXml, ...switches });
  const fixture = makeSamlFixture(workspace.id, key);
  const post = (samlResponse: string, relayState?: string) => postTo(workspace.id, samlResponse, relayState);
  const signIn = (changes: Partial<ResponseOptions> = {}, relayState?: string) =>
    post(fixture.response(changes), relayState);
  return { workspace, scope, system, fixture, post, signIn };
}

/** What the browser gets to see of one post. */
interface Outcome {
  readonly status: number;
  readonly location: URL;
  readonly token: string | null;
  readonly header: string | null;
}

/** Posts a response as the provider's page would. */
export async function postTo(
  workspaceId: string,
  samlResponse: string,
  relayState?: string,
): Promise<Outcome> {
  const body = new URLSearchParams({
    SAMLResponse: samlResponse,
    ...(relayState === undefined ? {} : { RelayState: relayState }),
  });
  // Behind a proxy the request's own URL is an inner one; redirects must not be built on it.
  const request = new Request("http://10.0.0.7:8080/acs", { method: "POST", body });
  const response = await answerAcs(request, workspaceId, randomUUID());
  const header = response.headers.get("set-cookie");
  return {
    status: response.status,
    location: new URL(response.headers.get("location")!),
    token: readSessionToken(header?.split(";")[0]),
    header,
  };
}

/** Begins a sign-in at Chalkroom. Returns the id of the request that the provider is asked to answer. */
export async function startSignIn(workspaceId: string, next?: string): Promise<string> {
  const url = `http://10.0.0.7:8080/login${next === undefined ? "" : `?${new URLSearchParams({ next })}`}`;
  const response = await answerLogin(new Request(url), workspaceId, randomUUID());
  const samlRequest = new URL(response.headers.get("location")!).searchParams.get("SAMLRequest");
  return readAuthnRequest(samlRequest!).id;
}

/** Every refusal looks the same from outside. */
export function expectRefused(outcome: Outcome): void {
  expect(outcome.status).toBe(303);
  expect(outcome.location.origin).toBe("http://localhost:3000");
  expect(outcome.location.pathname).toBe("/signin");
  expect(outcome.location.searchParams.get("error")).toBe("sso");
  expect(outcome.location.searchParams.get("ref")).toMatch(/^[0-9a-f]{12}$/);
  expect([...outcome.location.searchParams.keys()].sort()).toEqual(["error", "ref", "workspace"]);
  expect(outcome.token).toBeNull();
}

/** The audited reason of the newest refusal, found by the reference that the browser got. */
export async function reasonOf(scope: WorkspaceScope, outcome: Outcome): Promise<string | undefined> {
  expectRefused(outcome);
  const { events } = await listAuditEvents(scope);
  const ref = outcome.location.searchParams.get("ref");
  const details = events.map((event) => event.details as { ref?: string; reason?: string });
  return details.find((one) => one.ref === ref)?.reason;
}

/** Who is signed in by it. */
export async function memberOf({ token }: Outcome): Promise<string | undefined> {
  return token === null ? undefined : (await findActiveSession(token))?.actor.memberId;
}
