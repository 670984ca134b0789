import clsx from "clsx";

export type ButtonVariant =
  "primary" | "secondary" | "quiet" | "soft" | "accent" | "danger" | "danger-outline";

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover",
  secondary: "border border-line-strong bg-surface text-ink hover:bg-hover active:bg-press",
  quiet: "text-ink hover:bg-hover active:bg-press",
  soft: "text-ink-soft hover:bg-hover hover:text-ink active:bg-press",
  accent: "text-accent hover:bg-hover active:bg-press",
  danger: "bg-danger text-danger-ink hover:bg-danger-hover",
  "danger-outline": "border border-line-strong bg-surface text-danger hover:bg-hover active:bg-press",
};

/** The classes of a button, for a link that should look like one. */
export function buttonClass(variant: ButtonVariant = "secondary", className?: string): string {
  return clsx(
    "inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-lg px-3 text-sm font-medium whitespace-nowrap transition-colors select-none pointer-coarse:h-9",
    "disabled:opacity-50 aria-disabled:opacity-60",
    VARIANTS[variant],
    className,
  );
}
