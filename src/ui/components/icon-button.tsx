"use client";

import clsx from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";

import { Tooltip, type TooltipProps } from "./tooltip";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "aria-label"> {
  readonly icon: LucideIcon;
  /** Said to screen readers and shown as the tooltip. */
  readonly label: string;
  readonly shortcut?: string;
  readonly side?: NonNullable<TooltipProps["side"]>;
}

/** A button that is only an icon: it always has a name, and shows it on hover and focus. */
export function IconButton({
  icon: Icon,
  label,
  shortcut,
  side = "bottom",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut} side={side}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={clsx(
          "inline-grid size-8 shrink-0 place-items-center rounded-lg text-ink-soft transition-colors hover:bg-hover hover:text-ink active:bg-press disabled:opacity-50 data-[state=open]:bg-press data-[state=open]:text-ink pointer-coarse:size-9",
          className,
        )}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  );
}
