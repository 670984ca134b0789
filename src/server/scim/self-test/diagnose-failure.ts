import { failed, type Finding } from "./finding";
import type { WireFailure } from "./wire";

const OUTSIDE =
  "If it works from outside, your network may not lead the server back to its own public address; Entra would not notice that.";

/** Why no answer came at all, by the error's code. */
export function diagnoseFailure(failure: WireFailure | null, url: string): Finding {
  const { protocol, host, hostname } = new URL(url);
  const code = failure?.code ?? "FAILED";
  switch (code) {
    case "TIMEOUT":
    case "ETIMEDOUT":
      return failed(
        "timeout",
        `No answer came from ${host} in time. A firewall may drop the packets, or the server is overloaded. ${OUTSIDE}`,
      );
    case "ECONNREFUSED":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
      return failed(
        "unreachable",
        `Nothing listens at ${host} (${code}). PUBLIC_URL must be the address under which the outside reaches Chalkroom, port included. ${OUTSIDE}`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return failed(
        "unreachable",
        `The name ${hostname} cannot be resolved (${code}). Check PUBLIC_URL and the DNS entry. ${OUTSIDE}`,
      );
    case "EPROTO":
    case "ERR_SSL_WRONG_VERSION_NUMBER":
      return failed(
        "tls",
        `${host} does not speak https as expected (${failure?.message ?? code}). PUBLIC_URL begins with ${protocol}// but that port may speak plain http, or only old versions of TLS; Entra needs TLS 1.2 or newer.`,
      );
    case "ECONNRESET":
    case "EPIPE":
    case "HPE_INVALID_CONSTANT":
      return failed(
        "connection-broken",
        `The connection to ${host} was cut before an answer came (${code}). A firewall may inspect the traffic, or https is spoken at that port while PUBLIC_URL says http.`,
      );
    default:
      return isCertificateError(code)
        ? diagnoseCertificate(code, failure?.message ?? "", hostname)
        : failed(
            "connection-broken",
            `The connection to ${host} failed (${code}: ${failure?.message ?? ""}). Check that PUBLIC_URL is the address under which the outside reaches Chalkroom.`,
          );
  }
}

function isCertificateError(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|CRL|HOSTNAME_MISMATCH/.test(code);
}

function diagnoseCertificate(code: string, message: string, hostname: string): Finding {
  const what =
    code === "CERT_HAS_EXPIRED"
      ? `The certificate of ${hostname} has expired.`
      : /ALTNAME|HOSTNAME/.test(code)
        ? `The certificate was not made for ${hostname}.`
        : /UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER/.test(code)
          ? `The certificate chain of ${hostname} is not complete: the proxy must send the intermediate certificate, too.`
          : `The certificate of ${hostname} is not signed by a public authority (${message}).`;
  return failed(
    "tls",
    `${what} Entra calls only addresses whose certificate a public authority has signed; set up one at the proxy (${code}).`,
  );
}
