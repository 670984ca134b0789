import type { Check, Stage } from "./check";
import { NotApplicable, require, Service } from "./service";

/** Microsoft's bounds for the life of an access token, in seconds. */
const SHORTEST = 60 * 60;
const LONGEST = 360 * 60;

/** Fetches a token from the token endpoint, and uses it once. */
async function tokenWorks(
  stage: Stage,
  tokenEndpoint: string,
  form: Record<string, string>,
): Promise<string> {
  const response = await fetch(tokenEndpoint, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ grant_type: "client_credentials", ...form }).toString(),
  });
  const answer = (await response.json().catch(() => ({}))) as {
    access_token?: string;
    expires_in?: number;
    error?: string;
  };
  require(response.ok, `the token endpoint answered ${response.status} ${answer.error ?? ""}`);
  const { access_token: token = "", expires_in: life = 3600 } = answer;
  require(token !== "", "the token endpoint's answer has no access_token");
  require(life >= SHORTEST &&
    life <= LONGEST, `the token lives ${life} s, allowed are ${SHORTEST} to ${LONGEST}`);
  await new Service({ ...stage.target, token }).expect([200], "GET", "/Users?startIndex=1&count=1");
  return `a token for ${life / 60} minutes`;
}

export const AUTHENTICATION_CHECKS: readonly Check[] = [
  {
    number: 21,
    name: "Validate_Credentials_Test",
    mandatory: true,
    run(stage) {
      const { tokenEndpoint, clientId, clientSecret } = stage.credentials;
      if (!tokenEndpoint || !clientId || !clientSecret) {
        throw new NotApplicable(
          "no OAuth client was given (--token-endpoint, --client-id, SCIM_CLIENT_SECRET)",
        );
      }
      return tokenWorks(stage, tokenEndpoint, { client_id: clientId, client_secret: clientSecret });
    },
  },
  {
    number: 22,
    name: "Federated_Identity_Test",
    mandatory: true,
    run(stage) {
      const { tokenEndpoint, clientId, assertion } = stage.credentials;
      if (!tokenEndpoint || !assertion) {
        throw new NotApplicable("no signed assertion was given (--token-endpoint, SCIM_CLIENT_ASSERTION)");
      }
      return tokenWorks(stage, tokenEndpoint, {
        ...(clientId ? { client_id: clientId } : {}),
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: assertion,
      });
    },
  },
];
