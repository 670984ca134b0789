"use client";
import type { ReactNode } from "react";
import { showChord } from "#editor/actions/keys";
import { isApple } from "./dom-input";

const SIDES = {
  right: "left-full top-1/2 ml-2 -translate-y-1/2",
  top: "bottom-full left-1/2 mb-2 -translate-x-1/2",
  bottom: "top-full left-1/2 mt-2 -translate-x-1/2",
  "bottom-start": "top-full left-0 mt-2",
  "bottom-end": "top-full right-0 mt-2",
  "top-end": "bottom-full right-0 mb-2",
} as const;

/**
 * A tooltip with a shortcut in plain CSS: shown on hover and keyboard focus after a short wait, never on touch.
 * The board page has no room for a positioning library, and its controls sit at known edges.
 */
export function Tip(props: {
  label: string;
  keys?: string;
  side: keyof typeof SIDES;
  children: ReactNode;
}): ReactNode {
  const { label, keys, side, children } = props;
  const shown = keys ? showChord(keys, typeof navigator !== "undefined" && isApple()) : "";
  return (
    <span className="group/tip relative inline-flex">
      {children}
      <span
        aria-hidden
        className={`pointer-events-none invisible absolute z-50 rounded-md bg-ink px-2 py-1 text-xs leading-4 whitespace-nowrap text-paper opacity-0 transition-opacity delay-0 duration-120 group-hover/tip:delay-400 group-has-focus-visible/tip:visible group-has-focus-visible/tip:opacity-100 [@media(hover:hover)]:group-hover/tip:visible [@media(hover:hover)]:group-hover/tip:opacity-100 ${SIDES[side]}`}
      >
        {label}
        {shown && <kbd className="ml-2 font-sans opacity-70">{shown}</kbd>}
      </span>
    </span>
  );
}
