import type { Tone } from "../../components/badge";

const WARN_DAYS = 30;
const DAY_MS = 86_400_000;

export interface CertificateState {
  readonly tone: Tone;
  /** Reads on with the date `at`: "valid until", "expires on", "expired on", "valid only from". */
  readonly words: string;
  readonly at: Date | string;
}

/** Where a certificate is in its life; the last 30 days count as expiring. */
export function certificateState(
  certificate: { readonly notBefore: Date | string; readonly notAfter: Date | string },
  now: Date,
): CertificateState {
  const { notBefore, notAfter } = certificate;
  const left = new Date(notAfter).getTime() - now.getTime();
  if (left <= 0) return { tone: "danger", words: "Expired on", at: notAfter };
  if (new Date(notBefore) > now) return { tone: "caution", words: "Valid only from", at: notBefore };
  if (left < WARN_DAYS * DAY_MS) return { tone: "caution", words: "Expires on", at: notAfter };
  return { tone: "good", words: "Valid until", at: notAfter };
}
