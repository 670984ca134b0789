import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from "jose";

interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** How the key endpoint answers: as Entra does, or as a test wants it. */
type KeyAnswer = (response: ServerResponse, keys: readonly JWK[]) => void;

const serveKeys: KeyAnswer = (response, keys) => {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ keys }));
};

/** @param extra for example the `issuer` with which Entra marks a key */
export async function makeSigningKey(
  kid: string,
  extra: Readonly<Record<string, string>> = {},
): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: "sig", ...extra } };
}

/** A stand-in for login.microsoftonline.com: publishes one tenant's keys on loopback, and signs as that tenant. */
export class EntraAuthority {
  readonly tenantId = "7d3f9a52-1c44-4e0b-9f0e-2a6d1b8c5e10";
  readonly subject = "c0a1b2d3-0000-4000-8000-00000000beef";
  readonly audience = "api://0f4ee7d1-27d2-4d0c-b0a0-94f9fbb6b8f7";
  origin = "";
  /** How often the keys were asked for. */
  fetches = 0;
  answerKeys: KeyAnswer = serveKeys;
  keys: SigningKey[] = [];
  readonly #server = createServer((request, response) => {
    if (request.url !== `/${this.tenantId}/discovery/v2.0/keys`) {
      response.writeHead(404).end();
      return;
    }
    this.fetches += 1;
    this.answerKeys(
      response,
      this.keys.map(({ jwk }) => jwk),
    );
  });

  async start(): Promise<this> {
    this.keys = [await makeSigningKey("first")];
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** Back to the beginning, with the keys of now. */
  reset(): void {
    this.fetches = 0;
    this.answerKeys = serveKeys;
  }

  get issuer(): string {
    return `${this.origin}/${this.tenantId}/v2.0`;
  }

  /** The claims that Entra puts into a workload identity's token of version 2.0; undefined leaves one out. */
  claims(overrides: JWTPayload = {}): JWTPayload {
    const at = Math.floor(Date.now() / 1000);
    const claims: JWTPayload = {
      aud: this.audience,
      iss: this.issuer,
      iat: at,
      nbf: at,
      exp: at + 3900,
      appid: this.audience.slice("api://".length),
      appidacr: "2",
      idp: this.issuer,
      oid: "d2f8ee76-c549-45b8-a143-f5b640669704",
      sub: this.subject,
      tid: this.tenantId,
      ver: "2.0",
      ...overrides,
    };
    return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  }

  /** An assertion as Entra makes it, with what the test changes. */
  async assertion(overrides: JWTPayload = {}, key: SigningKey = this.keys[0]!): Promise<string> {
    return new SignJWT(this.claims(overrides))
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: key.jwk.kid! })
      .sign(key.privateKey);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
