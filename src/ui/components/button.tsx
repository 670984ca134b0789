"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";

import { buttonClass, type ButtonVariant } from "./button-class";

export interface ButtonProps extends ComponentProps<"button"> {
  readonly variant?: ButtonVariant;
  /** Shows that the action runs and ignores further clicks, without losing the keyboard's place. */
  readonly pending?: boolean;
}

/** A button whose text is a verb. While `pending` it stays focusable, so that the focus is where it was afterwards. */
export function Button({
  variant = "secondary",
  pending = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass(variant, className)}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : rest.onClick}
    >
      {pending ? <LoaderCircle size={16} strokeWidth={1.75} className="animate-spin" aria-hidden /> : null}
      {children}
    </button>
  );
}
