export { EntraClient } from "./entra-client";
export { patchMessage, type Dialect } from "./dialect";
export { changeSource, makeSource, restoreSource } from "./sample-source";
export type { EntraSource, SourceGroup, SourceUser } from "./mapping";
export { buildUrl, filterQuery, URL_FORMS, type UrlForm } from "./url-forms";
export { exchange, type Exchange, type Json, type ScimTarget } from "./wire";
