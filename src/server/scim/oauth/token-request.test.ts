import { describe, expect, it } from "vitest";

import { readTokenRequest } from "./token-request";

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const GRANT = { grant_type: "client_credentials" };

function request(body: string | Record<string, string>, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost:3000/public-api/oauth2/token", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: typeof body === "string" ? body : new URLSearchParams(body).toString(),
  });
}

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
const read = (...args: Parameters<typeof request>) => readTokenRequest(request(...args));
const secretProof = (secret: string) => ({ kind: "secret", secret });

describe("a token request", () => {
  it("has its secret in the form", async () => {
    expect(await read({ ...GRANT, client_id: "a", client_secret: "s+ /=" })).toEqual({
      clientId: "a",
      proof: secretProof("s+ /="),
    });
  });

  it("has its secret in the header, form-encoded before it is Base64", async () => {
    const proof = secretProof("s:+ é");
    expect(await read(GRANT, basic("a%2Db:s%3A%2B+%C3%A9"))).toEqual({ clientId: "a-b", proof });
    expect(await read({ ...GRANT, client_id: "a-b" }, basic("a-b:s%3A%2B+%C3%A9"))).toEqual({
      clientId: "a-b",
      proof,
    });
  });

  it("has an assertion, as Entra sends it with a scope and a resource", async () => {
    expect(
      await read(
        {
          ...GRANT,
          client_id: "a",
          client_assertion_type: JWT_BEARER,
          client_assertion: "x.y.z",
          scope: "anything at all",
          resource: "urn:x",
        },
        { "content-type": "Application/X-WWW-Form-Urlencoded; charset=utf-8" },
      ),
    ).toEqual({ clientId: "a", proof: { kind: "assertion", assertion: "x.y.z" } });
  });

  it.each<[string, string | Record<string, string>, Record<string, string>]>([
    ["no body", "", {}],
    ["no grant type", { client_id: "a", client_secret: "s" }, {}],
    ["an empty grant type", { grant_type: "", client_id: "a", client_secret: "s" }, {}],
    ["JSON", '{"grant_type":"client_credentials"}', { "content-type": "application/json" }],
    ["a parameter twice", "grant_type=client_credentials&client_id=a&client_id=b&client_secret=s", {}],
    ["a secret twice", "grant_type=client_credentials&client_id=a&client_secret=s&client_secret=t", {}],
    ["two ways to prove", { ...GRANT, client_id: "a", client_secret: "s" }, basic("a:s")],
    [
      "a secret beside an assertion",
      {
        ...GRANT,
        client_id: "a",
        client_secret: "s",
        client_assertion: "x",
        client_assertion_type: JWT_BEARER,
      },
      {},
    ],
    ["two names", { ...GRANT, client_id: "b" }, basic("a:s")],
    ["a secret without a name", { ...GRANT, client_secret: "s" }, {}],
    ["an assertion without its type", { ...GRANT, client_id: "a", client_assertion: "x" }, {}],
    ["a type without an assertion", { ...GRANT, client_id: "a", client_assertion_type: JWT_BEARER }, {}],
    ["a body beyond the limit", { ...GRANT, client_id: "a", client_secret: "s".repeat(16_400) }, {}],
  ])("with %s is malformed", async (_, body, headers) => {
    await expect(read(body, headers)).rejects.toMatchObject({ code: "invalid_request", status: 400 });
  });

  it.each(["password", "authorization_code", "Client_Credentials", JWT_BEARER])(
    "by the grant %s is not supported",
    async (grant) => {
      await expect(read({ grant_type: grant, client_id: "a", client_secret: "s" })).rejects.toMatchObject({
        code: "unsupported_grant_type",
        status: 400,
      });
    },
  );

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["no proof", { ...GRANT, client_id: "a" }, {}],
    ["neither name nor proof", GRANT, {}],
    ["another scheme", GRANT, { authorization: "Bearer abcdefgh" }],
    ["a header that is not Base64", GRANT, { authorization: "Basic ***" }],
    ["a header without a colon", GRANT, basic("a")],
    ["a header without a name", GRANT, basic(":s")],
    ["a header that cannot be decoded", GRANT, basic("a:%zz")],
    [
      "another kind of assertion",
      { ...GRANT, client_id: "a", client_assertion: "x", client_assertion_type: "urn:saml2-bearer" },
      {},
    ],
  ])("with %s is no client's", async (_, body, headers) => {
    await expect(read(body, headers)).rejects.toMatchObject({
      code: "invalid_client",
      status: 401,
      headers: { "WWW-Authenticate": 'Basic realm="token"' },
    });
  });
});
