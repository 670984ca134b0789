import clsx from "clsx";
import type { ReactNode } from "react";

export type Tone = "plain" | "good" | "caution" | "danger";

const DOT: Readonly<Record<Tone, string>> = {
  plain: "bg-line-strong",
  good: "bg-good",
  caution: "bg-caution",
  danger: "bg-danger",
};
const TEXT: Readonly<Record<Tone, string>> = {
  plain: "text-ink-soft",
  good: "text-good",
  caution: "text-caution",
  danger: "text-danger",
};

/** A small state: a dot and a word, so that colour is never the only sign. */
export function Badge({ tone = "plain", children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={clsx("inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap", TEXT[tone])}
    >
      <span aria-hidden className={clsx("size-1.5 rounded-full", DOT[tone])} />
      {children}
    </span>
  );
}
