"use client";

import { useState } from "react";

import { parseTheme, THEME_COOKIE, type Theme } from "./theme";

const YEAR_IN_SECONDS = 31_536_000;

/** The appearance of this browser and a way to change it, at once and for later visits. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() =>
    parseTheme(typeof document === "undefined" ? undefined : document.documentElement.dataset["theme"]),
  );
  const change = (next: Theme) => {
    setTheme(next);
    if (next === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = next;
    document.cookie = `${THEME_COOKIE}=${next}; Path=/; Max-Age=${YEAR_IN_SECONDS}; SameSite=Lax`;
  };
  return [theme, change];
}
