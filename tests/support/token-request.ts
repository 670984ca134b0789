import { answerTokenRequest } from "../../src/server/scim/index";

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
  /** The access token, or "" when there is none. */
  readonly token: string;
}

const ENDPOINT = "http://localhost:3000/public-api/oauth2/token";

/** Asks the token endpoint in this process, by the client credentials grant. */
export async function askToken(
  parameters: Readonly<Record<string, string>>,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly address?: string } = {},
): Promise<TokenAnswer> {
  const body = new URLSearchParams({ grant_type: "client_credentials", ...parameters });
  const request = new Request(ENDPOINT, { method: "POST", headers: { ...options.headers }, body });
  const response = await answerTokenRequest(request, options.address ?? "192.0.2.1");
  const answer = (await response.json()) as Record<string, unknown>;
  const token = answer["access_token"];
  return {
    status: response.status,
    headers: response.headers,
    body: answer,
    token: typeof token === "string" ? token : "",
  };
}

/** Asks with an assertion, as Entra's provisioning service does. */
export function askByAssertion(clientId: string, assertion: string): Promise<TokenAnswer> {
  return askToken({
    client_id: clientId,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
    scope: "scim",
  });
}
