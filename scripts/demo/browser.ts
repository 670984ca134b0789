import type { TestIdp } from "../../tests/support/idp/index";

/** What a browser would hold after a sign-in. */
export interface SignIn {
  /** The session's cookie pair, or null when the sign-in was refused. */
  readonly cookie: string | null;
  /** Where the browser was sent. */
  readonly location: string;
}

/** Signs a person in from the provider's tile: its page posts a response to the app, as a browser would do it. */
export async function signInFromTile(idp: TestIdp, acsUrl: string, userName: string): Promise<SignIn> {
  const answer = await fetch(acsUrl, {
    method: "POST",
    body: new URLSearchParams({ SAMLResponse: idp.respond(userName) }),
    redirect: "manual",
    headers: { origin: idp.origin, "sec-fetch-site": "cross-site" },
  });
  const cookie = answer.headers.getSetCookie().find((one) => /chalkroom\.session=[^;]+/.test(one));
  return {
    cookie: cookie?.split(";")[0] ?? null,
    location: answer.headers.get("location") ?? `status ${answer.status}`,
  };
}
