import { createSign, generateKeyPairSync, randomBytes } from "node:crypto";

/** A signing key with its self-signed certificate, both as PEM. */
export interface SigningKey {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

/** DER: tag, length, value (X.690 section 8.1). */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const length = Buffer.from(
    value.length.toString(16).padStart(value.length > 0xffff ? 6 : value.length > 0xff ? 4 : 2, "0"),
    "hex",
  );
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, value]);
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const utcTime = (at: Date) =>
  der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));
// 1.2.840.113549.1.1.11 sha256WithRSAEncryption with NULL parameters
const SHA256_WITH_RSA = sequence(der(0x06, Buffer.from("2a864886f70d01010b", "hex")), der(0x05));

function commonName(name: string): Buffer {
  const attribute = sequence(der(0x06, Buffer.from("550403", "hex")), der(0x0c, Buffer.from(name)));
  return sequence(der(0x31, attribute));
}

/** Makes an RSA key and a certificate for it without any tool outside Node. */
export function makeSigningKey(
  options: {
    readonly name?: string;
    readonly notBefore?: Date;
    readonly notAfter?: Date;
    readonly bits?: number;
  } = {},
): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: options.bits ?? 2048 });
  const name = commonName(options.name ?? "Chalkroom test identity provider");
  const notBefore = options.notBefore ?? new Date(Date.now() - 86_400_000);
  const notAfter = options.notAfter ?? new Date(Date.now() + 3 * 365 * 86_400_000);
  const serial = der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(8)]));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    serial,
    SHA256_WITH_RSA,
    name,
    sequence(utcTime(notBefore), utcTime(notAfter)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = createSign("sha256").update(body).sign(privateKey);
  const certificate = sequence(body, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), signature));
  return {
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificatePem: `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64").replace(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`,
  };
}

/** The base64 body of a PEM certificate, as ds:X509Certificate carries it. */
export function certificateBody(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s+/g, "");
}
