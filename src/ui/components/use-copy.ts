"use client";

import { useEffect, useState } from "react";

import { copyText } from "./copy-text";

/** Copies, and says so for two seconds. */
export function useCopy(): readonly [
  copied: boolean,
  copy: (value: string, field?: HTMLInputElement | null) => Promise<void>,
] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, async (value, field = null) => setCopied(await copyText(value, field))];
}
