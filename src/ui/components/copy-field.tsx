"use client";

import { Check, Copy } from "lucide-react";
import { useId, useRef, type ReactNode } from "react";

import { buttonClass } from "./button-class";
import { useCopy } from "./use-copy";

export interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: ReactNode;
  /** More controls beside "Copy", for example "Hide". */
  readonly actions?: ReactNode;
}

/** A value to carry elsewhere: monospace, selected as a whole on focus, with a copy button that says "Copied". */
export function CopyField({ label, value, hint, actions }: CopyFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [copied, copy] = useCopy();

  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex items-stretch gap-2">
        <input
          ref={input}
          id={id}
          readOnly
          value={value}
          spellCheck={false}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onFocus={(event) => event.currentTarget.select()}
          className="h-8 w-full min-w-0 rounded-lg border border-line bg-paper px-3 font-mono text-xs text-ink pointer-coarse:h-9"
        />
        <button
          type="button"
          onClick={() => void copy(value, input.current)}
          aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
          className={buttonClass("secondary", "w-24")}
        >
          {copied ? (
            <Check size={16} strokeWidth={1.75} aria-hidden />
          ) : (
            <Copy size={16} strokeWidth={1.75} aria-hidden />
          )}
          {copied ? "Copied" : "Copy"}
        </button>
        {actions}
      </div>
      <span role="status" className="sr-only">
        {copied ? `${label} copied` : ""}
      </span>
      {hint ? (
        <p id={`${id}-hint`} className="text-xs text-ink-soft">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
