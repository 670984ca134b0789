"use client";

import { RefreshCw } from "lucide-react";

import { useProviderName } from "./provider-context";

/** Marks what the identity provider manages: its name, and on hover and for screen readers what that means. */
export function ManagedMark({ what }: { readonly what: string }) {
  const provider = useProviderName();
  const short = provider.startsWith("The ") ? "Provisioned" : provider;
  const meaning = `${provider} manages ${what}. Change it there: it does not notice what is changed here.`;
  return (
    <span
      title={meaning}
      className="inline-flex h-5 items-center gap-1 rounded-md border border-line px-1.5 align-middle text-xs font-medium text-ink-soft"
    >
      <RefreshCw size={12} strokeWidth={2} aria-hidden />
      {short}
      <span className="sr-only">: {meaning}</span>
    </span>
  );
}
