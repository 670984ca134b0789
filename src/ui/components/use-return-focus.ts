"use client";

import { useState } from "react";

/**
 * Gives the focus back to what had it when the calling component first rendered. Dialogs here open from
 * menus and switches, not from a trigger of their own, so Radix would leave the focus nowhere.
 */
export function useReturnFocus(): (event: Event) => void {
  const [before] = useState(() => (typeof document === "undefined" ? null : document.activeElement));
  return (event) => {
    event.preventDefault();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
}
