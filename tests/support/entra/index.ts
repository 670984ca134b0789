export { EntraClient } from "./entra-client";
export type { Dialect } from "./dialect";
export { changeSource, makeSource, restoreSource } from "./golden-source";
export type { EntraSource, SourceGroup, SourceUser } from "./mapping";
export { buildUrl, URL_FORMS, type UrlForm } from "./url-forms";
export { exchange, type Exchange, type Json, type ScimTarget } from "./wire";
