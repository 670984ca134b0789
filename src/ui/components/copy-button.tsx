"use client";

import { Check, Copy } from "lucide-react";

import { buttonClass, type ButtonVariant } from "./button-class";
import { useCopy } from "./use-copy";

/** Copies a text that is shown elsewhere. The visible word is short; `what` completes it for screen readers. */
export function CopyButton({
  value,
  what,
  children = "Copy",
  variant = "soft",
}: {
  readonly value: string;
  /** "request", "answer": what is copied. */
  readonly what: string;
  readonly children?: string;
  readonly variant?: ButtonVariant;
}) {
  const [copied, copy] = useCopy();
  const Icon = copied ? Check : Copy;
  return (
    <>
      <button
        type="button"
        aria-label={children === "Copy" ? `Copy ${what}` : children}
        onClick={() => void copy(value)}
        className={buttonClass(variant)}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
        {copied ? "Copied" : children}
      </button>
      <span role="status" className="sr-only">
        {copied ? `Copied the ${what}` : ""}
      </span>
    </>
  );
}
