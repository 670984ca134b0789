"use client";

import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

import { CONTROL } from "./field";

export interface SelectProps extends Omit<ComponentProps<"select">, "children" | "aria-label"> {
  /** The accessible name, where no visible label points at this control by `id`. */
  readonly label?: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly disabled?: boolean;
  }[];
}

/** The browser's own select in our clothes: type-ahead, touch pickers and screen readers come for free. */
export function Select({ label, options, className, ...rest }: SelectProps) {
  return (
    <span className={clsx("relative inline-flex", className)}>
      <select
        {...rest}
        aria-label={label}
        className={clsx(CONTROL, "h-8 appearance-none py-0 pr-8 pointer-coarse:h-9")}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-ink-soft"
      />
    </span>
  );
}
