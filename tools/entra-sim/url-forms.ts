/** The spellings in which Entra's tenant URL may reach a server; F1 is the ordinary one. */
export const URL_FORMS = ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9"] as const;
export type UrlForm = (typeof URL_FORMS)[number];

/** A filter as a query: spaces as "+", the rest percent-encoded, as captured from Test Connection. */
export const filterQuery = (filter: string): string =>
  `filter=${encodeURIComponent(filter).replaceAll("%20", "+")}`;

const FLAG = "aadOptscim062020";

/**
 * The URL of a resource in one of the forms.
 * @param base the SCIM root without a trailing slash
 * @param path for example `/Users/ID`
 * @param query without its question mark, or empty
 */
export function buildUrl(form: UrlForm, base: string, path: string, query: string): string {
  const tail = (separator: string) => (query === "" ? "" : `${separator}${query}`);
  switch (form) {
    case "F1":
      return `${base}${path}${tail("?")}`;
    case "F2":
      return `${base}${path}?${FLAG}${tail("&")}`;
    case "F3":
      return `${base}${path}?${FLAG.toUpperCase()}=true${tail("&")}`;
    case "F4":
      return query === "" ? `${base}${path}?${FLAG}` : `${base}${path}?${query}&${FLAG}`;
    case "F5":
      return `${base}${path}?${FLAG}${tail("?")}`;
    case "F6":
      return `${base}/?${FLAG}${path}${tail("?")}`;
    case "F7":
      return `${base}/${path}${tail("?")}`;
    case "F8":
      return `${base}${path}/${tail("?")}`;
    case "F9":
      return `${base}${path.replace(/^\/[A-Za-z]+/, (name) => name.toLowerCase())}${tail("?")}`;
  }
}
