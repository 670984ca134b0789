import { describe, expect, it } from "vitest";

import { makeSigningKey, newPerson, newXmlId, type ResponseOptions } from "../../support/idp/index";
import { useApp } from "../../support/use-app";
import { samlService, type Landing } from "./service";

const app = useApp();
const service = samlService(app);
const { workspace, saml, baseUrl } = app;
const minutesFromNow = (count: number) => new Date(Date.now() + count * 60_000);

/** A refusal as anybody may see it: the same for every reason, with a reference and nothing else. */
function expectNeutralRefusal(landing: Landing): void {
  expect(landing.status).toBe(303);
  expect(landing.location.origin + landing.location.pathname).toBe(`${baseUrl}/signin`);
  expect(Object.fromEntries(landing.location.searchParams)).toEqual({
    error: "sso",
    ref: expect.stringMatching(/^[0-9a-f]{12}$/),
    workspace: workspace.slug,
  });
  expect(landing.setCookies).toEqual([]);
  expect(landing.body).toBe("");
}

describe("our metadata", () => {
  it("is XML that names the entity ID and the assertion consumer service", async () => {
    const answer = await fetch(saml.metadataUrl);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^application\/samlmetadata\+xml/);
    const xml = await answer.text();
    expect(xml).toContain(saml.entityId);
    expect(xml).toContain(`Location="${saml.acsUrl}"`);
  });

  it("is not there for other ids, and says so as JSON", async () => {
    for (const id of ["00000000-0000-7000-8000-000000000000", "nonsense", "%00"]) {
      const answer = await fetch(`${baseUrl}/api/saml/${id}/metadata`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get("content-type") ?? "").not.toContain("html");
    }
  });
});

describe("sign-in from Chalkroom", () => {
  it("sends an AuthnRequest that Entra takes, and comes back to the wanted page signed in", async () => {
    const { status, target, request } = await service.begin(`/w/${workspace.slug}/settings/members`);
    expect(status).toBe(303);
    expect(target.origin + target.pathname).toBe(app.idp.ssoUrl);
    expect(request).toEqual({ id: expect.stringMatching(/^_/), issuer: saml.entityId, acsUrl: saml.acsUrl });
    const person = newPerson();
    const landing = await service.signIn(person, { inResponseTo: request.id });
    expect(landing.status).toBe(303);
    expect(landing.location.href).toBe(`${baseUrl}/w/${workspace.slug}/settings/members`);
    expect(landing.setCookies).toHaveLength(1);
    expect(landing.setCookies[0]).toMatch(/; HttpOnly; SameSite=Lax$/);
    const session = await service.session(landing.cookie!);
    expect(session.status).toBe(200);
    expect(session.body).toMatchObject({
      user: { email: person.email, name: person.displayName },
      workspace: { slug: workspace.slug },
      role: "editor",
    });
  });

  it.each(["assertion", "response", "both"] as const)("works when Entra signs the %s", async (sign) => {
    const { request } = await service.begin();
    const landing = await service.signIn(newPerson(), { inResponseTo: request.id, sign });
    expect(await service.me(landing.cookie!)).toBe(200);
  });
});

describe("sign-in from the provider", () => {
  it("works without a request, and goes home", async () => {
    const landing = await service.signIn(newPerson());
    expect(landing.location.href).toBe(`${baseUrl}/w/${workspace.slug}`);
    expect(await service.me(landing.cookie!)).toBe(200);
  });

  it("goes to a relay state only within this site", async () => {
    const go = async (RelayState: string) =>
      (await service.post({ SAMLResponse: service.response(newPerson()), RelayState })).location.href;
    expect(await go(`/w/${workspace.slug}/settings/sso`)).toBe(`${baseUrl}/w/${workspace.slug}/settings/sso`);
    for (const hostile of [
      "https://evil.test",
      "//evil.test",
      "/\\evil.test",
      "/..//evil.test",
      "/\t/evil.test",
      "/%2f/evil.test",
    ]) {
      expect(await go(hostile)).toBe(`${baseUrl}/w/${workspace.slug}`);
    }
  });
});

const otherKey = makeSigningKey();
const ATTACKS: readonly (readonly [string, Partial<ResponseOptions>])[] = [
  ["no signature", { sign: "none" }],
  ["a signature by another key", { key: otherKey }],
  ["a response signature by another key", { sign: "both", responseKey: otherKey }],
  ["SHA-1", { signatureAlgorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" }],
  ["another issuer", { issuer: "https://sts.windows.net/99999999-2222-4333-8444-555555555555/" }],
  ["another audience", { audience: "https://elsewhere.test" }],
  ["another recipient", { recipient: "https://elsewhere.test" }],
  ["another destination", { destination: "https://elsewhere.test" }],
  ["a failed status", { status: "urn:oasis:names:tc:SAML:2.0:status:Responder" }],
  ["an expired confirmation", { confirmationNotOnOrAfter: minutesFromNow(-10) }],
  ["expired conditions", { notOnOrAfter: minutesFromNow(-10) }],
  ["conditions of tomorrow", { notBefore: minutesFromNow(1440) }],
  ["an old issue instant", { issueInstant: minutesFromNow(-600) }],
  ["no authentication statement", { authnStatement: false }],
  ["an ended session", { sessionNotOnOrAfter: minutesFromNow(-1) }],
  ["a request nobody made", { inResponseTo: newXmlId() }],
  [
    "a changed claim",
    {
      tamper: (xml) => xml.replaceAll("@contoso.example</AttributeValue>", "@evil.example</AttributeValue>"),
    },
  ],
  ["a document type", { tamper: (xml) => `<!DOCTYPE x [<!ENTITY y "z">]>${xml}` }],
  [
    "a comment in the NameID",
    { tamper: (xml) => xml.replace("@contoso.example</NameID>", "<!-- -->@contoso.example</NameID>") },
  ],
  [
    "30 000 elements",
    { tamper: (xml) => xml.replace("<samlp:Status>", () => `<x>${"<y/>".repeat(30_000)}</x><samlp:Status>`) },
  ],
];

describe("a forged or misused response is refused without saying why:", () => {
  it.each(ATTACKS)("%s", async (_what, changes) => {
    const landing = await service.signIn(newPerson(), changes);
    expectNeutralRefusal(landing);
    expect(landing.cookie).toBeNull();
  });

  it("an unsolicited assertion in the envelope of a live request", async () => {
    const { request } = await service.begin();
    const landing = await service.signIn(newPerson(), { envelopeInResponseTo: request.id });
    expectNeutralRefusal(landing);
    expect(landing.cookie).toBeNull();
  });

  it.each([
    ["nothing", {}],
    ["an empty field", { SAMLResponse: "" }],
    ["no base64", { SAMLResponse: "%%%" }],
    ["no XML", { SAMLResponse: "aGVsbG8=" }],
    ["too much", { SAMLResponse: "A".repeat(700_000) }],
  ])("%s", async (_what, fields: Record<string, string>) => {
    const landing = await service.post(fields);
    expectNeutralRefusal(landing);
    expect(landing.cookie).toBeNull();
  });

  it("another content type, and another method", async () => {
    const json = await fetch(saml.acsUrl, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
      redirect: "manual",
    });
    expect(json.status).toBe(303);
    expect((await fetch(saml.acsUrl)).status).toBe(405);
  });

  it("a response for a workspace that does not exist", async () => {
    const acsUrl = `${baseUrl}/api/saml/00000000-0000-7000-8000-000000000000/acs`;
    const landing = await service.post({ SAMLResponse: service.response(newPerson()) }, acsUrl);
    expect(landing.status).toBe(303);
    expect(landing.location.searchParams.get("error")).toBe("sso");
    expect(landing.setCookies).toEqual([]);
  });
});

describe("one response is good for one session", () => {
  it("when eight posts come at once, and later", async () => {
    const SAMLResponse = service.response(newPerson());
    const landings = await Promise.all(Array.from({ length: 8 }, () => service.post({ SAMLResponse })));
    expect(landings.filter((landing) => landing.cookie !== null)).toHaveLength(1);
    expectNeutralRefusal(await service.post({ SAMLResponse }));
  });

  it("and one request for one answer", async () => {
    const { request } = await service.begin();
    const person = newPerson();
    expect((await service.signIn(person, { inResponseTo: request.id })).cookie).not.toBeNull();
    expectNeutralRefusal(await service.signIn(person, { inResponseTo: request.id }));
  });
});

describe("a deactivated person", () => {
  it("is signed out at the next request and refused in both directions, until reactivated", async () => {
    const person = newPerson();
    const { cookie } = await service.signIn(person);
    expect(await service.me(cookie!)).toBe(200);
    await app.cli(["member", "deactivate", "--workspace", workspace.slug, "--email", person.email!]);
    expect(await service.me(cookie!)).toBe(401);
    expect(await service.session(cookie!)).toEqual({ status: 401, body: {} });
    expectNeutralRefusal(await service.signIn(person));
    const { request } = await service.begin();
    expectNeutralRefusal(await service.signIn(person, { inResponseTo: request.id }));
    await app.cli(["member", "reactivate", "--workspace", workspace.slug, "--email", person.email!]);
    expect(await service.me(cookie!)).toBe(401);
    expect(await service.me((await service.signIn(person)).cookie!)).toBe(200);
  });
});

describe("the session endpoint", () => {
  it("knows nobody without a cookie", async () => {
    const answer = await fetch(`${baseUrl}/api/auth/session`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({});
  });

  it.each(["", "x", "a".repeat(43), "../../etc/passwd", "%00", "a".repeat(5000)])(
    "is not confused by the cookie %j",
    async (value) => {
      const { status, body } = await service.session(`chalkroom.session=${value}`);
      expect(status).toBeLessThan(500);
      expect(body).toEqual({});
    },
  );

  it("signs out with next-auth's token, not without", async () => {
    const { cookie } = await service.signIn(newPerson());
    const csrf = await fetch(`${baseUrl}/api/auth/csrf`, { headers: { cookie: cookie! } });
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const csrfCookie = csrf.headers
      .getSetCookie()
      .find((one) => one.includes("csrf"))!
      .split(";")[0]!;
    const signOut = (token: string) =>
      fetch(`${baseUrl}/api/auth/signout`, {
        method: "POST",
        redirect: "manual",
        headers: { cookie: `${cookie}; ${csrfCookie}` },
        body: new URLSearchParams({ csrfToken: token }),
      });
    await signOut("wrong");
    expect(await service.me(cookie!)).toBe(200);
    await signOut(csrfToken);
    expect(await service.me(cookie!)).toBe(401);
  });
});

describe("signing in by password", () => {
  const call = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${baseUrl}/api/trpc/auth.signInWithPassword`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ json: body }),
    });
  const { email, password } = app.owner;

  it("works for the owner from our own page, and not from another site's", async () => {
    const answer = await call({ email, password }, { "sec-fetch-site": "same-origin" });
    expect(answer.status).toBe(200);
    expect(await service.me(answer.headers.getSetCookie()[0]!.split(";")[0]!)).toBe(200);
    expect((await call({ email, password }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await call({ email, password }, { origin: "http://evil.test" })).status).toBe(403);
  });

  it("says the same for a wrong password and an unknown address, and 400 for nonsense", async () => {
    const wrong = await call({ email, password: "wrong" });
    const unknown = await call({ email: "nobody@acme.example", password });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
    expect((await call({ email: 1 })).status).toBe(400);
    expect((await call(null)).status).toBe(400);
  });
});
