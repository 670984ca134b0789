"use client";

import { useState } from "react";

import { Badge } from "../../components/badge";
import { formatDay } from "../../components/format-time";
import type { SamlReview } from "../../trpc/client";

import { certificateState } from "./certificate-state";

/** The signing certificates of an identity provider, each with its end and its fingerprint. */
export function CertificateList({ certificates }: { readonly certificates: SamlReview["certificates"] }) {
  const [now] = useState(() => new Date());
  return (
    <ul className="flex flex-col gap-2">
      {certificates.map((certificate) => {
        const state = certificateState(certificate, now);
        return (
          <li key={certificate.fingerprintSha256} className="rounded-lg bg-paper px-3 py-2">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="text-sm font-medium break-all">{certificate.subject}</span>
              <Badge tone={state.tone}>
                <span suppressHydrationWarning>
                  {state.words} {formatDay(new Date(state.at), "UTC")}
                </span>
              </Badge>
            </div>
            <p className="mt-0.5 font-mono text-xs break-all text-ink-soft">
              SHA-256 {certificate.fingerprintSha256}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
