import {
  buildResponse,
  readAuthnRequest,
  type ResponseOptions,
  type TestPerson,
} from "../../support/idp/index";
import type { World } from "../../support/world";

/** What a post to the assertion consumer service led to. */
export interface Landing {
  readonly status: number;
  readonly location: URL;
  /** The cookie pair that a browser would send from now on, or null when none was set. */
  readonly cookie: string | null;
  readonly setCookies: readonly string[];
  readonly body: string;
}

/** The service provider under test, with a provider whose key signs whatever a test wants signed. */
export function samlService(world: World) {
  const { saml, idp, baseUrl } = world;

  function response(person: TestPerson, changes: Partial<ResponseOptions> = {}): string {
    return buildResponse({
      issuer: idp.entityId,
      audience: saml.entityId,
      acsUrl: saml.acsUrl,
      key: idp.key,
      tenantId: idp.tenantId,
      person,
      ...changes,
    });
  }

  /** Posts as the provider's page would make a browser do it: from another site, without our cookies. */
  async function post(fields: Readonly<Record<string, string>>, acsUrl = saml.acsUrl): Promise<Landing> {
    const answer = await fetch(acsUrl, {
      method: "POST",
      body: new URLSearchParams(fields),
      redirect: "manual",
      headers: { origin: idp.origin, "sec-fetch-site": "cross-site" },
    });
    const setCookies = answer.headers.getSetCookie();
    return {
      status: answer.status,
      location: new URL(answer.headers.get("location") ?? "about:blank"),
      cookie: setCookies[0]?.split(";")[0] ?? null,
      setCookies,
      body: await answer.text(),
    };
  }

  return {
    response,
    post,
    signIn: (person: TestPerson, changes: Partial<ResponseOptions> = {}) =>
      post({ SAMLResponse: response(person, changes) }),
    /** Starts a sign-in and gives the request that the provider gets. */
    async begin(next?: string) {
      const query = next === undefined ? "" : `?${new URLSearchParams({ next })}`;
      const answer = await fetch(`${saml.loginUrl}${query}`, { redirect: "manual" });
      const target = new URL(answer.headers.get("location")!);
      return {
        status: answer.status,
        target,
        request: readAuthnRequest(target.searchParams.get("SAMLRequest")!),
      };
    },
    async session(cookie: string): Promise<{ status: number; body: unknown }> {
      const answer = await fetch(`${baseUrl}/api/auth/session`, { headers: { cookie } });
      return { status: answer.status, body: await answer.json() };
    },
    async me(cookie: string): Promise<number> {
      return (await fetch(`${baseUrl}/api/trpc/auth.me`, { headers: { cookie } })).status;
    },
  };
}
