import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inflateRawSync } from "node:zlib";

import { DOMParser } from "@xmldom/xmldom";

import { buildResponse, type ResponseOptions, type TestPerson } from "./build-response";
import { idpMetadataXml } from "./idp-metadata";
import { pickPersonPage, postFormPage, problemPage } from "./pages";
import { makeSigningKey, type SigningKey } from "./self-signed";

export interface TestIdpOptions {
  /** The name in the URLs; another one than the app's ("localhost" beside "127.0.0.1") makes it another site. */
  readonly host?: string;
  /** 0 takes a free port. */
  readonly port?: number;
  readonly people: readonly TestPerson[];
  readonly tenantId?: string;
  readonly key?: SigningKey;
  /** What carries a signature; Entra's default is the assertion. */
  readonly sign?: NonNullable<ResponseOptions["sign"]>;
}

export interface TestIdp {
  readonly origin: string;
  readonly entityId: string;
  readonly tenantId: string;
  readonly ssoUrl: string;
  readonly key: SigningKey;
  readonly metadataXml: string;
  /** Says which service provider the sign-ins that start here are for (the My Apps tile). */
  setApplication(application: { readonly entityId: string; readonly acsUrl: string }): void;
  /** The address of the tile: signs this person in at the application, without a request before. */
  launchUrl(userName: string, relayState?: string): string;
  /** A response as this provider makes it; overrides allow every mistake. */
  respond(userName: string, overrides?: Partial<ResponseOptions>): string;
  close(): Promise<void>;
}

interface AuthnRequest {
  readonly id: string;
  readonly issuer: string;
  readonly acsUrl: string;
}

/** Reads a request of the HTTP-Redirect binding: base64 of a raw deflate stream. */
export function readAuthnRequest(samlRequest: string): AuthnRequest {
  const xml = inflateRawSync(Buffer.from(samlRequest, "base64"), { maxOutputLength: 100_000 }).toString(
    "utf8",
  );
  const root = new DOMParser().parseFromString(xml, "text/xml").documentElement;
  const issuer = root.getElementsByTagNameNS("urn:oasis:names:tc:SAML:2.0:assertion", "Issuer")[0]
    ?.textContent;
  return {
    id: root.getAttribute("ID") ?? "",
    issuer: issuer ?? "",
    acsUrl: root.getAttribute("AssertionConsumerServiceURL") ?? "",
  };
}

/**
 * Starts an identity provider that behaves like an Entra enterprise application: metadata at /metadata,
 * sign-on at /sso (one picks a person), the My Apps tile at /launch?user=NAME.
 */
export async function startTestIdp(options: TestIdpOptions): Promise<TestIdp> {
  const key = options.key ?? makeSigningKey();
  const tenantId = options.tenantId ?? "11111111-2222-4333-8444-555555555555";
  const entityId = `https://sts.windows.net/${tenantId}/`;
  const host = options.host ?? "localhost";
  let application = { entityId: "", acsUrl: "" };

  const server = createServer((request, response) => {
    try {
      answer(new URL(request.url ?? "/", "http://idp.invalid"), response);
    } catch {
      send(response, 400, problemPage("It could not be read."));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const ssoUrl = `${origin}/sso`;
  const metadataXml = idpMetadataXml({ entityId, ssoUrl, certificatePems: [key.certificatePem] });

  function respond(userName: string, overrides: Partial<ResponseOptions> = {}): string {
    const person = options.people.find((one) => one.userName === userName);
    if (!person) throw new Error(`the test identity provider does not know ${userName}`);
    return buildResponse({
      issuer: entityId,
      audience: application.entityId,
      acsUrl: application.acsUrl,
      key,
      person,
      tenantId,
      sign: options.sign ?? "assertion",
      ...overrides,
    });
  }

  function answer(url: URL, response: ServerResponse): void {
    const user = url.searchParams.get("user");
    const relayState = url.searchParams.get("RelayState");
    if (url.pathname === "/metadata") return send(response, 200, metadataXml, "application/samlmetadata+xml");
    if (url.pathname === "/launch" || url.pathname === "/") {
      if (user === null) return send(response, 200, pickPersonPage(options.people, "/launch", {}));
      return send(response, 200, postFormPage(application.acsUrl, respond(user), relayState));
    }
    if (url.pathname !== "/sso") return send(response, 404, problemPage("There is no such page."));
    const samlRequest = url.searchParams.get("SAMLRequest") ?? "";
    const asked = readAuthnRequest(samlRequest);
    if (user === null) {
      const fields = { SAMLRequest: samlRequest, ...(relayState === null ? {} : { RelayState: relayState }) };
      return send(response, 200, pickPersonPage(options.people, "/sso", fields));
    }
    const samlResponse = respond(user, {
      audience: asked.issuer,
      acsUrl: asked.acsUrl,
      inResponseTo: asked.id,
    });
    return send(response, 200, postFormPage(asked.acsUrl, samlResponse, relayState));
  }

  return {
    origin,
    entityId,
    tenantId,
    ssoUrl,
    key,
    metadataXml,
    respond,
    setApplication(next) {
      application = next;
    },
    launchUrl(userName, relayState) {
      const query = new URLSearchParams({
        user: userName,
        ...(relayState === undefined ? {} : { RelayState: relayState }),
      });
      return `${origin}/launch?${query}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  type = "text/html; charset=utf-8",
): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(body);
}
