/** The cookie that keeps a browser's choice of appearance; the server reads it, so that no page flashes. */
export const THEME_COOKIE = "chalkroom.theme";

export type Theme = "system" | "light" | "dark";

/** Any cookie value as a theme; unknown ones follow the system. */
export function parseTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}
