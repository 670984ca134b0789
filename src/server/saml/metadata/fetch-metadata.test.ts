import "reflect-metadata";

import { webcrypto } from "node:crypto";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { RequestListener } from "node:http";

import { SubjectAlternativeNameExtension, X509CertificateGenerator } from "@peculiar/x509";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { fetchMetadata, type Network } from "./fetch-metadata";
import { MAX_METADATA_BYTES } from "./parse-metadata";

const ANSWERS: Record<string, RequestListener> = {
  "/metadata": (_, response) => response.end("<EntityDescriptor/>"),
  "/moved": (_, response) => response.writeHead(302, { location: "/metadata" }).end(),
  "/missing": (_, response) => response.writeHead(404).end(),
  "/large": (_, response) => response.end("x".repeat(MAX_METADATA_BYTES + 1)),
  "/latin": (_, response) => response.end(Buffer.from([0x3c, 0xe4])),
  "/cut": (_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half");
    setImmediate(() => response.destroy());
  },
};

let server: Server;
let network: Network;
const at = (path: string, host = "localhost") =>
  `https://${host}:${(server.address() as AddressInfo).port}${path}`;

beforeAll(async () => {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=localhost",
    keys,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension([{ type: "dns", value: "localhost" }])],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`;
  const cert = certificate.toString("pem");
  server = createServer({ key, cert }, (request, response) =>
    ANSWERS[request.url ?? ""]?.(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, resolve));
  network = { isAllowed: () => true, ca: cert };
});

afterAll(() => void server.close());

describe("reading metadata from its address", () => {
  it("gives the document", async () => {
    expect(await fetchMetadata(at("/metadata"), network)).toBe("<EntityDescriptor/>");
  });

  it("follows no redirect, and says so", async () => {
    await expect(fetchMetadata(at("/moved"), network)).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("redirects"),
    });
  });

  it.each([
    ["/missing", "status 404"],
    ["/large", "larger than 1 MiB"],
    ["/latin", "not UTF-8"],
    ["/cut", "could not be reached"],
  ])("refuses %s: %s", async (path, message) => {
    await expect(fetchMetadata(at(path), network)).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining(message),
    });
  });

  it("refuses a certificate that nobody vouches for", async () => {
    const trusting: Network = { isAllowed: network.isAllowed };
    await expect(fetchMetadata(at("/metadata"), trusting)).rejects.toMatchObject({
      message: expect.stringContaining("TLS certificate"),
    });
  });

  it.each([
    ["http://localhost/metadata", "https URL"],
    ["file:///etc/passwd", "https URL"],
    ["https://", "https URL"],
    ["https://me:secret@login.microsoftonline.com/x", "user name"],
    ["https://127.0.0.1/x", "private network"],
    ["https://[::1]/x", "private network"],
    ["https://[::ffff:169.254.169.254]/x", "private network"],
    ["https://0x7f.1/x", "private network"],
    ["https://2130706433/x", "private network"],
    ["https://169.254.169.254/latest/meta-data", "private network"],
  ])("does not go to %s", async (url, message) => {
    await expect(fetchMetadata(url)).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining(message),
    });
  });

  it("does not go where a harmless name leads to a private address", async () => {
    await expect(fetchMetadata(at("/metadata"))).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("private network"),
    });
  });
});
