"use client";

import { useEffect, useRef } from "react";

import { Button } from "../../components/button";
import { CautionNote, ErrorNote } from "../../components/error-note";
import type { SamlReview, SamlSettings } from "../../trpc/client";

import { CertificateList } from "./certificate-list";

export interface MetadataReviewProps {
  readonly review: SamlReview;
  readonly connection: SamlSettings["connection"];
  readonly pending: boolean;
  readonly error: string | undefined;
  readonly onSave: () => void;
  readonly onBack: () => void;
}

/** What the metadata says, before it is saved. Takes the focus, because the form it replaces had it. */
export function MetadataReview({ review, connection, pending, error, onSave, onBack }: MetadataReviewProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const isOtherProvider = connection !== null && connection.idpEntityId !== review.idpEntityId;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="group"
      aria-label="Review of the metadata"
      className="flex flex-col gap-4 rounded-lg"
    >
      <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
        <dt className="text-ink-soft">Entity ID</dt>
        <dd className="font-mono text-xs leading-5 break-all">{review.idpEntityId}</dd>
        <dt className="text-ink-soft">Sign-on URL</dt>
        <dd className="font-mono text-xs leading-5 break-all">{review.ssoUrl}</dd>
        <dt className="text-ink-soft">
          {review.certificates.length === 1 ? "Certificate" : `${review.certificates.length} certificates`}
        </dt>
        <dd>
          <CertificateList certificates={review.certificates} />
        </dd>
      </dl>
      {isOtherProvider ? (
        <CautionNote>
          This is another identity provider than the one in use. People are matched anew by their e-mail at
          their next sign-in, and the old provider&apos;s sign-ins stop working.
        </CautionNote>
      ) : null}
      {review.warnings.map((warning) => (
        <CautionNote key={warning}>{warning}</CautionNote>
      ))}
      {error ? <ErrorNote>{error}</ErrorNote> : null}
      <div className="flex gap-2">
        <Button variant="primary" pending={pending} onClick={onSave}>
          Save single sign-on
        </Button>
        <Button onClick={onBack}>Back</Button>
      </div>
    </div>
  );
}
