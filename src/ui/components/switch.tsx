"use client";

import clsx from "clsx";
import { Switch as Radix } from "radix-ui";
import { useId, type ReactNode } from "react";

export interface SwitchProps {
  readonly label: string;
  /** What being on means, and what changes when it is switched. */
  readonly consequence: ReactNode;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly pending?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A switch at the right of its label, with the consequence in words under it. */
export function Switch({
  label,
  consequence,
  checked,
  disabled = false,
  pending = false,
  onChange,
}: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-6">
      <div className="min-w-0">
        <label htmlFor={id} className={clsx("text-sm font-medium", disabled && "text-ink-soft")}>
          {label}
        </label>
        <div id={`${id}-text`} className="mt-0.5 text-sm text-ink-soft">
          {consequence}
        </div>
      </div>
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={`${id}-text`}
        aria-busy={pending || undefined}
        onCheckedChange={(next) => {
          if (!pending) onChange(next);
        }}
        className={clsx(
          "relative mt-0.5 h-5 w-9 shrink-0 rounded-full border transition-colors disabled:opacity-50",
          checked ? "border-accent bg-accent" : "border-line-strong bg-surface",
          pending && "animate-breathe",
        )}
      >
        <Radix.Thumb
          className={clsx(
            "block size-3.5 rounded-full transition-transform",
            checked ? "translate-x-[18px] bg-accent-ink" : "translate-x-[2px] bg-line-strong",
          )}
        />
      </Radix.Root>
    </div>
  );
}
