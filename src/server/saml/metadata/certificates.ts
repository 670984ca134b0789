import { X509Certificate } from "node:crypto";

import { AppError } from "#server/kernel/errors";

/** A signing certificate as it is stored in SamlConnection.certificates (JSON, hence ISO strings). */
export interface StoredCertificate {
  readonly pem: string;
  /** Upper-case pairs with colons, as other tools show it. */
  readonly fingerprintSha256: string;
  readonly subject: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** What people get to see of it. */
export interface CertificateSummary {
  readonly fingerprintSha256: string;
  readonly subject: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const MIN_RSA_BITS = 2048;

/**
 * Reads the base64 DER of a ds:X509Certificate.
 * @throws AppError BAD_INPUT when it is no certificate, or its key is none that we accept signatures of.
 */
export function readCertificate(base64: string): StoredCertificate {
  const certificate = decode(base64.replace(/\s+/g, ""));
  const key = certificate.publicKey;
  if (key.asymmetricKeyType !== "rsa") {
    throw new AppError(
      "BAD_INPUT",
      "The metadata has a signing certificate without an RSA key; only RSA is supported.",
    );
  }
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_RSA_BITS) {
    throw new AppError(
      "BAD_INPUT",
      `The metadata has a signing key of less than ${MIN_RSA_BITS} bits, which is too weak.`,
    );
  }
  return {
    pem: certificate.toString(),
    fingerprintSha256: certificate.fingerprint256,
    subject: certificate.subject.replace(/\n/g, ", "),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
  };
}

function decode(base64: string): X509Certificate {
  try {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new Error("not base64");
    return new X509Certificate(Buffer.from(base64, "base64"));
  } catch (cause) {
    throw new AppError("BAD_INPUT", "The metadata has a signing certificate that cannot be read.", { cause });
  }
}

export function summarizeCertificate(certificate: StoredCertificate): CertificateSummary {
  return {
    fingerprintSha256: certificate.fingerprintSha256,
    subject: certificate.subject,
    notBefore: new Date(certificate.notBefore),
    notAfter: new Date(certificate.notAfter),
  };
}
